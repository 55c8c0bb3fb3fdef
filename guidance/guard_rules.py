"""What each guard forbids, as SQL conditions that SQLite and PostgreSQL both understand. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

PAGE, IMAGE = "wagtailcore_page", "wagtailimages_image"
EDITION, ENTRY, VERSION = "guidance_edition", "guidance_entry", "guidance_paragraphversion"
SECTION, LINEAGE = "guidance_section", "guidance_lineage"
BASIS, PICTURE = "guidance_versionprovision", "guidance_versionimage"
WITHDRAWAL = "guidance_withdrawal"
LEDGER = (
    *(EDITION, SECTION, "guidance_paragraph", VERSION, BASIS, PICTURE, ENTRY, LINEAGE),
    WITHDRAWAL,
)
ISSUED_PAGES = ("guidance_editionpage", "guidance_sectionpage")

RECORD = "What was published is part of the record and cannot be"
ISSUED_PAGE = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} p WHERE p.page_ptr_id = OLD.id AND p.issued)"
    for table in ISSUED_PAGES
)
ISSUED_DOCUMENT = f"EXISTS (SELECT 1 FROM {EDITION} e WHERE e.document_id = OLD.id)"
PICTURE_SHOWN = f"EXISTS (SELECT 1 FROM {PICTURE} v WHERE v.image_id = OLD.id)"
PROVISION_USED = f"EXISTS (SELECT 1 FROM {BASIS} b WHERE b.provision_id = OLD.id)"
INSTRUMENT_USED = (
    f"EXISTS (SELECT 1 FROM {BASIS} b JOIN guidance_provision p ON p.id = b.provision_id"
    " WHERE p.instrument_id = OLD.id)"
)
SEALED = f"EXISTS (SELECT 1 FROM {EDITION} e WHERE e.id = NEW.edition_id AND e.digest <> '')"
MOVED = (
    f"EXISTS (SELECT 1 FROM {EDITION} e JOIN {PAGE} d ON d.id = e.document_id"
    f" JOIN {PAGE} p ON p.id = e.page_id LEFT JOIN {SECTION} s ON s.edition_id = e.id"
    " WHERE (e.page_id = OLD.id AND NEW.url_path NOT LIKE ('%/' || d.slug || '/' || p.slug || '/'))"
    " OR (s.page_id = OLD.id AND NEW.url_path NOT LIKE"
    " ('%/' || d.slug || '/' || p.slug || '/' || s.slug || '/')))"
)
VERSION_IN_USE = f"EXISTS (SELECT 1 FROM {ENTRY} e WHERE e.version_id = NEW.version_id)"
ENTRY_MISPLACED = (
    f"NOT EXISTS (SELECT 1 FROM {VERSION} v JOIN {SECTION} s ON s.id = NEW.section_id"
    f" JOIN {EDITION} e ON e.id = NEW.edition_id"
    " WHERE v.id = NEW.version_id AND v.paragraph_id = NEW.paragraph_id"
    " AND s.edition_id = NEW.edition_id AND e.digest = '')"
)


@dataclass(frozen=True, slots=True)
class Guard:
    """A trigger: on which event of which table it raises `message`, where `condition` holds.

    `condition` is SQL over OLD and NEW, empty for always; `others` are the tables that it reads.
    """

    name: str
    table: str
    event: str
    message: str
    condition: str = ""
    others: frozenset[str] = frozenset()

    @property
    def needs(self) -> frozenset[str]:
        return self.others | {self.table}


def rules(columns: Mapping[str, Sequence[str]]) -> Iterator[Guard]:
    """Every guard. `columns` gives the columns of the tables of this app, so that one added later
    is guarded too."""
    for table in LEDGER:
        yield from _ledger_table(table, columns.get(table, ()))
    yield from _sealed_edition()
    for table in ISSUED_PAGES:
        yield from _issued_page(table, columns.get(table, ()))
    yield from _wagtail_page()
    yield from _registers()


def _ledger_table(table: str, columns: Sequence[str]) -> Iterator[Guard]:
    name = table.removeprefix("guidance_")
    free = {"html", "digest"} if table == EDITION else {"html"}
    fixed = [c for c in columns if c not in free]
    yield Guard(f"guard_{name}_delete", table, "DELETE", f"{RECORD} deleted.")
    yield Guard(f"guard_{name}_truncate", table, "TRUNCATE", f"{RECORD} deleted.")
    yield Guard(f"guard_{name}_update", table, _update_of(fixed), f"{RECORD} changed.")


def _sealed_edition() -> Iterator[Guard]:
    full = "This edition has been published and takes no further rows; publish another edition."
    yield Guard(
        "guard_edition_seal", EDITION, "UPDATE OF digest", f"{RECORD} changed.", "OLD.digest <> ''"
    )
    for table in (SECTION, LINEAGE):
        name = table.removeprefix("guidance_")
        yield Guard(f"guard_{name}_insert", table, "INSERT", full, SEALED, frozenset({EDITION}))
    yield Guard(
        "guard_entry_insert",
        ENTRY,
        "INSERT",
        "An entry joins a section to a version of its own paragraph, in an edition that has not been"
        " published yet; a published one takes no further rows.",
        ENTRY_MISPLACED,
        frozenset({EDITION, SECTION, VERSION}),
    )
    for table in (BASIS, PICTURE):
        name = table.removeprefix("guidance_")
        message = "This paragraph version has been published; its basis and pictures are fixed."
        condition, others = VERSION_IN_USE, frozenset({ENTRY})
        yield Guard(f"guard_{name}_insert", table, "INSERT", message, condition, others)


def _issued_page(table: str, columns: Sequence[str]) -> Iterator[Guard]:
    name = table.removeprefix("guidance_")
    yield Guard(f"guard_{name}_delete", table, "DELETE", f"{RECORD} deleted.", "OLD.issued")
    yield Guard(
        f"guard_{name}_update",
        table,
        _update_of(columns),
        f"{RECORD} changed; to change the guidance, publish another edition.",
        f"OLD.issued AND ({_differ(columns)})",
    )


def _wagtail_page() -> Iterator[Guard]:
    fixed = ("slug", "title", "live", "content_type_id", "first_published_at")
    others = frozenset(ISSUED_PAGES)
    yield Guard(
        "guard_page_update",
        PAGE,
        _update_of(fixed),
        f"{RECORD} changed or unpublished.",
        f"({_differ(fixed)}) AND ({ISSUED_PAGE})",
        others,
    )
    yield Guard(
        "guard_page_move",
        PAGE,
        "UPDATE OF url_path",
        "What was published stays where it is: an edition in its guidance document, a section in its"
        " edition.",
        f"({_differ(['url_path'])}) AND {MOVED}",
        frozenset({EDITION, SECTION}),
    )
    yield Guard("guard_page_delete", PAGE, "DELETE", f"{RECORD} deleted.", ISSUED_PAGE, others)
    yield Guard(
        "guard_document_slug",
        PAGE,
        "UPDATE OF slug",
        "Published paragraphs are cited under this address, so it cannot be changed.",
        f"({_differ(['slug'])}) AND {ISSUED_DOCUMENT}",
        frozenset({EDITION}),
    )
    message = "This guidance document has published editions and cannot be deleted."
    yield Guard(
        "guard_document_delete", PAGE, "DELETE", message, ISSUED_DOCUMENT, frozenset({EDITION})
    )


def _registers() -> Iterator[Guard]:
    rests = "Published paragraphs rest on this {}, so its place on legislation.gov.uk is fixed."
    uses = (
        ("guidance_provision", ("instrument_id", "place"), "provision", PROVISION_USED),
        ("guidance_instrument", ("path",), "instrument", INSTRUMENT_USED),
    )
    for table, columns, name, used in uses:
        others = frozenset({BASIS, "guidance_provision"})
        condition = f"({_differ(columns)}) AND {used}"
        event, message = _update_of(columns), rests.format(name)
        yield Guard(f"guard_{name}_update", table, event, message, condition, others)
    shown = "A published paragraph shows this picture, so it stays; add another picture instead."
    pixels = ("file", "file_hash", "width", "height")
    condition, others = f"({_differ(pixels)}) AND {PICTURE_SHOWN}", frozenset({PICTURE})
    yield Guard("guard_image_update", IMAGE, _update_of(pixels), shown, condition, others)
    yield Guard("guard_image_delete", IMAGE, "DELETE", shown, PICTURE_SHOWN, others)


def _update_of(columns: Iterable[str]) -> str:
    return f"UPDATE OF {', '.join(columns)}"


def _differ(columns: Iterable[str]) -> str:
    return " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in columns)
