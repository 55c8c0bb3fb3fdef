"""Consultations, their questions, and the responses to them."""

from consultation.models.access import Access, Letter, LetterKind, ReturnLink
from consultation.models.attachments import OPENABLE, Attachment, Scan
from consultation.models.pages import ConsultationIndexPage, ConsultationPage
from consultation.models.particulars import (
    Authority,
    Criterion,
    CriterionEvidence,
    Department,
    Extension,
    RelatedDocument,
)
from consultation.models.questions import (
    Anchored,
    Question,
    QuestionKind,
    QuestionParagraph,
    QuestionWording,
)
from consultation.models.responses import (
    OFFICIAL,
    Answer,
    Channel,
    Confidential,
    Lateness,
    OrganisationType,
    ParagraphComment,
    Piece,
    PieceState,
    Respondent,
    Response,
    State,
)
from consultation.models.tallies import Tally

__all__ = [
    "OFFICIAL",
    "OPENABLE",
    "Access",
    "Anchored",
    "Answer",
    "Attachment",
    "Authority",
    "Channel",
    "Confidential",
    "ConsultationIndexPage",
    "ConsultationPage",
    "Criterion",
    "CriterionEvidence",
    "Department",
    "Extension",
    "Lateness",
    "Letter",
    "LetterKind",
    "OrganisationType",
    "ParagraphComment",
    "Piece",
    "PieceState",
    "Question",
    "QuestionKind",
    "QuestionParagraph",
    "QuestionWording",
    "RelatedDocument",
    "Respondent",
    "Response",
    "ReturnLink",
    "Scan",
    "State",
    "Tally",
]
