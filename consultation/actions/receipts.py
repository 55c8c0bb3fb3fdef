"""A respondent's copy of what they sent: everything, in the words in which it was asked and said.

What they asked to be kept confidential is in it too, and marked as such; it goes to them alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from consultation.closing import LONDON, in_words
from consultation.models import Attachment, Confidential, Lateness, Response, State
from consultation.passages import passages
from guidance.rendering.typeset import typeset

_TEMPLATE = Path(__file__).with_name("receipt.typ")

Facts = list[tuple[str, str]]


def receipt_pdf(response: Response) -> bytes:
    """The copy as tagged PDF, the same bytes each time, with the same in JSON attached. For a response
    that was received. Raises NotTypeset."""
    shown = receipt(response)
    attached = json.dumps(shown, ensure_ascii=False, indent=1, sort_keys=True)
    return typeset(_TEMPLATE, shown, attached.encode())


def receipt_name(response: Response) -> str:
    """Of its file."""
    return f"response-{response.reference}.pdf"


def receipt(response: Response) -> dict[str, Any]:
    """All that the copy shows, as text, lists and pairs. Each text is lines of runs: words, and
    whether they are to be kept confidential. In five queries, however much was said."""
    consultation = response.consultation
    answers = response.answers.select_related("wording", "question").order_by(
        "question__position", "question_id"
    )
    comments = response.comments.order_by("pk")
    files = list(response.attachments.filter(original=False).select_related("question__wording"))
    whole = response.confidential == Confidential.WHOLE
    return {
        "title": f"Response {response.reference}",
        "consultation": consultation.title,
        "whole": whole,
        "facts": _facts(response),
        "who": _who(response),
        "use": _use(response),
        "answers": [
            {
                "label": _label(answer.wording.number),
                "question": answer.wording.text,
                "value": answer.wording.value_in_words(answer.value),
                "lines": _lines(answer.text),
            }
            for answer in answers
            if answer.value or answer.text.strip()
        ],
        "comments": [
            {
                "number": comment.number,
                "quotation": comment.quotation,
                "lines": _lines(comment.text),
            }
            for comment in comments
        ],
        "files": [_file(file, whole) for file in files],
    }


def _facts(response: Response) -> Facts:
    consultation, edition = response.consultation, response.consultation.edition
    assert response.received_at is not None
    assert consultation.closes is not None
    seconds = f"{response.received_at.astimezone(LONDON):%H:%M:%S}"
    facts = [
        ("Reference", response.reference),
        ("Consultation", consultation.title),
        ("Draft", edition.title if edition else ""),
        ("Received", f"{in_words(response.received_at)} ({seconds})"),
        ("Closing time", in_words(consultation.closes)),
        ("In time", _in_time(response)),
    ]
    if response.version > 1:
        facts.append(("Version", f"{response.version}; it takes the place of the one before"))
    if response.state == State.WITHDRAWN and response.withdrawn_at:
        facts.append(("Withdrawn", in_words(response.withdrawn_at)))
    return [(key, value) for key, value in facts if value]


def _in_time(response: Response) -> str:
    return {
        Lateness.IN_TIME: "Yes",
        Lateness.WAITING: "No. It came after the close; whether it counts is still to be decided",
        Lateness.ADMITTED: "No. It came after the close and was admitted",
        Lateness.REFUSED: "No. It came after the close and was not admitted",
    }[Lateness(response.lateness)]


def _who(response: Response) -> Facts:
    facts = [
        ("Answering as", response.get_respondent_display()),
        ("Name", response.name),
        ("Organisation", response.organisation),
        ("Kind", response.get_organisation_type_display()),
        ("Authority", response.authority.name if response.authority else ""),
        ("Role", response.role),
        ("On behalf of", response.on_behalf_of),
        ("E-mail", response.email),
        ("Telephone", response.phone),
        ("Postal address", response.postal_address),
    ]
    return [(key, str(value)) for key, value in facts if value]


def _use(response: Response) -> Facts:
    facts = [
        ("The name may be published", _yes_no(response.publish_name)),
        ("What is said may be published", _yes_no(response.publish_answer)),
        ("To be kept confidential", str(response.get_confidential_display())),
        ("Reason given", response.confidential_reason),
    ]
    return [(key, value) for key, value in facts if value]


def _yes_no(said: bool | None) -> str:
    return "" if said is None else "Yes" if said else "No"


def _label(number: str) -> str:
    return f"Question {number}" if number[:1].isdigit() else number or "Question"


def _lines(text: str) -> list[list[tuple[str, bool]]]:
    """A text parted at its line ends; a passage that runs over them is marked in each line."""
    lines: list[list[tuple[str, bool]]] = [[]]
    for passage in passages(text):
        first, *more = passage.words.split("\n")
        lines[-1].append((first, passage.confidential))
        lines += [[(words, passage.confidential)] for words in more]
    return [kept for line in lines if (kept := _kept(line))]


def _kept(line: Iterable[tuple[str, bool]]) -> list[tuple[str, bool]]:
    runs = [(words, confidential) for words, confidential in line if words]
    return runs if any(words.strip() for words, _ in runs) else []


def _file(file: Attachment, whole: bool) -> dict[str, Any]:
    question = file.question
    number = question.wording.number if question and question.wording else ""
    return {
        "name": file.name,
        "size": f"{file.size:,} bytes",
        "sha256": file.sha256,
        "to": _label(number) if question else "",
        "confidential": whole or file.confidential,
    }
