"""What the demonstration shows: a document through three editions, and one out for consultation.

All of its words were written for it. It comes in through the real import, is revised as an editor
revises, and is published by the real act.
"""
