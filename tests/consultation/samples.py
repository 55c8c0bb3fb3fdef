"""Makes consultations and responses by code, for tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from consultation.actions.anchors import anchor
from consultation.actions.answering import begin, save_answer, save_comment, save_fields
from consultation.actions.submitting import submit
from consultation.answers import Given
from consultation.models import (
    ConsultationIndexPage,
    ConsultationPage,
    Question,
    QuestionKind,
    QuestionParagraph,
    QuestionWording,
    Response,
)
from guidance.models import Edition
from tests import factories

_counter = count(1)

YOU = {
    "respondent": "individual",
    "name": "Robin Example",
    "email": "robin@example.org",
}
USE = {"publish_name": True, "publish_answer": True}
AGREE, WORDS = "agree", "text"


def draft_edition(**fields: Any) -> Edition:
    """A published draft for consultation: section 1 with paragraphs 1.1 to 1.3 and a box, section 2
    with paragraph 2.1, and two printed questions, after 1.2 and 2.1."""
    sections = [
        factories.section(
            "Beginning",
            [
                factories.paragraph("1.1", "An authority must publish its plan for parks."),
                factories.paragraph("1.2", "It should ask those who use a park before it closes."),
                factories.block("question", number="1", text="<p>Is asking users enough?</p>"),
                factories.paragraph("1.3", "It may ask others as well."),
                factories.box("Who uses a park", "Anyone who walks, plays or rests in it."),
            ],
            number="1",
        ),
        factories.section(
            "Money",
            [
                factories.paragraph("2.1", "The plan must say what each park costs."),
                factories.block("question", number="2", text="<p>Are costs worth publishing?</p>"),
            ],
            number="2",
        ),
    ]
    return factories.issued(
        factories.document(publisher="Department for Parks"),
        sections,
        stage="consultation",
        published=fields.pop("published", date(2026, 1, 5)),
        title=fields.pop("title", "Consultation draft 2026"),
        **fields,
    )


def consultation(
    edition: Edition | None = None,
    *,
    opens: datetime | None = None,
    closes: datetime | None = None,
    **fields: Any,
) -> ConsultationPage:
    """A published consultation, open since yesterday and for thirteen weeks unless told otherwise."""
    now = timezone.now()
    number = next(_counter)
    page = ConsultationPage(
        title=fields.pop("title", f"Parks: have your say {number}"),
        slug=fields.pop("slug", f"parks-{number}"),
        edition=edition or draft_edition(),
        opens=opens or now - timedelta(days=1),
        closes=closes or now + timedelta(weeks=13),
        **{
            "summary": "What authorities must do before they close a park.",
            "coordinator": "Chris Co-ordinator",
            "contact_email": "parks@department.example",
            **fields,
        },
    )
    ConsultationIndexPage.objects.get().add_child(instance=page)
    return page


def closed(edition: Edition | None = None, **fields: Any) -> ConsultationPage:
    """One that closed yesterday."""
    now = timezone.now()
    return consultation(
        edition, opens=now - timedelta(weeks=13), closes=now - timedelta(days=1), **fields
    )


def question(
    page: ConsultationPage,
    number: str = "",
    text: str = "What do you think?",
    kind: str = QuestionKind.TEXT,
    *,
    paragraphs: Sequence[str] = (),
    **fields: Any,
) -> Question:
    """A question that is asked, about the paragraphs with these references."""
    position = page.questions.count() + 1
    made = Question.objects.create(consultation=page, position=position)
    made.wording = QuestionWording.objects.create(
        question=made, number=number or str(position), text=text, kind=kind,
        made_at=timezone.now(), **fields,
    )  # fmt: skip
    made.save()
    for at, reference in enumerate(paragraphs):
        found = anchor(page.edition_id or 0, reference)
        assert found, reference
        QuestionParagraph.objects.create(question=made, position=at, **found.fields)
    return made


def written(
    page: ConsultationPage,
    answers: Mapping[Question, Given | str] | None = None,
    comments: Mapping[str, str] | None = None,
    **fields: Any,
) -> tuple[Response, str]:
    """A response that is written and not sent, and the key of its device."""
    response, key = begin(consultation=page)
    save_fields(response=response, fields={**YOU, **USE, **fields}, seen=0)
    for asked, given in (answers or {}).items():
        words = given if isinstance(given, Given) else Given({}, given)
        save_answer(response=response, question=asked, given=words, seen=0)
    for reference, text in (comments or {}).items():
        found = anchor(page.edition_id or 0, reference)
        assert found, reference
        save_comment(response=response, anchor=found, text=text, seen=0)
    response.refresh_from_db()
    return response, key


def submitted(
    page: ConsultationPage,
    answers: Mapping[Question, Given | str] | None = None,
    comments: Mapping[str, str] | None = None,
    *,
    received_at: datetime | None = None,
    **fields: Any,
) -> Response:
    """A response that was sent; with a comment on paragraph 1.1 where nothing else is said."""
    if not answers and not comments:
        comments = {"1.1": "A good beginning."}
    response, _ = written(page, answers, comments, **fields)
    return submit(response=response, received_at=received_at).response
