"""The query language of the search. Pure: knows no Django and no engine."""

from search.query.lexer import LONGEST
from search.query.model import Item, Query, Reference, Words
from search.query.parser import parse_query

__all__ = ["LONGEST", "Item", "Query", "Reference", "Words", "parse_query"]
