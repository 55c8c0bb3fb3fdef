"""How a paragraph's status is shown: a word beside it, its basis behind the word, a summary above.

The words are the same on screen and on paper, and never colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from guidance.rendering.addresses import paragraph_path, status_path
from guidance.rendering.row import NON_STATUTORY, STATUTORY, UNSTATED, Row

SHORT = {STATUTORY: "Statutory", NON_STATUTORY: "Non-statutory", UNSTATED: "Status not stated"}
LONG = {
    STATUTORY: "Statutory guidance",
    NON_STATUTORY: "Non-statutory guidance",
    UNSTATED: "No statement of status",
}


def mark(document: str, edition: str, row: Row, *, stated: bool = True) -> str:
    """The status of one paragraph in a word, and its basis in a `details` behind it.

    `stated` is False where no paragraph of the section has a status: the word would then say the
    same of each, so the section says it once and the mark is only the way to cite.
    """
    label = SHORT[row.status] if stated else "Cite"
    what = escape(_named(row))
    facts = paragraph_path(document, row.reference, edition=edition)
    basis = f"<p>{basis_words(row)}</p>" if row.status != UNSTATED else ""
    return (
        f'<details class="mark"><summary>{label}'
        f'<span class="govuk-visually-hidden">: {what}</span></summary>'
        f"{basis}{_statements(document, edition, row)}"
        f'<p><a href="{escape(facts)}">History and citation</a> '
        f'<a class="copy" href="#{row.reference}">Link to this</a></p></details>'
    )


def basis_words(row: Row) -> str:
    """The status and the provisions that it rests on, as a sentence with links."""
    under = " and ".join(
        f'<a href="{escape(address)}">{escape(words)}</a>' if address else escape(words)
        for words, address in row.provisions
    )
    return f"{LONG[row.status]}{f' under {under}' if under else ''}"


def status_summary(document: str, edition: str, rows: Sequence[Row]) -> str:
    """What the statements of status say of a section: a line for each status and basis."""
    cited = [row for row in rows if row.kind == "paragraph"]
    stated = [row for row in cited if row.status != UNSTATED]
    if not cited:
        return ""
    if not stated:
        return '<p class="status-summary">No statement of status covers this section.</p>'
    lines = "".join(
        f'<li class="{group[0].status}">{basis_words(group[0])}: {_runs(cited, group)}.'
        f' <a class="why" href="{status_path(document, edition, _first(group))}">Why'
        f'<span class="govuk-visually-hidden"> {_runs(cited, group)}</span>?</a></li>'
        for group in _groups(stated)
    )
    return f'<ul class="status-summary">{lines}</ul>'


def _groups(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of one status and basis together, in the order of the first of each."""
    groups: dict[tuple[str, tuple[tuple[str, str], ...]], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.status, tuple(map(tuple, row.provisions))), []).append(row)  # type: ignore[arg-type]
    return list(groups.values())


def _runs(cited: Sequence[Row], group: Iterable[Row]) -> str:
    """Numbers as people write them: "paragraphs 2.2 to 2.9 and 2.12"."""
    wanted = {row.reference for row in group}
    runs = [
        [row.number for row in run]
        for inside, run in groupby(cited, key=lambda row: row.reference in wanted)
        if inside
    ]
    words = [escape(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}") for run in runs]
    joined = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"{'paragraph' if len(wanted) == 1 else 'paragraphs'} {joined}"


def _first(group: Sequence[Row]) -> int | None:
    return group[0].statements[0] if group[0].statements else None


def _statements(document: str, edition: str, row: Row) -> str:
    """The way to each statement that covers the paragraph, and a warning where they disagree."""
    if not row.statements:
        return ""
    links = ", ".join(
        f'<a href="{status_path(document, edition, position)}">statement {position + 1}</a>'
        for position in row.statements
    )
    disagree = "The statements of status disagree. " if row.conflict else ""
    return f"<p>{disagree}See {links}</p>"


def _named(row: Row) -> str:
    words = row.number if row.kind == "paragraph" else row.title
    return f"{row.kind} {words}".strip()
