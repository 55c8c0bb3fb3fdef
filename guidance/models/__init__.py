"""Where guidance is written (pages), where it is read (the ledger), and the registers of statute."""

from guidance.models.imports import ImportJob, ImportState
from guidance.models.ledger import (
    CITABLE,
    Change,
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
)
from guidance.models.pages import EditionPage, GuidanceIndexPage, GuidancePage, SectionPage, Stage
from guidance.models.registers import AuthorityType, Duty, Instrument, Provision

__all__ = [
    "CITABLE",
    "AuthorityType",
    "Change",
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
    "Paragraph",
    "ParagraphVersion",
    "Provision",
    "Section",
    "SectionPage",
    "Stage",
    "Status",
    "VersionImage",
    "VersionProvision",
]
