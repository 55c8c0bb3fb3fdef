"""Instruments, provisions and the citations of them in running text. Pure: knows no Django.

A reference is what legislation.gov.uk calls it: `ukpga/2007/28` is an Act, `section/138` a place
in it. What cannot be resolved without guessing stays unresolved, with its words.
"""

from guidance.statute.citations import (
    Citation,
    Unresolved,
    find_citations,
    find_instruments,
    parse_provisions,
)
from guidance.statute.defining import find_definitions
from guidance.statute.mentions import InstrumentMention, Names, bare_name
from guidance.statute.places import names_place, parse_places, place_words
from guidance.statute.references import Instrument, Provision, parse_instrument, parse_provision
from guidance.statute.titles import KNOWN_INSTRUMENTS, Register

__all__ = [
    "KNOWN_INSTRUMENTS",
    "Citation",
    "Instrument",
    "InstrumentMention",
    "Names",
    "Provision",
    "Register",
    "Unresolved",
    "bare_name",
    "find_citations",
    "find_definitions",
    "find_instruments",
    "names_place",
    "parse_instrument",
    "parse_places",
    "parse_provision",
    "parse_provisions",
    "place_words",
]
