"""Text like guidance, as much as is asked for and always the same: documents of 1,000 numbered
paragraphs whose words are as unequally common as those of English (Zipf, Mandelbrot's form), with
sentences that recur, names and sums that do not, headings, statuses and provisions.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from itertools import accumulate, product
from random import Random
from uuid import UUID

from search.analysis import FUNCTION_WORDS
from search.units import ANYONE, Unit, ordered

PARAGRAPHS, SECTIONS = 1000, 20
EACH = PARAGRAPHS // SECTIONS
FIRST_DAY, BETWEEN = date(2001, 1, 1), timedelta(days=100)
LAST_DAY = date(2019, 1, 1)
"""From when on the newest text is in force, whatever came before it."""

_COMMON = (
    "authority local guidance plan service partner area community duty strategy agreement section"
    " council consult person child school care health housing target improve outcome body statutory"
    " regard state secretary government office region county district parish fire police probation"
    " transport waste refuse crime disorder youth justice family adult social need assess review"
    " report publish prepare approve amend designate negotiate priority indicator perform inspect"
    " fund grant budget resource commission procure contract deliver joint pool governance scrutiny"
    " committee board chair member officer executive mayor leader elect represent voice involve"
    " inform engage citizen resident tenant voluntary third sector business employer skill learn"
    " train college economy growth develop sustainable environment climate planning framework"
    " spatial land building heritage library museum sport leisure art park road traffic air quality"
    " noise flood emergency safety risk protect prevent support carer disability equality race"
    " gender faith cohesion migrant language access advice complaint appeal tribunal order"
    " regulation act schedule provision power function exercise direction consent require exempt"
    " apply force commence transition period year month date notice copy website record evidence"
    " data share confidential standard best value efficiency saving cost charge tax rate precept"
    " loan capital revenue account audit monitor evaluate research survey panel jury forum meeting"
    " agenda minute vote quorum timetable draft final edition chapter paragraph annex glossary term"
    " define mean include example practice case study question answer response summary introduction"
    " background purpose scope audience status binding exemption neighbourhood village town city"
    " rural urban coast border homeless strategic lead proper suitable adequate reasonable relevant"
    " appropriate necessary effective responsible accountable available national existing"
).split()
_COMMONEST = "the of and to in a for be is that on as by with are it or this from which".split()
_BEFORE = "re pre un non over under inter".split()
_ROOTS = (
    "abate advoc allot amort apport arbit assign attest barter cadast calib canvass cater certif"
    " chart cite clarif codif collat compil comput concil confer conserv consol construct convey"
    " cultiv curat deduct defer deleg demarc deposit depict deriv digit direct dispens disput"
    " dissem domicil drain educ eject elucid embank emit enact enclos endors enforc enumer equip"
    " erect estim evict examin excav expend extern facilit fertil fluct forest forfeit format"
    " furnish gazett gener grad harmon harvest illumin implement import incorpor increment indemn"
    " index infer inhabit initi innov inscrib install instruct insul integr intercept interpret"
    " invest irrig isol licens liquid litig locat maint mandat manufact medic merchant metr migrat"
    " mitig mobil moder modif narrat navig nomin normal notif obligat observ occup operat ordin"
    " orient overse packag particip patrol permit petit pilot pledg populat postul prescrib preserv"
    " privat profess prohib project promulg propos prospect quantif quarr ratif reclaim recip"
    " recruit refer reform refund regul rehabil reimburs remedi remit renov repeal repris requisit"
    " resid restor restrict retain revis rotat salvag sanct satur screen segreg sequest settl simpl"
    " solicit specif stabil stimul stipul subsid substit summon superv suspend tabul tenur termin"
    " test trade transact transcrib translat transmit treat tutor unif util vaccin valid ventil"
    " verif viab visit volunt warrant withhold zon"
).split()
_AFTER = (
    "e ed ing ion ions or ors al able ment ments ance ive ity ism ist ists age ial ional".split()
)
_PLACES = (
    "Ash Beck Birch Black Brad Bram Brook Burn Cald Carl Clay Cold Crow Dale Dun East Elm Fair Fern"
    " Glen Hart Hazel Hind Kes Kirk Lang Lin Mar Mel Mid Nor Oak Pen Rad Red Ross Shel Stan Sut"
    " Thorn Wal West Whit Win Wood"
).split()
_ENDINGS = (
    "bury by cester combe dale den don field ford ham hurst ley mere minster mouth ness".split()
)
_NAMED = "Local Government and Public Involvement in Health Act 2007"
_STATUSES = ("statutory", "statutory", "non-statutory", "unstated")
_KINDS = ("paragraph",) * 17 + ("box", "box", "table")
_AUTHORITIES = ("county-council", "district-council", "fire-authority", "police-authority")
_STREAM, _SENTENCES = 2_000_000, (8, 26)
EXPONENT = 1.15


def units(count: int, versions: int = 1) -> Iterator[Unit]:
    """So many paragraphs in force, each in so many versions of which the last is in force.

    Paragraph by paragraph, the oldest version first. What is in force is the same whatever came
    before it; older versions have a fifth of their sentences in other words.
    """
    random, other = Random(1999), Random(2000)
    for position in range(count):
        document, place = divmod(position, PARAGRAPHS)
        if not place:
            shelf = _Shelf(document, random)
        unit = shelf.unit(place, random)
        yield from _older(unit, versions - 1, other)
        yield unit


def day_of(version: int) -> date:
    """The first day on which this version (0 the oldest) of everything is in force."""
    return FIRST_DAY + version * BETWEEN


def sentence(random: Random) -> str:
    """Words as they follow each other somewhere in the one long text that all sentences are of."""
    text = _stream()
    length = random.randint(*_SENTENCES)
    start = int(random.random() * (_STREAM - length))
    return " ".join(text[start : start + length]).capitalize()


class _Shelf:
    """One document and its headings."""

    def __init__(self, document: int, random: Random) -> None:
        self._number = document
        self._slug = f"document-{document + 1}"
        self._title = f"{heading(random)} guidance"
        self._sections = [heading(random) for _ in range(SECTIONS)]
        self._parts = [heading(random) for _ in range(PARAGRAPHS // 10)]
        under = f"ukpga/{2000 + document % 20}/{1 + document % 40}"
        self._provisions = [f"{under}/section/{100 + n}" for n in range(SECTIONS)]

    def unit(self, place: int, random: Random) -> Unit:
        section, within = divmod(place, EACH)
        number = f"{section + 1}.{within + 1}"
        status = random.choice(_STATUSES)
        kind = random.choice(_KINDS)
        binds = random.choice((ANYONE, *_AUTHORITIES))
        cited = random.random() < 0.1
        return Unit(
            document=self._slug,
            document_title=self._title,
            edition="latest",
            edition_title="Latest edition",
            editions=("latest",),
            stage="final",
            since=LAST_DAY,
            until=None,
            paragraph=_identity(random),
            order=ordered(self._number + 1, place),
            kind=kind,
            number=number if kind == "paragraph" else "",
            reference=number,
            after=number,
            title=heading(random) if kind != "paragraph" else "",
            text=_text(random, f"section {100 + section} of the {_NAMED}" if cited else ""),
            section=f"section-{section + 1}",
            section_number=str(section + 1),
            section_title=self._sections[section],
            trail=(self._parts[place // 10],),
            status=status,
            provisions=(self._provisions[section],) if status == "statutory" else (),
            cites=(f"ukpga/2007/28/section/{100 + section}",) if cited else (),
            binds=(binds,),
            exempts=("fire-authority",) if random.random() < 0.02 else (),
            version=_identity(random),
        )


def _older(unit: Unit, count: int, random: Random) -> Iterator[Unit]:
    sentences = unit.text.split(". ")
    facts = vars(unit)
    for version in range(count):
        for _ in range(max(1, len(sentences) // 5)):
            sentences[int(random.random() * len(sentences))] = sentence(random)
        last = version == count - 1
        edition = f"edition-{version + 1}"
        changed = {
            "edition": edition,
            "edition_title": edition,
            "editions": (edition,),
            "since": day_of(version),
            "until": LAST_DAY if last else day_of(version + 1),
            "text": ". ".join(sentences),
            "version": _identity(random),
        }
        yield Unit(**{**facts, **changed})


def _text(random: Random, citation: str) -> str:
    """Four to nine sentences, one of which may name a place or a sum that hardly recurs."""
    sentences = [sentence(random) for _ in range(random.randint(4, 9))]
    if random.random() < 0.3:
        name = random.choice(_PLACES) + random.choice(_PLACES).lower() + random.choice(_ENDINGS)
        sentences.append(f"This was so in {name}, where £{random.randrange(10**6):,} was spent")
    if citation:
        sentences[0] += f" under {citation}"
    return ". ".join(sentences) + "."


def heading(random: Random) -> str:
    """Two to five words that say something, from wherever in the text."""
    text, words = _stream(), []
    for _ in range(random.randint(2, 5)):
        word = "the"
        while word in FUNCTION_WORDS:
            word = text[int(random.random() * _STREAM)]
        words.append(word)
    return " ".join(words).capitalize()


@cache
def vocabulary() -> list[str]:
    """All words, the commonest first."""
    random = Random(1949)
    function = [*_COMMONEST, *sorted(FUNCTION_WORDS - {*_COMMONEST})]
    common, coined = list(dict.fromkeys(_COMMON)), list(map("".join, product(_ROOTS, _AFTER)))
    longer = [before + word for before, word in product(_BEFORE, coined)]
    for words in (common, coined, longer):
        random.shuffle(words)
    return [*function, *common, *coined, *longer]


@cache
def _stream() -> list[str]:
    """The one long text. Weight falls with rank as Mandelbrot's 1 / (rank + 2.7) ** EXPONENT."""
    words = vocabulary()
    weights = list(accumulate((rank + 2.7) ** -EXPONENT for rank in range(1, len(words) + 1)))
    return Random(1953).choices(words, cum_weights=weights, k=_STREAM)


def _identity(random: Random) -> str:
    return str(UUID(int=random.getrandbits(128), version=4))
