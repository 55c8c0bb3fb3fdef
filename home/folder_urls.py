"""The addresses of the folder and the timetable; `home.folder.addresses` builds the same."""

from django.urls import path

from home.folder.feeds import consultations_feed, document_feed, folder_feed
from home.folder.views import folder_page, item_page, updates_page
from home.folder.whole_views import contents_page, glossary_page, law_page
from home.timetable.views import calendar_file, timetable_page

urlpatterns = [
    path("folder/", folder_page, name="folder"),
    path("folder/contents/", contents_page, name="folder_contents"),
    path("folder/glossary/", glossary_page, name="folder_glossary"),
    path("folder/law/", law_page, name="folder_law"),
    path("folder/updates/", updates_page, name="folder_updates"),
    path("folder/feeds/folder.atom", folder_feed, name="folder_feed"),
    path("folder/feeds/consultations.atom", consultations_feed, name="consultations_feed"),
    path("folder/feeds/documents/<slug:document>.atom", document_feed, name="document_feed"),
    path("folder/<slug:item>/", item_page, name="folder_item"),
    path("timetable/", timetable_page, name="timetable"),
    path("timetable/calendar.ics", calendar_file, name="calendar"),
]
