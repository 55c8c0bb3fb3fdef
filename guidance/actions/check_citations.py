"""Checks of what an edition cites: what cannot be resolved, and what now means another paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from guidance.actions.citing import Cited, Citing
from guidance.actions.earlier import Earlier
from guidance.actions.edition_source import Source
from guidance.actions.finding import Check, Spot
from guidance.edition_text import EditionText
from guidance.models import Citation
from guidance.references import Place

Meant = Mapping[tuple[str, str], str]
"""By paragraph and words: the identity of the paragraph that the words meant."""


def check_citations(source: Source, text: EditionText, before: Earlier | None) -> list[Check]:
    """Advisory findings, in the order of the text. `before` is the edition issued last; without it
    nothing is said of references that have come to mean another paragraph."""
    finding = _Finding(source, text, before)
    cited = list(Citing(text, before.html if before else {}).cited())
    unknown = Counter(_unknown(c) for c in cited if not c.resolved and c.kind == "provision")
    return [check for c in cited for check in finding.about(c, unknown)]


class _Finding:
    def __init__(self, source: Source, text: EditionText, before: Earlier | None) -> None:
        self._source = source
        self._text = text
        self._meant = _meant(before) if before else {}
        self._now = {line.identity: line for line in text.lines}
        self._said: set[tuple[str, str]] = set()

    def about(self, cited: Cited, unknown: Mapping[str, int]) -> Iterator[Check]:
        """At most one finding for the same words in one paragraph, and one for an instrument."""
        if not cited.resolved and cited.kind == "provision":
            key = ("", _unknown(cited))
            found: Check | None = self._unresolved(cited, unknown[_unknown(cited)])
        else:
            key = (cited.line.identity, cited.words)
            found = self._finding(cited)
        if found is not None and key not in self._said:
            self._said.add(key)
            yield found

    def _unresolved(self, cited: Cited, count: int) -> Check:
        places = "" if count == 1 else f" It is cited at {count} places, here first."
        return self._check(
            cited,
            "citation-unresolved",
            f"“{_short(cited.named)}” could not be resolved to an instrument in the register.{places}",
            "Name the Act with its year, or define its short name, or add it to the register; until"
            " then it is shown without a link.",
        )

    def _finding(self, cited: Cited) -> Check | None:
        meant = (
            self._meant.get((cited.line.identity, cited.words))
            if cited.kind == "paragraph"
            else None
        )
        if meant and meant != cited.paragraph:
            return self._out_of_date(cited, meant)
        if cited.resolved:
            return None
        return self._check(
            cited,
            "cross-reference-unresolved",
            f"“{_short(cited.words)}” names {cited.kind} {cited.named}, which is not in this edition.",
            "Correct the number; where a part of an Act or of another document is meant, name it.",
        )

    def _out_of_date(self, cited: Cited, meant: str) -> Check:
        line = self._now.get(meant)
        if line is None:
            what = "was removed since"
        elif line.block.kind == "paragraph":
            what = f"is numbered {line.block.number} now"
        else:
            what = "is no numbered paragraph now"
        return self._check(
            cited,
            "cross-reference-out-of-date",
            f"“{_short(cited.words)}” meant a paragraph in the edition before that {what}.",
            "Correct the reference, or leave it if the paragraph that has the number now is meant.",
        )

    def _check(self, cited: Cited, code: str, message: str, remedy: str) -> Check:
        line = cited.line
        section = self._text.sections[line.section - 1]
        return Spot(section, line.block, Place(line.reference, line.after)).found(
            code, message, remedy
        )


def _meant(before: Earlier) -> dict[tuple[str, str], str]:
    """What references meant in the edition issued last, from its citations, in one query; words
    that meant two things there are left out."""
    if before.edition is None:
        return {}
    rows = Citation.objects.filter(edition=before.edition).exclude(to_paragraph=None)
    meant: dict[tuple[str, str], str] = {}
    for paragraph, words, target in rows.values_list("paragraph_id", "words", "to_paragraph_id"):
        key = (str(paragraph), words)
        if meant.setdefault(key, str(target)) != str(target):
            meant[key] = ""
    return meant


def _unknown(cited: Cited) -> str:
    """The instrument that is not known, however its title is written."""
    return " ".join(cited.named.casefold().replace("&", "and").split()).removeprefix("the ")


def _short(words: str) -> str:
    return words if len(words) <= 120 else words[:117].rstrip() + "…"
