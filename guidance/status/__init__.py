"""Statements of status: read from the words of a document, and what they say of one paragraph.

"Paragraphs 2.13 to 2.28 are statutory guidance under section 3A of …" gives ranges, a status,
provisions, what is replaced and what is excepted. Every status shown for a paragraph comes from
such statements; where two of them disagree both are given. Pure: knows no Django.
"""

from guidance.status.basis import Basis, Conflict, basis, conflicts, covering, ranges_of
from guidance.status.reader import read_statements

__all__ = ["Basis", "Conflict", "basis", "conflicts", "covering", "ranges_of", "read_statements"]
