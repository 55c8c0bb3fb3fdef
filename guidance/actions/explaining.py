"""The terms and abbreviations that an edition explains: its definitions, its glossary, and what its
paragraphs give in brackets, as "Local Area Agreement (LAA)"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape

from guidance.actions.earlier import Key
from guidance.content import plain_text
from guidance.edition_text import EditionText, Facts
from guidance.references import slug
from guidance.rendering.addresses import section_path
from guidance.rendering.terms import Term, Terms

LONGEST = 600
"""Characters of a meaning that are shown; the glossary has the rest."""

_SHORT = re.compile(r"\((?P<short>[A-Z][A-Za-z&]{1,7}?)s?\)")
_FULL = re.compile(
    r"(?:[A-Z][\w’'-]*|&amp;)(?:[ -](?:[A-Z][\w’'-]*|and|of|for|the|in|to|&amp;)){1,7}\s\Z"
)
_REACH = 120
_SMALL = frozenset({"and", "of", "for", "the", "in", "to", "&"})


def edition_terms(text: EditionText, html: Mapping[Key, str]) -> Terms | None:
    """The terms of an edition, None where it has none. `html` are its versions rendered."""
    return _gathered((*_glossary(text), *_definitions(text.facts), *_in_brackets(text, html)))


def terms_of(
    glossary: Iterable[tuple[str, str, str, str]], definitions: Iterable[Mapping[str, str]]
) -> Terms | None:
    """The terms of a glossary, as (term, meaning, reference, address), and of definitions."""
    given = (_term(row.get("term", ""), row.get("meaning", "")) for row in definitions)
    return _gathered((*(_term(*entry) for entry in glossary), *given))


def _gathered(terms: Iterable[Term]) -> Terms | None:
    """What stands first is kept: the glossary says more than a definition."""
    found: dict[str, Term] = {}
    for term in terms:
        if term.words and term.meaning:
            found.setdefault(term.words.casefold(), term)
    return Terms(found.values()) if found else None


def _glossary(text: EditionText) -> Iterator[Term]:
    for line in text.lines:
        if line.block.kind == "glossary":
            section = text.sections[line.section - 1]
            address = section_path(text.facts.document, text.facts.slug, section.slug)
            meaning = plain_text(line.content).partition("\n")[2]
            yield _term(line.block.title, meaning, line.reference, f"{address}#{line.reference}")


def _definitions(facts: Facts) -> Iterator[Term]:
    for row in facts.definitions:
        yield _term(row.get("term", ""), row.get("meaning", ""))


def _in_brackets(text: EditionText, html: Mapping[Key, str]) -> Iterator[Term]:
    lines = (html.get((line.identity, line.digest), "") for line in text.lines)
    for short, spelled in abbreviations_in(lines).items():
        yield _term(short, spelled)


def abbreviations_in(html: Iterable[str]) -> dict[str, str]:
    """Abbreviations whose letters begin the words before them, with those words; one that is given
    two meanings is left out."""
    meanings: dict[str, set[str]] = {}
    for words in html:
        for found in _SHORT.finditer(words):
            before = _FULL.search(words, max(0, found.start() - _REACH), found.start())
            spelled = _spelled(unescape(before[0]), found["short"]) if before else ""
            if spelled:
                meanings.setdefault(found["short"], set()).add(spelled)
    return {
        short: min(spellings, key=len)
        for short, spellings in meanings.items()
        if len({words.casefold().removesuffix("s") for words in spellings}) == 1
    }


def _spelled(words: str, short: str) -> str:
    """The last words of `words` whose first letters make `short`; "" where none do."""
    said = words.split()
    for start in range(len(said) - 1, -1, -1):
        run = said[start:]
        initials = "".join(part[0] for w in run if w not in _SMALL for part in w.split("-") if part)
        everything = "".join(w[0] for w in run)
        if short.upper() in (initials.upper(), everything.upper()) and run[0] not in _SMALL:
            return " ".join(run)
    return ""


def _term(words: str, meaning: str, reference: str = "", address: str = "") -> Term:
    said = " ".join(meaning.split())
    if len(said) > LONGEST:
        said = f"{said[:LONGEST].rpartition(' ')[0]} …"
    words = " ".join(words.split())
    anchor = f"means-{slug(words)}"
    return Term(words, escape(said, quote=False), anchor, reference, address)
