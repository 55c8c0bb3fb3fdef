"""Which consultations there are, for whoever shows them beside guidance. Pure.

The app that holds consultations stands beside those that show them and none imports another; it
registers here what it has (`register_source` in its `AppConfig.ready`), and they ask here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from guidance.standing import day_words

LONDON = ZoneInfo("Europe/London")
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Consultation:
    """A consultation that the public may know of: on which document and edition (their slugs), where
    it is, and from when until when it is open. The instants are aware; the minute named as the close
    still counts."""

    document: str
    title: str
    address: str
    opens: datetime
    closes: datetime
    edition: str = ""

    def is_open(self, now: datetime) -> bool:
        return self.opens <= now < self.closes + MINUTE

    def is_closed(self, now: datetime) -> bool:
        return now >= self.closes + MINUTE

    @property
    def last_day(self) -> date:
        """The day in London in which the last minute lies."""
        return self.closes.astimezone(LONDON).date()

    @property
    def until(self) -> str:
        """ "11:45pm on 12 February 2008"."""
        return f"{clock_words(self.closes)} on {day_words(self.last_day)}"

    def words(self, now: datetime) -> str:
        """ "opens 20 November 2007", "closes 12 February 2008", "closed 12 February 2008"."""
        if now < self.opens:
            return f"opens {day_words(self.opens.astimezone(LONDON).date())}"
        return f"{'closed' if self.is_closed(now) else 'closes'} {day_words(self.last_day)}"

    def changes_next(self, now: datetime) -> datetime | None:
        """The next instant at which what is said of it changes; None once it is closed."""
        if now < self.opens:
            return self.opens
        return None if self.is_closed(now) else self.closes + MINUTE


def clock_words(at: datetime) -> str:
    """ "9am", "11:45pm", "midday", "midnight" in London; `at` is aware."""
    local = at.astimezone(LONDON)
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    half = "am" if local.hour < 12 else "pm"
    hour = local.hour % 12 or 12
    return f"{hour}:{local.minute:02d}{half}" if local.minute else f"{hour}{half}"


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a consultation: "Question 3", its words, where it is answered, and the block of
    the draft in which it is printed, if it is."""

    label: str
    text: str
    address: str
    printed: UUID | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """A consultation with its questions, or with those of them that were asked for."""

    consultation: Consultation
    questions: Sequence[AskedQuestion] = ()


Source = Callable[[], Iterable[Consultation]]
OnEdition = Callable[[str, str], Iterable[Asking]]
AboutParagraph = Callable[[UUID], Iterable[Asking]]
_sources: dict[str, Source] = {}
_on_edition: dict[str, OnEdition] = {}
_about_paragraph: dict[str, AboutParagraph] = {}


def register_source(name: str, source: Source) -> None:
    """Ask `source` from now on; one that was registered under the same name is replaced."""
    _sources[name] = source


def register_questions(name: str, on: OnEdition, about: AboutParagraph) -> None:
    """Ask `on` for the consultations on an edition with their questions, and `about` for those
    questions that ask about a paragraph."""
    _on_edition[name], _about_paragraph[name] = on, about


def consultations() -> list[Consultation]:
    """Every consultation that is known, the one that closes first first."""
    found = [consultation for source in _sources.values() for consultation in source()]
    return sorted(found, key=lambda c: (c.closes, c.title))


def consulting_on(document: str, edition: str) -> list[Asking]:
    """The consultations on an edition (by slugs) with all their questions, those that close last
    first; in one query."""
    found = [asking for on in _on_edition.values() for asking in on(document, edition)]
    return sorted(found, key=lambda a: a.consultation.closes, reverse=True)


def asking_about(paragraph: UUID) -> list[Asking]:
    """The consultations that ask or asked about a paragraph, with the questions that do, those that
    close last first; in one query."""
    found = [asking for about in _about_paragraph.values() for asking in about(paragraph)]
    return sorted(found, key=lambda a: a.consultation.closes, reverse=True)


def that_speaks(askings: Iterable[Asking], now: datetime) -> Asking | None:
    """The one that a page of the edition names: that which is open, else the next to open, else the
    one that closed last."""
    found = list(askings)
    opened = [a for a in found if a.consultation.is_open(now)]
    ahead = [a for a in found if a.consultation.opens > now]
    if opened or ahead:
        return min(opened or ahead, key=lambda a: (a.consultation.opens, a.consultation.closes))
    return max(found, key=lambda a: a.consultation.closes, default=None)
