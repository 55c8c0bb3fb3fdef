"""What is done to the folder and the timetable, each act as one function."""
