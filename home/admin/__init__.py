"""The folder and the timetable in the admin."""
