"""Two consultations for the demonstration, one closed and one open, with what people said in them.

All of it was written by us; no person or body in it exists.
"""
