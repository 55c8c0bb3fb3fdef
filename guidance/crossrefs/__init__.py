"""Finds where guidance points to itself: "see para 2.26", "sections 3 and 4", "Annex B". Pure.

Whether the edition has such a paragraph or section is not asked here. A section of an Act, or a
paragraph of another document, is none; where the words leave it open, nothing is found.
"""

from guidance.crossrefs.finder import CrossReference, Kind, find_cross_references

__all__ = ["CrossReference", "Kind", "find_cross_references"]
