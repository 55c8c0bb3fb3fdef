"""What two editions, or two wordings, have in common and where they differ. Pure: knows no Django."""
