"""The timetable: workstreams and their milestones."""
