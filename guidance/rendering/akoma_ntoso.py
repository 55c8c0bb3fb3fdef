"""An edition or a paragraph as Akoma Ntoso 3.0 (OASIS LegalDocML, 2018): law's own XML.

Sections are `section`, numbered paragraphs `paragraph`, what has no number of its own `hcontainer`
with its kind as name. Dates, digest and the FRBR addresses stand in `meta`; a paragraph refers to
its status and its provisions there.
"""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from guidance.rendering.akoma_ntoso_blocks import Blocks, E
from guidance.rendering.exported import Exported, ExportedEntry, ExportedSection, plain
from guidance.rendering.status import LONG
from guidance.statute import parse_provision

_HIERARCHY = {"paragraph": "para", "heading": "crossHeading"}


def akoma_ntoso(exported: Exported) -> str:
    """The document, valid against the schema of the standard."""
    if exported.whole:
        body = E.mainBody(*(_section(section) for section in exported.sections))
        root = E.doc(_meta(exported), _preface(exported), body, name="guidance")
    else:
        section = exported.sections[0]
        body = E.portionBody(*_entries(section.entries, _section_id(section)))
        root = E.portion(_meta(exported), body, includedIn=f"{_expression(exported)}/!main")
    xml = etree.tostring(E.akomaNtoso(root), encoding="unicode", pretty_print=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{xml}\n'


def _work(exported: Exported) -> str:
    return f"/akn/gb/doc/guidance/{exported.document}"


def _expression(exported: Exported) -> str:
    return f"{_work(exported)}/eng@{exported.published.isoformat()}"


def _meta(exported: Exported) -> etree._Element:
    published = exported.published.isoformat()
    meta = E.meta(
        E.identification(
            _frbr("FRBRWork", _work(exported), published, E.FRBRcountry(value="gb")),
            _frbr(
                "FRBRExpression",
                _expression(exported),
                published,
                E.FRBRlanguage(language="eng"),
                aliases=[("digest", f"sha256:{exported.digest}"), ("url", exported.address)],
            ),
            _frbr(
                "FRBRManifestation",
                f"{_expression(exported)}.akn",
                published,
                E.FRBRformat(value="application/akn+xml"),
            ),
            source="#publisher",
        ),
        E.publication(date=published, name=plain(exported.edition), showAs=plain(exported.title)),
    )
    if exported.in_force_from:
        began = exported.in_force_from.isoformat()
        meta.append(
            E.lifecycle(
                E.eventRef(eId="published", date=published, source="#this", type="generation"),
                E.eventRef(eId="in-force", date=began, source="#this", type="generation"),
                source="#publisher",
            )
        )
        interval = E.timeInterval(refersTo="#in-force-concept", start="#in-force")
        meta.append(E.temporalData(E.temporalGroup(interval, eId="applies"), source="#publisher"))
    meta.append(_references(exported))
    return meta


def _frbr(
    name: str,
    address: str,
    published: str,
    last: etree._Element,
    aliases: Iterable[tuple[str, str]] = (),
) -> etree._Element:
    return E(
        name,
        E.FRBRthis(value=f"{address}/!main" if name != "FRBRManifestation" else address),
        E.FRBRuri(value=address),
        *(E.FRBRalias(name=alias, value=value) for alias, value in aliases),
        E.FRBRdate(date=published, name="publication"),
        E.FRBRauthor(href="#publisher"),
        last,
    )


def _references(exported: Exported) -> etree._Element:
    """What the rest refers to: the publisher, the statuses, and each provision once."""
    found = E.references(
        E.original(eId="this", href=_expression(exported), showAs=plain(exported.title)),
        E.TLCOrganization(
            eId="publisher",
            href="/akn/ontology/organization/gb/publisher",
            showAs=plain(exported.publisher) or "Publisher",
        ),
        E.TLCConcept(
            eId="in-force-concept", href="/akn/ontology/concept/in-force", showAs="In force"
        ),
        source="#publisher",
    )
    for status, words in LONG.items():
        href = f"/akn/ontology/concept/{status}"
        found.append(E.TLCConcept(eId=status, href=href, showAs=words))
    entries = (entry for section in exported.sections for entry in section.entries)
    for path in dict.fromkeys(p for entry in entries for p in entry.provisions):
        provision = parse_provision(path)
        words = provision.words or provision.instrument.path
        found.append(
            E.TLCReference(
                eId=_provision_id(path), name="provision", href=provision.address, showAs=words
            )
        )
    return found


def _preface(exported: Exported) -> etree._Element:
    return E.preface(
        E.longTitle(E.p(E.docTitle(plain(exported.title)))), E.p(plain(exported.edition))
    )


def _section(section: ExportedSection) -> etree._Element:
    anchor = _section_id(section)
    found = E.section(eId=anchor)
    if section.number:
        found.append(E.num(plain(section.number)))
    found.append(E.heading(plain(section.title)))
    entries = _entries(section.entries, anchor)
    if entries:
        found.extend(entries)
    else:
        found.append(E.content(E.p()))
    return found


def _section_id(section: ExportedSection) -> str:
    return f"sec_{section.slug}"


def _entries(entries: Iterable[ExportedEntry], section: str) -> list[etree._Element]:
    """The blocks of a section; what has no address of its own is counted."""
    return [
        _entry(
            entry, f"{section}__{_HIERARCHY.get(entry.kind, 'hcontainer')}_{_name(entry, count)}"
        )
        for count, entry in enumerate(entries, 1)
    ]


def _name(entry: ExportedEntry, count: int) -> str:
    return entry.reference or f"n{count}"


def _entry(entry: ExportedEntry, anchor: str) -> etree._Element:
    if entry.kind == "heading":
        return E.crossHeading(plain(entry.title), eId=anchor)
    if entry.kind == "paragraph":
        found = E.paragraph(eId=anchor)
        found.append(E.num(plain(entry.number)))
    else:
        found = E.hcontainer(eId=anchor, name=entry.kind)
        if entry.kind == "question":
            found.append(E.num(plain(entry.number) or "Question"))
        elif entry.title:
            found.append(E.heading(plain(entry.title)))
    if entry.reference:
        references = [entry.status, *map(_provision_id, entry.provisions)]
        found.set("refersTo", " ".join(f"#{name}" for name in references))
        found.set("GUID", entry.identity)
    found.append(E.content(*Blocks(anchor, entry.content).elements()))
    return found


def _provision_id(path: str) -> str:
    return f"provision-{path.replace('/', '-')}"
