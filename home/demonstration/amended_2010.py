"""What the amended edition of 2010 changes, and why."""

from __future__ import annotations

from guidance.models import Change
from home.demonstration.drafting import Draft

FOLLOWS = "Follows the paragraph that was taken away before it."


def amend(draft: Draft) -> None:
    """Amend a draft that has the text of the final edition of 2009."""
    _section_1(draft)
    _section_2(draft)
    _section_3(draft)
    _sections_4_and_5(draft)


def _section_1(draft: Draft) -> None:
    last = "Closes the section, since it limits all that stands before it."
    draft.move("1.4", "1.6", "1.6", last)
    draft.renumber("1.5", "1.4", "Follows the paragraph that was moved.")
    draft.renumber("1.6", "1.5", "Follows the paragraph that was moved.")


def _section_2(draft: Draft) -> None:
    draft.reword(
        "2.3",
        "The duty applies from 1 April 2009.",
        "The duty has applied since 1 April 2009.",
        Change.EDITORIAL,
        "The duty has commenced; nothing else is changed.",
    )
    draft.split(
        "2.10",
        "2.10A",
        "An authority must consider conscientiously what people have said before it decides.",
        "It should publish, within three months of the closing date:",
        "The duty to consider and the advice to publish are told apart, because only the first is"
        " a requirement of law.",
    )
    draft.insert(
        "2.13",
        "2.13A",
        "An authority that turns down a community body’s proposal should say so in writing within"
        " three months, and should give its reasons.",
        "Community bodies told the review of 2009 that some had waited a year for an answer.",
    )


def _section_3(draft: Draft) -> None:
    draft.reword(
        "3.2",
        "It should look at least five years ahead.",
        "It should look at least ten years ahead.",
        Change.SUBSTANTIVE,
        "Five years proved too short for decisions about buildings and land.",
    )
    draft.remove("3.9", "Summaries were written and not read; 3.8 is enough.")
    for old, new in (("3.10", "3.9"), ("3.11", "3.10"), ("3.12", "3.11")):
        draft.renumber(old, new, FOLLOWS)
    draft.restate("3.1 to 3.12", "3.1 to 3.11", FOLLOWS)


def _sections_4_and_5(draft: Draft) -> None:
    draft.reword(
        "4.8",
        "explained as in paragraph 3.12",
        "explained as in paragraph 3.11",
        Change.EDITORIAL,
        "Follows the new number of the paragraph.",
    )
    draft.merge(
        "5.9",
        "5.7",
        "It gives bad news as plainly as good.",
        "Both paragraphs were about the same account.",
    )
    draft.renumber("5.10", "5.9", FOLLOWS)
