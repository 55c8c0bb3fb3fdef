"""The stored HTML of sections, joined from the HTML of the versions that stand in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from guidance.actions.citing import Cited
from guidance.actions.earlier import Key
from guidance.actions.explaining import edition_terms
from guidance.content import plain_text
from guidance.edition_text import EditionText, Line, SectionSource
from guidance.models import Instrument
from guidance.rendering import Row, SectionFrame, SectionLink, render_section
from guidance.rendering.addresses import provision_path, section_path
from guidance.rendering.annotate import Link, annotate
from guidance.rendering.terms import Term, Terms
from guidance.statute import parse_provision


@dataclass(frozen=True, slots=True)
class Words:
    """What the rendering of an edition's sections needs beside its text: each version's HTML, by
    paragraph and digest; each provision's words and address, by path; what its paragraphs cite, by
    identity, with the places of what is cited (reference and section); and its terms."""

    html: Mapping[Key, str]
    provisions: Mapping[str, tuple[str, str]]
    cited: Mapping[str, Sequence[Cited]]
    places: Mapping[str, tuple[str, int]]
    terms: Terms | None

    @classmethod
    def of(cls, text: EditionText, html: Mapping[Key, str], cited: Iterable[Cited]) -> Words:
        """With the provisions that its paragraphs rest on looked up in the register."""
        by_line: defaultdict[str, list[Cited]] = defaultdict(list)
        for c in cited:
            by_line[c.line.identity].append(c)
        paths = {path for line in text.lines for path in line.provisions}
        places = {n.identity: (n.reference, n.section) for n in text.lines} if by_line else {}
        return cls(html, provision_words(paths), by_line, places, edition_terms(text, html))


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
    column = _Column(text, section, words, frozenset(line.reference for line in lines))
    rows = [column.row(line) for line in lines]
    frame = SectionFrame(
        document=text.facts.document,
        edition=text.facts.slug,
        slug=section.slug,
        title=section.title,
        number=section.number,
        siblings=[SectionLink(s.slug, s.title, s.number) for s in text.sections],
        terms=list(dict.fromkeys(column.terms)),
    )
    return render_section(frame, rows)


class _Column:
    """The rows of one section with their citations and terms as links."""

    def __init__(
        self, text: EditionText, section: SectionSource, words: Words, here: frozenset[str]
    ) -> None:
        self.terms: list[Term] = []
        self._text = text
        self._section = section
        self._words = words
        self._here = here

    def row(self, line: Line) -> Row:
        words = self._words
        return Row(
            reference=line.reference,
            kind=line.block.kind,
            number=line.block.number,
            title=line.block.title,
            after=line.after,
            status=line.basis.status,
            provisions=[words.provisions[path] for path in line.provisions],
            html=self._annotated(line, words.html[line.identity, line.digest]),
            id=line.identity,
            digest=line.digest,
            statements=line.basis.statements,
            conflict=line.basis.conflict,
        )

    def _annotated(self, line: Line, html: str) -> str:
        cited = self._words.cited.get(line.identity, ())
        terms = self._words.terms
        if line.block.kind == "heading" or not (cited or terms):
            return html
        links = [Link(c.start, c.end, self._address(c)) for c in cited]
        text = plain_text(line.content) if links else ""
        found, used = annotate(html, text, links, terms, line.reference, self._here)
        self.terms += used
        return found

    def _address(self, cited: Cited) -> str:
        if cited.provision:
            return provision_path(cited.provision)
        document, edition = self._text.facts.document, self._text.facts.slug
        reference, position = (
            self._words.places[cited.paragraph] if cited.paragraph else ("", cited.section or 0)
        )
        section = self._text.sections[position - 1]
        anchor = f"#{reference}" if reference else ""
        if section is self._section and anchor:
            return anchor
        return f"{section_path(document, edition, section.slug)}{anchor}"


def provision_cited(path: str, title: str) -> str:
    """A provision in words, its instrument by title: "section 138 of the … Act 2007"."""
    return _cited(parse_provision(path).words, title)


def _cited(place: str, title: str) -> str:
    return f"{place} of the {title}" if place else f"the {title}"
