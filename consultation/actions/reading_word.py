"""Reads a form that came back as a Word document (`consultation.actions.word_form` makes it)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from consultation.actions.anchors import Anchor
from consultation.answers import Given
from consultation.models import Question


@dataclass(slots=True)
class FilledForm:
    """What a form says. `about` and `use` have the fields of `answering.ABOUT_FIELDS` and
    `USE_FIELDS` that were filled in, as a response keeps them; `rest` are words that have no place,
    each with the words around it; `faults` are sentences about what could not be taken."""

    about: dict[str, Any] = field(default_factory=dict)
    use: dict[str, Any] = field(default_factory=dict)
    answers: dict[Question, Given] = field(default_factory=dict)
    comments: dict[Anchor, str] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
