"""Sentences of guidance that demand something: must, should or may. Pure: knows no Django."""
