"""What the document says of itself: abbreviations, statements of status, the schedule of duties."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from guidance.outline import questions
from guidance.outline.model import DutyRow, Outline, Question, Section, Statement, Table
from guidance.outline.pieces import Piece, Role
from guidance.richtext import to_text
from guidance.status import read_statements

_BRACKETED = re.compile(
    r"\((?:the\s|or\s|[“‘\"'])?"
    r"(?P<short>[A-Z][A-Za-z&]{0,3}[A-Z]{1,6}|[A-Z]{2,8})(?P<plural>s?)[”’\"']?\)"
)
_MEANS = re.compile(
    r"(?:references? (?:in this \w+ )?to )?[“‘'\"](?P<short>the [A-Z][\w ]{1,40})[”’'\"]"
    r"[^.;]{0,40}?\b(?:is a reference to|are references to|means|refers to|is)\s"
    r"(?P<long>the [^.;\n]{5,160})"
)
_CALLED = re.compile(
    r"\([“‘'\"]?(?P<short>[Tt]he (?:\d{4} )?(?:Act|Regulations|Order|Measure))[”’'\"]?\)"
)
_TITLED = re.compile(
    r"\b[A-Z](?:[\w&’'-]{0,40},? |(?:of|and|the|for|in|to) |\([A-Z][\w ,’'&-]{1,90}\) ){1,14}"
    r"(?:Act|Regulations|Order|Measure) (?:\([A-Z]\w+\) )?\d{4},?\s?$"
)
_LEADING = re.compile(r"(?:(?:Under|In|By|Of|For|With|See|To|Section|Part) )?(?:[Tt]he )?")
_SHORT = re.compile(r"\b(?P<short>[A-Z]{3,6})s?\b")
_SMALL = frozenset(["of", "and", "the", "for", "in", "on", "to", "a", "an", "by", "with", "or"])
_STATUS = re.compile(r"\bguidance\b|\bcode\b|\breplac|\bsupersede|\bcircular", re.IGNORECASE)
_RANGE = re.compile(
    r"\b(?:paragraphs?|paras?\.?|sections?|chapters?|parts?|annex(?:es)?"
    r"|this (?:guidance|code|document|circular))\b",
    re.IGNORECASE,
)
_BASIS = re.compile(
    r"statutory guidance|non-statutory|issued under|made under|under section|replac|supersed"
    r"|cancel",
    re.IGNORECASE,
)


def read_meaning(
    outline: Outline, pieces: Sequence[Piece], asked: Sequence[tuple[Question, Piece]]
) -> None:
    """Fill the outline's definitions, statements of status, duties and question numbers."""
    texts = [p.text for p in pieces if p.role not in (Role.FURNITURE, Role.NOTE)]
    outline.definitions = definitions(texts)
    outline.statements = list(_statements(pieces, outline.definitions))
    outline.duties = [row for section in outline.sections for row in _duties(section)]
    pairs = [(question, questions.asked(piece)) for question, piece in asked]
    questions.match(pairs, outline.listed_questions)


def definitions(texts: Sequence[str]) -> dict[str, str]:
    """Abbreviations and short names that the text defines, with what they stand for.

    "Local Area Agreement (LAA)" defines LAA. An abbreviation used without a definition is given
    the one capitalised phrase of the text that has its initials, where there is only one.
    """
    found: dict[str, Counter[str]] = defaultdict(Counter)
    named: dict[str, str] = {}
    used: Counter[str] = Counter()
    for text in texts:
        for match in _BRACKETED.finditer(text):
            before = text[max(0, match.start() - 160) : match.start()].split()
            if long := _initialled(before, match["short"]):
                found[match["short"]][_singular(long, bool(match["plural"]))] += 1
        for short, long in _short_names(text):
            named.setdefault(short, long)
        used.update(m["short"] for m in _SHORT.finditer(text))
    wanted = {s for s, count in used.items() if s not in found and count > 1}
    for short, longs in _phrases(texts, wanted).items():
        if len(longs) == 1:
            found[short].update(longs)
    return {short: _best(longs) for short, longs in found.items()} | named


def _short_names(text: str) -> Iterable[tuple[str, str]]:
    """Short names given to enactments: "‘the Act’ means …", "… Act 2011 (“the 2011 Act”)"."""
    for match in _MEANS.finditer(text):
        yield "the" + match["short"][3:], _without_article(match["long"])
    for match in _CALLED.finditer(text):
        if title := _TITLED.search(text[max(0, match.start() - 240) : match.start()]):
            yield "the" + match["short"][3:], _LEADING.sub("", title[0], count=1).strip(" ,")


def _initialled(words: Sequence[str], short: str) -> str:
    """The words before "(LAA)" whose initials are those letters, small words aside."""
    letters, at = short.upper().replace("&", ""), len(words)
    for letter in reversed(letters):
        at -= 1
        while at >= 0 and words[at].lower() in _SMALL and not words[at].upper().startswith(letter):
            at -= 1
        if at < 0 or _initial(words[at]) != letter:
            return ""
    phrase = " ".join(words[at:]).strip("“‘'\"*,;:(")
    return phrase if "." not in phrase else ""


def _initial(word: str) -> str:
    return word.lstrip("“‘'\"*(")[:1].upper()


def _singular(phrase: str, plural: bool) -> str:
    """ "Local Area Agreements (LAAs)" defines the singular."""
    if phrase.endswith("ies") and plural:
        return phrase[:-3] + "y"
    if phrase.endswith("s") and not phrase.endswith(("ss", "us", "is")):
        return phrase[:-1] if plural or phrase.split()[-1][:1].isupper() else phrase
    return phrase


def _best(longs: Mapping[str, int]) -> str:
    return max(longs, key=lambda phrase: (longs[phrase], -len(phrase)))


def _without_article(words: str) -> str:
    words = " ".join(words.split()).rstrip(" ,")
    return words[4:] if words.lower().startswith("the ") else words


def _phrases(texts: Iterable[str], wanted: set[str]) -> dict[str, Counter[str]]:
    """Runs of capitalised words whose initials are a wanted abbreviation."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    if not wanted:
        return found
    for text in texts:
        run: list[str] = []
        for word in [*text.split(), ""]:
            bare = word.strip("“”‘’'\"*().,;:")
            if bare[:1].isupper() and bare[1:2].islower():
                run.append(bare)
                for length in range(3, min(6, len(run)) + 1):
                    phrase = run[-length:]
                    initials = "".join(w[0] for w in phrase)
                    if initials in wanted:
                        found[initials][_singular(" ".join(phrase), False)] += 1
            if not bare[:1].isupper() or word.endswith((".", ",", ";", ":", ")")):
                run = []
    return found


def _statements(pieces: Sequence[Piece], defined: Mapping[str, str]) -> Iterable[Statement]:
    """Read every piece of prose that may state the status of paragraphs."""
    for piece in pieces:
        if piece.role not in (Role.PROSE, Role.PARAGRAPH, Role.ITEM) or len(piece.text) > 4000:
            continue
        if all(p.search(piece.text) for p in (_STATUS, _RANGE, _BASIS)):
            for statement in read_statements(piece.text, defined):
                statement.place = piece.place
                yield statement


_WHOM = re.compile(r"\b(?:who|whom|appl\w+|binds?|bodies|authorities)\b", re.IGNORECASE)
_WHEN = re.compile(r"\b(?:date|introduc\w+|commence\w*|in force|when|effective)\b", re.IGNORECASE)
_WHERE = re.compile(
    r"\b(?:section|guidance|paragraph|explained|chapter|reference)s?\b", re.IGNORECASE
)
_EXCEPT = re.compile(
    r",?\s+\(?(?:excluding|except(?:ing)?(?: for)?|other than|apart from)\s+(?P<who>[^)]*)\)?",
    re.IGNORECASE,
)
_MARKER = re.compile(r"\s*<sup>[^<]*</sup>")


def _duties(section: Section) -> Iterable[DutyRow]:
    """Rows of a table whose columns say whom a duty binds and when it is introduced."""
    for table in section.blocks:
        if not isinstance(table, Table):
            continue
        heads = [to_text(h) for h in table.header]
        whom, when = _column(heads, _WHOM), _column(heads, _WHEN)
        if whom is None or when is None or whom == when or 0 in (whom, when):
            continue
        where = next(
            (i for i, h in enumerate(heads) if i not in (whom, when) and _WHERE.search(h)), None
        )
        for row in table.rows:
            cells = [to_text(_MARKER.sub("", one)).strip() for one in row]
            if cells[0]:
                yield _duty(cells, whom, when, where, table)


def _column(heads: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((i for i, head in enumerate(heads) if pattern.search(head)), None)


def _duty(cells: Sequence[str], whom: int, when: int, where: int | None, table: Table) -> DutyRow:
    excepted = _EXCEPT.search(cells[whom])
    binds = cells[whom][: excepted.start()] if excepted else cells[whom]
    return DutyRow(
        title=cells[0],
        binds=binds.strip(),
        excepts=excepted["who"].strip() if excepted else "",
        commences=cells[when],
        explained_in=cells[where] if where is not None else "",
        place=table.place,
    )
