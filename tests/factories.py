"""Makes what tests need, by code: users, documents, editions as drafts, and issued editions.

Blocks are raw StreamField data, as a page keeps them; each gets an identity unless one is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth import get_user_model

from guidance.actions.checks import examine
from guidance.actions.earlier import earlier
from guidance.actions.publishing import publish_edition
from guidance.models import (
    ChangeDecision,
    Edition,
    EditionPage,
    GuidanceIndexPage,
    GuidancePage,
    Instrument,
    SectionPage,
)
from home.models import HomePage

Raw = dict[str, Any]
_counter = count(1)

ACT = ("ukpga/1999/27", "Local Government Act 1999")
SECTION_3A = "ukpga/1999/27/section/3A"


def user(email: str = "", *, superuser: bool = True, **fields: Any) -> Any:
    """A person who may do everything, unless told otherwise."""
    users = get_user_model().objects
    email = email or f"person{next(_counter)}@example.org"
    found = users.filter(email=email).first()
    if found is not None:
        return found
    return (
        users.create_superuser(email, "x", **fields)
        if superuser
        else users.create_user(email, "x", **fields)
    )


def index() -> GuidanceIndexPage:
    """The guidance index, which every database has once it is migrated."""
    found = GuidanceIndexPage.objects.first()
    if found is None:
        found = GuidanceIndexPage(title="Guidance", slug="guidance")
        HomePage.objects.get().add_child(instance=found)
    return found


def document(slug: str = "", title: str = "Keeping parks open", **fields: Any) -> GuidancePage:
    page = GuidancePage(title=title, slug=slug or f"parks-{next(_counter)}", live=False, **fields)
    index().add_child(instance=page)
    return page


def block(kind: str, identity: UUID | str | None = None, **value: Any) -> Raw:
    """One StreamField child."""
    return {"type": kind, "value": value, "id": str(identity or uuid4())}


def paragraph(
    number: str,
    text: str = "An authority must consult the people it serves.",
    identity: UUID | str | None = None,
    notes: Mapping[str, str] | None = None,
) -> Raw:
    """A numbered paragraph of plain words, or of HTML where `text` begins with a tag."""
    return block("paragraph", identity, number=number, body=body(text), notes=_notes(notes))


def box(
    title: str, text: str = "Anyone who lives nearby.", identity: UUID | str | None = None
) -> Raw:
    return block("box", identity, title=title, body=body(text), notes=[])


def heading(text: str, level: int = 2, identity: UUID | str | None = None) -> Raw:
    return block("heading", identity, text=text, level=str(level))


def term(term: str, meaning: str = "A green place.", identity: UUID | str | None = None) -> Raw:
    return block("glossary", identity, term=term, definition=_html(meaning), notes=[])


def table(caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Raw:
    columns = [{"type": "text", "heading": heading} for heading in header]
    cells = [{"values": list(row)} for row in rows]
    return block("table", table={"columns": columns, "rows": cells, "caption": caption}, notes=[])


def body(text: str) -> list[Raw]:
    return [block("text") | {"value": _html(text)}]


def section(
    title: str = "Governance",
    blocks: Iterable[Raw] = (),
    *,
    number: str = "",
    prefix: str = "",
    slug: str = "",
) -> SectionPage:
    """An unsaved section, for `draft`."""
    page = SectionPage(title=title, number=number, prefix=prefix, live=False)
    page.slug = slug or "-".join(filter(None, (number, *title.lower().split()))).replace(".", "-")
    page.body = list(blocks)
    return page


def statement(
    paragraphs: str,
    status: str = "statutory",
    provisions: Sequence[str] = (SECTION_3A,),
    **more: Any,
) -> Raw:
    """A statement of status for an edition."""
    named = [
        block("item") | {"value": words} for words in (provisions if status == "statutory" else ())
    ]
    value = {
        "paragraphs": paragraphs,
        "status": status,
        "provisions": named,
        "replaces": [],
        "on": "",
    }
    return block("statement", **{**value, "replaced_under": [], "words": "", "note": "", **more})


def draft(
    document: GuidancePage,
    sections: Sequence[SectionPage] | None = None,
    *,
    slug: str = "",
    title: str = "",
    stage: str = "final",
    published: date | None = date(2008, 7, 1),
    in_force_from: date | None = None,
    statements: Sequence[Raw] = (),
    **fields: Any,
) -> EditionPage:
    """A drafted edition with its sections, saved as an editor would have saved it.

    A final edition is in force from its published date unless `in_force_from` says otherwise.
    """
    Instrument.objects.get_or_create(path=ACT[0], defaults={"title": ACT[1]})
    slug = slug or f"edition-{next(_counter)}"
    if stage != "consultation" and in_force_from is None:
        in_force_from = published
    page = EditionPage(
        title=title or slug.capitalize(), slug=slug, stage=stage, published=published, in_force_from=in_force_from,
        live=False, **fields,
    )  # fmt: skip
    page.statements = list(statements)
    document.add_child(instance=page)
    page.save_revision(clean=False)
    for child in (
        sections if sections is not None else [section(blocks=[paragraph("1.1")], number="1")]
    ):
        page.add_child(instance=child)
        child.save_revision(clean=False)
    return page


def issued(
    document: GuidancePage,
    sections: Sequence[SectionPage] | None = None,
    *,
    now: datetime | None = None,
    by: Any = None,
    **fields: Any,
) -> Edition:
    """An edition, drafted and issued."""
    return publish_edition(
        user=by or user("publisher@example.org"), page=draft(document, sections, **fields), now=now
    )


def decided(
    page: EditionPage, *rows: tuple[UUID | None, UUID | None, str, str]
) -> list[ChangeDecision]:
    """What an editor decided about changes of a draft: identities before and after, the change and
    the reason, on the words that stand now."""
    text = examine(page, blocking_only=True).text
    digests = {stood.identity: stood.digest for stood in earlier(page.get_parent().pk).stood}
    digests |= {line.identity: line.digest for line in text.lines} if text else {}
    made = [
        ChangeDecision(page=page, before=before, after=after, change=change, reason=reason)
        for before, after, change, reason in rows
    ]
    for row in made:
        row.digest = digests.get(row.subject, "0" * 64)
    return ChangeDecision.objects.bulk_create(made)


def reword(page: SectionPage, changes: Mapping[str, str]) -> SectionPage:
    """Save a draft of a section with other words under the numbers given."""
    raw = [dict(child) for child in page.body.raw_data]
    for child in raw:
        if child["type"] == "paragraph" and child["value"]["number"] in changes:
            child["value"] = child["value"] | {"body": body(changes[child["value"]["number"]])}
    page.body = raw
    page.save_revision()
    return page


def _html(text: str) -> str:
    return text if text.startswith("<") else f"<p>{text}</p>"


def _notes(notes: Mapping[str, str] | None) -> list[Raw]:
    return [block("item", mark=mark, text=_html(text)) for mark, text in (notes or {}).items()]
