"""The stored HTML of sections, joined from the HTML of the versions that stand in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guidance.actions.earlier import Key
from guidance.edition_text import EditionText, Line, SectionSource
from guidance.models import Instrument
from guidance.rendering import Row, SectionFrame, SectionLink, render_section
from guidance.statute import parse_provision


@dataclass(frozen=True, slots=True)
class Words:
    """What the rendering of an edition's sections needs beside its text: each version's HTML, by
    paragraph and digest, and each provision's words and address, by path."""

    html: Mapping[Key, str]
    provisions: Mapping[str, tuple[str, str]]

    @classmethod
    def of(cls, lines: Iterable[Line], html: Mapping[Key, str]) -> Words:
        """With the provisions of these lines looked up in the register."""
        return cls(html, provision_words({p for line in lines for p in line.provisions}))


def provision_words(paths: Iterable[str]) -> dict[str, tuple[str, str]]:
    """How each provision is cited, and its address: "section 138 of the … Act 2007"."""
    provisions = {path: parse_provision(path) for path in paths}
    wanted = {p.instrument.path for p in provisions.values()}
    titles = dict(Instrument.objects.filter(path__in=wanted).values_list("path", "title"))
    return {
        path: (_cited(p.words, titles.get(p.instrument.path, p.instrument.path)), p.address)
        for path, p in provisions.items()
    }


def section_html(
    text: EditionText, section: SectionSource, lines: Sequence[Line], words: Words
) -> str:
    """The reading column of one section."""
    frame = SectionFrame(
        document=text.facts.document,
        edition=text.facts.slug,
        slug=section.slug,
        title=section.title,
        number=section.number,
        siblings=[SectionLink(s.slug, s.title, s.number) for s in text.sections],
    )
    return render_section(frame, [_row(line, words) for line in lines])


def _row(line: Line, words: Words) -> Row:
    return Row(
        reference=line.reference,
        kind=line.block.kind,
        number=line.block.number,
        title=line.block.title,
        after=line.after,
        status=line.basis.status,
        provisions=[words.provisions[path] for path in line.provisions],
        html=words.html[line.identity, line.digest],
        id=line.identity,
        digest=line.digest,
        statements=line.basis.statements,
        conflict=line.basis.conflict,
    )


def _cited(place: str, title: str) -> str:
    return f"{place} of the {title}" if place else f"the {title}"
