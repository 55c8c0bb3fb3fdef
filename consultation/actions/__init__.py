"""What is done with consultations and responses. Every door calls the same actions."""
