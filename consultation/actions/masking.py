"""What is shown of a response: everything but what its respondent asked to be kept confidential,
until somebody who may sees that too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from consultation.models import Attachment, Confidential, QuestionWording, Response
from consultation.passages import (
    HIDDEN,
    OPENS,
    has_confidential,
    passages,
    unclosed,
    without_confidential,
)


@dataclass(frozen=True, slots=True)
class Shown:
    """Words as a page shows them: plain, hidden (then `HIDDEN` stands for them) or revealed."""

    words: str
    kind: str


@dataclass(frozen=True, slots=True)
class Sight:
    """How much of one response is seen. `open`: the confidential words as well.

    Of a response that is confidential as a whole nothing is seen that says who it is from or what
    it says; when and how it came, and of what kind it is from, is."""

    response: Response
    open: bool = False

    @property
    def whole(self) -> bool:
        return self.response.confidential == Confidential.WHOLE

    @property
    def closed(self) -> bool:
        """Whether all of it is hidden."""
        return self.whole and not self.open

    def plain(self, text: str) -> str:
        """In one line of text. Where it is open, the marks stay, so that one sees what they mark."""
        if self.open or not text:
            return text
        return HIDDEN if self.whole else without_confidential(text)

    def each(self, texts: Sequence[str]) -> list[str]:
        """Texts that were parted from one, where a mark may open in one and close in another."""
        found, held = [], False
        for text in texts:
            marked = f"{OPENS}{text}" if held else text
            held = unclosed(marked)
            found.append(self.plain(text if self.open else marked))
        return found

    def pieces(self, text: str) -> list[Shown]:
        """As a page shows it."""
        if self.closed:
            return [Shown(HIDDEN, "hidden")] if text else []
        kind = "revealed" if self.open else "hidden"
        return [
            Shown(piece.words if self.open else HIDDEN, kind)
            if piece.confidential
            else Shown(piece.words, "plain")
            for piece in passages(text)
        ]

    def value(self, wording: QuestionWording, value: dict[str, Any]) -> str:
        """What was chosen, in words."""
        words = wording.value_in_words(value)
        return HIDDEN if self.closed and words else words

    @property
    def who(self) -> str:
        """By whom it is known; "No name given" is no secret."""
        named = self.response.organisation or self.response.name
        return self.plain(named) or "No name given"

    @property
    def reason(self) -> list[Shown]:
        """Why confidentiality is asked for: that may say as much as what it is asked for."""
        words = self.response.confidential_reason
        if not words:
            return []
        return [Shown(words, "plain") if self.open else Shown(HIDDEN, "hidden")]

    def hides(self, attachment: Attachment, *, marked: bool) -> bool:
        """Whether a file is confidential; `marked` says that the response has confidential words,
        which the original that it was taken from has as well."""
        asked = self.response.confidential != Confidential.NOTHING
        return attachment.confidential or self.whole or (attachment.original and (marked or asked))

    def file_name(self, attachment: Attachment, *, marked: bool) -> str:
        return (
            HIDDEN if self.hides(attachment, marked=marked) and not self.open else attachment.name
        )


PERSONAL = (
    "name", "organisation", "role", "on_behalf_of", "email", "phone", "postal_address",
)  # fmt: skip
"""Fields that may say who it is from."""


def is_marked(response: Response) -> bool:
    """Whether any words of it are confidential; in three queries at most."""
    if response.confidential != Confidential.NOTHING:
        return True
    if any(has_confidential(getattr(response, field)) for field in PERSONAL):
        return True
    said = (response.answers, response.comments)
    if any(rows.filter(has_confidential=True).exists() for rows in said):
        return True
    return any(map(has_confidential, response.pieces.values_list("text", flat=True)))
