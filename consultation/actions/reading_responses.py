"""Finds responses that were received, newest first, and reads them a stretch at a time.

A stretch begins after the last one's end (by time of receipt), so that the two thousandth costs as
much as the first. What may be confidential is never searched: a hit would tell what it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.db.models.lookups import IsNull

from consultation.closing import LONDON
from consultation.models import (
    OFFICIAL,
    Answer,
    Confidential,
    ParagraphComment,
    Respondent,
    Response,
)
from consultation.passages import OPENS
from consultation.references import read_reference

STRETCH = 50
COUNTED = 1_000
"""Matches are counted up to here."""
LOOKED = 5_000
"""Responses whose words are looked through for one stretch."""
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
UNCHECKED, CHECKED = "unchecked", "checked"
STANDING = "standing"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which responses; what is empty excludes none.

    `who` is a reference, or part of a name, organisation or e-mail address; `words` stand in an
    answer or comment. `kind` is an organisation type or "individual"; `state` a state or `STANDING`;
    `question` (primary key) was answered, with `choice` chosen; `paragraph` was commented on."""

    who: str = ""
    words: str = ""
    channel: str = ""
    kind: str = ""
    lateness: str = ""
    state: str = ""
    confidential: str = ""
    checked: str = ""
    since: date | None = None
    until: date | None = None
    question: int | None = None
    choice: str = ""
    paragraph: UUID | None = None

    @property
    def countable(self) -> bool:
        """Whether an index finds them, so that counting to `COUNTED` costs the same at any number."""
        slow = (self.who, self.words, self.confidential, self.question, self.paragraph)
        return not any(slow)

    @property
    def facts(self) -> dict[str, str]:
        """What is asked for, for the audit log: without what was typed, which may be a name."""
        typed = {"who", "words"}
        found = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {
            name: "given" if name in typed else str(value) for name, value in found.items() if value
        }


@dataclass(frozen=True, slots=True)
class Key:
    """The place of a response in the list."""

    received_at: datetime
    pk: int

    def __str__(self) -> str:
        return f"{(self.received_at - EPOCH) // MICROSECOND}-{self.pk}"

    @classmethod
    def read(cls, written: str) -> Key | None:
        """None where it is not one."""
        at, _, pk = written.partition("-")
        if not (at.isdecimal() and pk.isdecimal() and len(at) < 18 and len(pk) < 19):
            return None
        return cls(EPOCH + int(at) * MICROSECOND, int(pk))

    @classmethod
    def of(cls, response: Response) -> Key:
        assert response.received_at is not None
        return cls(response.received_at, response.pk)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Responses, newest first. `newer` and `older` are where the next ones end and begin, where
    there are any; `unfinished` where not everything older was looked through for the words."""

    rows: list[Response]
    newer: Key | None
    older: Key | None
    unfinished: bool = False


def responses(consultation: int, wanted: Wanted) -> QuerySet[Response]:
    """The responses to a consultation (by primary key) that are wanted, in no order."""
    rows = Response.objects.filter(consultation=consultation).received()
    exact = {"channel": wanted.channel, "lateness": wanted.lateness}
    rows = rows.filter(**{name: value for name, value in exact.items() if value})
    if wanted.state:
        rows = rows.standing() if wanted.state == STANDING else rows.filter(state=wanted.state)
    if wanted.kind == Respondent.INDIVIDUAL:
        rows = rows.filter(organisation_type="", respondent=Respondent.INDIVIDUAL)
    elif wanted.kind:
        rows = rows.filter(organisation_type=wanted.kind)
    if wanted.since:
        rows = rows.filter(received_at__gte=_midnight(wanted.since))
    if wanted.until:
        rows = rows.filter(received_at__lt=_midnight(wanted.until + timedelta(days=1)))
    if wanted.checked == UNCHECKED:
        rows = rows.unchecked()
    elif wanted.checked == CHECKED:
        rows = rows.filter(checked_at__isnull=False, channel__in=sorted(OFFICIAL))
    return _said(_confidential(rows, wanted.confidential), wanted)


def stretch(
    consultation: int,
    wanted: Wanted,
    *,
    after: Key | None = None,
    before: Key | None = None,
    oldest: bool = False,
    size: int = STRETCH,
) -> Stretch:
    """The newest, or those just older than `after`, or just newer than `before`, or the oldest."""
    back = oldest or before is not None
    start = before if back else after
    found = responses(consultation, wanted)
    edge = _edge(consultation, start, back) if wanted.words else None
    if edge is not None:
        found = _within(found, edge, back)
    ordered = _from(found, start, back).select_related("authority")[: size + 1]
    rows = list(ordered)
    more, rows = len(rows) > size, rows[:size]
    last = Key.of(rows[-1]) if more else edge
    first = Key.of(rows[0]) if rows else start
    if back:
        newer, older = last, None if oldest else first
        return Stretch(rows[::-1], newer, older, edge is not None and not more)
    return Stretch(rows, first if start else None, last, edge is not None and not more)


def neighbours(consultation: int, wanted: Wanted, at: Key) -> tuple[int | None, int | None]:
    """The primary keys of the responses just newer and just older; None where there is none."""
    found = responses(consultation, wanted)
    return tuple(  # type: ignore[return-value]
        _from(found, at, back).values_list("pk", flat=True).first() for back in (True, False)
    )


def counted_to(rows: QuerySet[Response], limit: int = COUNTED) -> int:
    """How many there are, or `limit` + 1 where there are more."""
    return rows.order_by()[: limit + 1].count()


def in_order(
    rows: QuerySet[Response], start: Key | None, *, oldest_first: bool = False
) -> QuerySet[Response]:
    """Those that come after `start`."""
    return _from(rows, start, oldest_first)


def _from(rows: QuerySet[Response], start: Key | None, back: bool) -> QuerySet[Response]:
    if start is not None:
        rows = _beyond(rows, start, back)
    return rows.order_by(*(("received_at", "pk") if back else ("-received_at", "-pk")))


def _beyond(rows: QuerySet[Response], key: Key, back: bool) -> QuerySet[Response]:
    """The plain bound lets an index begin there; the other one parts what came at one instant."""
    bound, past = ("gte", "gt") if back else ("lte", "lt")
    same = Q(received_at=key.received_at, **{f"pk__{past}": key.pk})
    return rows.filter(
        Q(**{f"received_at__{past}": key.received_at}) | same,
        **{f"received_at__{bound}": key.received_at},
    )


def _within(rows: QuerySet[Response], edge: Key, back: bool) -> QuerySet[Response]:
    bound, inside = ("lte", "lt") if back else ("gte", "gt")
    same = Q(received_at=edge.received_at, **{f"pk__{bound}": edge.pk})
    return rows.filter(
        Q(**{f"received_at__{inside}": edge.received_at}) | same,
        **{f"received_at__{bound}": edge.received_at},
    )


def _edge(consultation: int, start: Key | None, back: bool) -> Key | None:
    """The last response that is looked through from `start` on; None where that is the very last."""
    rows = _from(Response.objects.filter(consultation=consultation).received(), start, back)
    found = rows.values_list("received_at", "pk")[LOOKED - 1 : LOOKED + 1]
    keys = [Key(at, pk) for at, pk in found if at]
    return keys[0] if len(keys) == 2 else None


def _confidential(rows: QuerySet[Response], asked: str) -> QuerySet[Response]:
    if not asked:
        return rows
    if asked == Confidential.WHOLE:
        return rows.filter(confidential=asked)
    marked = _marked()
    if asked == Confidential.PASSAGES:
        return rows.filter(Q(confidential=asked) | (marked & ~Q(confidential=Confidential.WHOLE)))
    return rows.filter(~marked, confidential=Confidential.NOTHING)


def _marked() -> Q:
    """Words of it are marked, whatever was said of the whole."""
    return _any_said(has_confidential=True)


def _any_said(**asked: Any) -> Q:
    """An answer or a comment is such. Written so that no database looks through all that everybody
    said first, as PostgreSQL does for one EXISTS or another: here each response is looked at in
    turn, and only until the stretch is full."""
    found = Q(pk__in=())
    for model in (Answer, ParagraphComment):
        rows = model._default_manager.filter(response=OuterRef("pk"), **asked)
        found |= Q(IsNull(Subquery(rows.values("pk")[:1]), False))
    return found


def _said(rows: QuerySet[Response], wanted: Wanted) -> QuerySet[Response]:
    if wanted.who:
        rows = rows.filter(_who(wanted.who))
    if wanted.words:
        said = _any_said(text__icontains=wanted.words, has_confidential=False)
        rows = rows.exclude(confidential=Confidential.WHOLE).filter(said)
    if wanted.question:
        answers = Answer.objects.filter(response=OuterRef("pk"), question=wanted.question)
        if wanted.choice:
            rows = rows.exclude(confidential=Confidential.WHOLE)
            answers = chose(answers, wanted.choice)
        rows = rows.filter(Exists(answers))
    if wanted.paragraph:
        comments = ParagraphComment.objects.filter(
            response=OuterRef("pk"), paragraph=wanted.paragraph
        )
        rows = rows.filter(Exists(comments))
    return rows


def _who(typed: str) -> Q:
    reference = read_reference(typed)
    if reference is not None:
        return Q(reference=reference)
    open_ = ~Q(confidential=Confidential.WHOLE)
    found = Q(pk__in=())
    for field in ("name", "organisation", "email"):
        found |= Q(**{f"{field}__icontains": typed}) & ~Q(**{f"{field}__contains": OPENS})
    return open_ & found


def chose(answers: QuerySet[Answer], key: str) -> QuerySet[Answer]:
    """Those in which the option was chosen, alone or among several. Both databases write a list as
    `["a", "b"]`; SQLite knows no other way to look into one."""
    answers = answers.alias(written=Cast("value", TextField()))
    several = Q(written__contains=f'["{key}"') | Q(written__contains=f', "{key}"')
    return answers.filter(Q(value__choice=key) | Q(several, value__has_key="choices"))


def _midnight(day: date) -> datetime:
    """The first instant of a day in London."""
    return datetime.combine(day, time(), LONDON)


def marked_among(rows: Sequence[Response]) -> set[int]:
    """The primary keys of those in which something is confidential; in one query."""
    asked = {row.pk for row in rows if row.confidential != Confidential.NOTHING}
    mine = {"response__in": [row.pk for row in rows], "has_confidential": True}
    answers = Answer.objects.filter(**mine).order_by().values_list("response", flat=True)
    comments = ParagraphComment.objects.filter(**mine).order_by().values_list("response", flat=True)
    return asked | set(answers.union(comments))
