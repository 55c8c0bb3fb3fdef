"""The folder and the timetable in the JSON API; the routers hold no rules."""
