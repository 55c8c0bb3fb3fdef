"""Where guidance is written (pages), where it is read (the ledger), and the registers of statute."""

from guidance.models.ledger import Edition, Entry, Lineage, Paragraph, ParagraphVersion, Section
from guidance.models.pages import EditionPage, GuidanceIndexPage, GuidancePage, SectionPage, Stage
from guidance.models.registers import AuthorityType, Duty, Instrument, Provision

__all__ = [
    "AuthorityType",
    "Duty",
    "Edition",
    "EditionPage",
    "Entry",
    "GuidanceIndexPage",
    "GuidancePage",
    "Instrument",
    "Lineage",
    "Paragraph",
    "ParagraphVersion",
    "Provision",
    "Section",
    "SectionPage",
    "Stage",
]
