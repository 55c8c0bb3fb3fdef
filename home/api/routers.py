"""The routers of the folder and the timetable, with the prefix that each is mounted at."""

from ninja import Router

from home.api import folder, timetable

ROUTERS: tuple[tuple[str, Router], ...] = (
    ("/folder", folder.router),
    ("/timetable", timetable.router),
)
