"""Where guidance speaks of its own paragraphs and sections. Pure: knows no Django."""
