"""Who answers and how the response may be used, from a Word form that came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from consultation.actions.word_form import (
    ABOUT_CHOICES,
    ABOUT_LABELS,
    LONG_FIELDS,
    USE_CHOICES,
    USE_LABELS,
)
from consultation.answers import AnswerFault, clean_text
from consultation.models import Authority, Confidential, Respondent, Response
from consultation.word_lines import FIELD, FormRead, without_placeholder
from consultation.word_marks import about_tag, field_mark, folded, ticked, use_tag

Outside = Mapping[str, Sequence[str]]
"""Words outside the fields, by the mark before them."""


@dataclass(slots=True)
class FieldsRead:
    """`fields` as a response keeps them; `rest` and `faults` as in `reading_word.FilledForm`."""

    fields: dict[str, Any] = field(default_factory=dict)
    rest: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read_about(read: FormRead, outside: Outside) -> FieldsRead:
    """`ABOUT_FIELDS`, those that were filled in."""
    found = FieldsRead()
    for name, label in ABOUT_LABELS.items():
        lines = outside.get(field_mark(name), ())
        if name in ABOUT_CHOICES:
            tags = {key: about_tag(name, key) for key, _ in ABOUT_CHOICES[name]}
            keys, more = chosen(read, tags, ABOUT_CHOICES[name], lines)
            found.rest += more
            _choose(found, name, label, keys)
        else:
            _keep(found, name, label, [read.said(about_tag(name)), *plain(lines)])
    organisation = found.fields.get("organisation") or found.fields.get("organisation_type")
    if found.fields.get("respondent") == Respondent.INDIVIDUAL and organisation:
        found.faults.append(
            "It is ticked as an individual's and names an organisation: check which."
        )
    return found


def read_use(read: FormRead, outside: Outside) -> FieldsRead:
    """`USE_FIELDS`, those that were filled in. Where two contradict each other the one that shows
    less is taken."""
    found = FieldsRead()
    for name, label in USE_LABELS.items():
        lines = outside.get(field_mark(name), ())
        if name not in USE_CHOICES:
            _keep(found, name, label, [read.said(use_tag(name)), *plain(lines)])
            continue
        tags = {key: use_tag(name, key) for key, _ in USE_CHOICES[name]}
        keys, more = chosen(read, tags, USE_CHOICES[name], lines)
        found.rest += more
        if len(keys) > 1:
            found.faults.append(f"“{label}” has more than one box ticked: check it.")
        if keys:
            found.fields[name] = _most_careful(name, keys)
    return found


def chosen(
    read: FormRead,
    tags: Mapping[str, str],
    options: Sequence[tuple[str, str]],
    lines: Sequence[str],
) -> tuple[list[str], list[str]]:
    """The keys of the options that are ticked, by their fields (`tags` by key) or by a mark in one of
    the lines; and the other words of the lines."""
    keys = [key for key, tag in tags.items() if read.ticks.get(tag)]
    others: list[str] = []
    for line in lines:
        box = ticked(line.replace(FIELD, ""))
        option = _option(box[1], options) if box else None
        if box is None or option is None:
            others += plain([line]) or ([] if line else [""])
            continue
        key, words = option
        if box[0]:
            keys.append(key)
        more = box[1][len(words) :].strip() if folded(box[1]).startswith(folded(words)) else ""
        others += [more] if more else []
    return list(dict.fromkeys(keys)), others


def plain(lines: Sequence[str]) -> list[str]:
    """Lines without what only stands for a field."""
    cleaned = (without_placeholder(line.replace(FIELD, "")).strip() for line in lines)
    return [line for line in cleaned if line]


def _option(line: str, options: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """The option with which a line begins; the longest, since one may begin another."""
    fits = [option for option in options if folded(line).startswith(folded(option[1]))]
    return max(fits, key=lambda option: len(option[1])) if fits else None


def _choose(found: FieldsRead, name: str, label: str, keys: Sequence[str]) -> None:
    if len(keys) > 1:
        found.faults.append(f"“{label}” has more than one box ticked: choose one.")
    elif keys:
        found.fields[name] = keys[0]


def _most_careful(name: str, keys: Sequence[str]) -> Any:
    if name != "confidential":
        return "no" not in keys
    careful = (Confidential.WHOLE, Confidential.PASSAGES, Confidential.NOTHING)
    return next(str(each.value) for each in careful if each.value in keys)


def _keep(found: FieldsRead, name: str, label: str, texts: Sequence[str]) -> None:
    """The words of a field where a response can keep them; otherwise they stay beside it."""
    joint = "\n" if name in LONG_FIELDS else " "
    words = joint.join(text.strip() for text in texts if text.strip())
    if name not in LONG_FIELDS:
        words = " ".join(words.split())
    if not words:
        return
    try:
        found.fields[name] = _value(name, clean_text(words))
    except (ValidationError, AnswerFault, Authority.DoesNotExist):
        found.faults.append(f"“{label}” could not be taken as it is: “{words[:100]}”.")
        found.rest.append(f"{label}: {words}")


def _value(name: str, words: str) -> Any:
    if name == "authority":
        return Authority.objects.get(name__iexact=words)
    if name == "email":
        validate_email(words)
    most = getattr(Response._meta.get_field(name), "max_length", None)
    if most and len(words) > most:
        raise ValidationError("too long")
    return words
