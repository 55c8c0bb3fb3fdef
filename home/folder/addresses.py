"""The addresses of the folder and the timetable; `home.folder_urls` answers them."""

from __future__ import annotations

FOLDER = "/folder/"
TIMETABLE = "/timetable/"
CONTENTS = f"{FOLDER}contents/"
GLOSSARY = f"{FOLDER}glossary/"
LAW = f"{FOLDER}law/"
UPDATES = f"{FOLDER}updates/"
FEED = f"{FOLDER}feeds/folder.atom"
CONSULTATIONS_FEED = f"{FOLDER}feeds/consultations.atom"
CALENDAR = f"{TIMETABLE}calendar.ics"


def item_path(item: str) -> str:
    return f"{FOLDER}{item}/"


def bundle_path(bundle: str) -> str:
    """The bundle on the folder's page."""
    return f"{FOLDER}#bundle-{bundle}"


def document_feed_path(document: str) -> str:
    return f"{FOLDER}feeds/documents/{document}.atom"


def milestone_path(milestone: int) -> str:
    """A milestone on the page of the timetable."""
    return f"{TIMETABLE}#milestone-{milestone}"
