"""A plan as it is printed: its bundles, timings and timetables, and how far a date slipped. Pure."""
