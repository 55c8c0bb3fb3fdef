"""The pages on which a response is written, from the task list to the confirmation."""
