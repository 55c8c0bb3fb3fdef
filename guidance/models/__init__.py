"""Where guidance is written (pages), where it is read (the ledger), and the registers of statute."""

from guidance.models.imports import ImportJob, ImportState
from guidance.models.ledger import (
    CITABLE,
    Change,
    Citation,
    Edition,
    Entry,
    Kind,
    Lineage,
    Paragraph,
    ParagraphVersion,
    Section,
    Status,
    VersionImage,
    VersionProvision,
    Withdrawal,
)
from guidance.models.pages import EditionPage, GuidanceIndexPage, GuidancePage, SectionPage, Stage
from guidance.models.registers import AuthorityType, Duty, Instrument, Provision
from guidance.models.review import (
    ChangeDecision,
    ObligationDecision,
    PlannedPublication,
    PlanState,
    Strength,
)
from guidance.models.tasks import ReviewTask, ReviewTaskState

__all__ = [
    "CITABLE",
    "AuthorityType",
    "Change",
    "ChangeDecision",
    "Citation",
    "Duty",
    "Edition",
    "EditionPage",
    "Entry",
    "GuidanceIndexPage",
    "GuidancePage",
    "ImportJob",
    "ImportState",
    "Instrument",
    "Kind",
    "Lineage",
    "ObligationDecision",
    "Paragraph",
    "ParagraphVersion",
    "PlanState",
    "PlannedPublication",
    "Provision",
    "ReviewTask",
    "ReviewTaskState",
    "Section",
    "SectionPage",
    "Stage",
    "Status",
    "Strength",
    "VersionImage",
    "VersionProvision",
    "Withdrawal",
]
