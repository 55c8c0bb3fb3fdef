"""Every check by its code: what it finds, and whether that blocks publication or is advice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    BLOCKING = "blocking"
    ADVISORY = "advisory"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Code:
    """One kind of finding. What is `fixed` cannot be set otherwise: the record could not be kept,
    or nobody could say what applies."""

    name: str
    finds: str
    severity: Severity
    fixed: bool = False


def _codes(severity: Severity, fixed: bool, **found: str) -> list[Code]:
    return [Code(n.replace("_", "-"), f, severity, fixed) for n, f in found.items()]


CODES: Mapping[str, Code] = {
    code.name: code
    for code in (
        *_codes(
            Severity.BLOCKING,
            True,
            published_missing="The edition has no published date",
            in_force_missing="A final edition or corrigendum has no date from which it is in force",
            in_force_on_draft="A draft for consultation has a date from which it is in force",
            dates_taken="An issued edition has the same two dates, so neither would come first",
            slug_taken="An issued edition of the document has the same address",
            slug_reserved="An edition or a section has an address that the site itself uses",
            section_title_missing="A section has no title",
            no_paragraphs="The edition has no numbered paragraph",
            identity_missing="A block has no identity",
            identity_repeated="One and the same block stands twice in the edition",
            identity_elsewhere="A paragraph belongs to another guidance document",
            number_unreadable="What should be a paragraph number cannot be cited",
            number_repeated="Two paragraphs have one number",
            ranges_unreadable="The paragraphs of a statement of status cannot be read",
            corrects_elsewhere="A corrigendum corrects an edition of another document",
        ),
        *_codes(
            Severity.BLOCKING,
            False,
            corrects_missing="A corrigendum does not name the edition that it corrects",
            correction_missing="A corrigendum does not say what it corrects",
            range_names_nothing="A statement of status names a paragraph that does not exist",
            provision_unresolved="A statement says “statutory” under what is in no register",
        ),
        *_codes(
            Severity.ADVISORY,
            False,
            corrects_unasked="An edition that is no corrigendum names an edition that it corrects",
            changes_undecided="Paragraphs changed since the edition before without a reason",
            section_empty="A section has no text",
            number_gap="A number is missing between two paragraphs",
            number_order="A paragraph stands behind one with a higher number",
            provision_missing="A statement says “statutory” and names no provision",
            provision_unknown="A statement that claims no statute names what is in no register",
            exception_names_nothing="A statement excepts a box, table or figure that does not exist",
            statements_disagree="Two statements of status disagree about a paragraph",
            provision_differs="A paragraph cites another section than its statement rests on",
            citation_unresolved="A citation of legislation leads to no known provision",
            cross_reference_unresolved="A cross-reference leads to nothing in the edition",
            cross_reference_out_of_date="A cross-reference now leads to another paragraph",
            note_missing="A footnote marker has no note",
            note_unreferenced="A note has no marker in the text",
            note_incomplete="A note breaks off",
            note_order="Footnote marks repeat, or stand out of order",
            question_differs="A question is worded differently where it is listed and printed",
            question_unlisted="A question is printed in the text and not listed",
            question_not_printed="A question is listed and not printed in the text",
            abbreviation_undefined="An abbreviation is used and nowhere explained",
            alt_missing="A picture has no text for those who cannot see it",
            alt_unhelpful="The text for a picture is a file name or repeats its caption",
            picture_missing="A figure has neither a picture nor a description",
            sentence_long="A paragraph has a very long sentence",
            reading_hard="A paragraph is very hard to read",
        ),
    )
}
"""In the order in which they are listed; the defaults of `settings.GUIDANCE_CHECKS`."""


def severities(overrides: Mapping[str, str]) -> dict[str, Severity]:
    """The severity of every code. Raises ValueError as `faults` has it."""
    if wrong := faults(overrides):
        raise ValueError(wrong[0])
    return {name: Severity(overrides.get(name, code.severity)) for name, code in CODES.items()}


def faults(overrides: Mapping[str, str]) -> list[str]:
    """What is wrong with overrides, a sentence each: unknown codes or values, or a fixed code."""
    values = ", ".join(f"“{s.value}”" for s in Severity)
    found = []
    for name, value in overrides.items():
        code = CODES.get(name)
        if code is None:
            found.append(f"“{name}” is no check; docs/features/checks.md lists them.")
        elif value not in set(Severity):
            found.append(f"“{value}” is no severity for “{name}”; write one of {values}.")
        elif code.fixed and value != code.severity:
            found.append(f"“{name}” always blocks: without it an edition cannot be kept or cited.")
    return found
