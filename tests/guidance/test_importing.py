"""Importing outlines as draft pages: identities, slugs, registers, permissions, all or nothing."""

from __future__ import annotations

import io
import json
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import PageLogEntry

from accounts.roles import command_user
from guidance.actions.import_plan import ImportPlan
from guidance.actions.import_target import ImportRefused
from guidance.actions.importing import plan_import, save_import
from guidance.actions.publishing import publish_edition
from guidance.models import Duty, EditionPage, GuidancePage, SectionPage
from guidance.outline.build import build
from guidance.outline.model import DutyRow, Figure, Outline, Paragraph, Prose, Section, Statement
from guidance.readers import read_bytes
from tests.guidance.sample_texts import FIRST, SECOND

pytestmark = pytest.mark.django_db


def outline(words: str) -> Outline:
    return build(read_bytes(words.encode(), "rivers.md"))


def paragraph(number: str, words: str) -> Paragraph:
    return Paragraph(number=number, body=[Prose(f"<p>{words}</p>")])


def save(plan: ImportPlan, edition: str = "draft", **changes):
    asked = {
        "user": command_user(),
        "document_slug": "rivers",
        "edition_slug": edition,
        "stage": "consultation",
        "published": date(2008, 3, 1),
        **changes,
    }
    return save_import(plan=plan, **asked)


def identities(edition: EditionPage) -> dict[str, str]:
    """Number -> block id, for the numbered paragraphs of an edition."""
    return {
        block["value"]["number"]: block["id"]
        for section in SectionPage.objects.child_of(edition)
        for block in section.body.raw_data
        if block["type"] == "paragraph"
    }


def test_an_outline_becomes_a_document_an_edition_and_sections_as_drafts():
    edition = save(plan_import(outline(FIRST), None))
    document = edition.get_parent()
    assert (document.slug, document.title) == ("rivers", outline(FIRST).title)
    sections = list(SectionPage.objects.child_of(edition).order_by("path"))
    assert [s.number for s in sections] == ["1", "2"]
    assert [s.slug for s in sections] == ["keeping-a-river-clean", "asking-people"]
    assert list(identities(edition)) == ["1.1", "1.2", "1.3", "2.1", "2.2"]
    assert not any(page.live for page in (document, edition, *sections))
    assert edition.title == "Draft for consultation, March 2008"


def test_every_page_has_a_revision_and_a_line_in_the_log():
    edition = save(plan_import(outline(FIRST), None))
    pages = [edition.get_parent(), edition, *edition.get_children()]
    assert all(page.latest_revision_id for page in pages)
    logged = PageLogEntry.objects.filter(action="wagtail.create", page__in=[p.pk for p in pages])
    assert set(logged.values_list("page", flat=True)) == {page.pk for page in pages}
    assert set(logged.values_list("user", flat=True)) == {command_user().pk}


@pytest.mark.parametrize("published_first", [False, True])
def test_a_further_edition_keeps_the_identity_of_what_it_continues(published_first):
    first = save(plan_import(outline(FIRST), None))
    if published_first:
        publish_edition(user=command_user(), page=first)
    document = GuidancePage.objects.get()
    plan = plan_import(outline(SECOND), document)
    before, after = identities(first), identities(save(plan, "second"))
    assert after["1.1"] == before["1.1"]
    assert after["1.2"] == before["1.2"], "close words under the same number"
    assert after["1.4"] == before["1.3"], "renumbered"
    assert after["1.3"] not in before.values(), "inserted"
    assert plan.previous == first.title
    assert [old for old in plan.removed if old == before["2.2"]] == [before["2.2"]]
    changes = {m.label: m.change for m in plan.matches if m.citable}
    assert changes["1.1"] == "unchanged"
    assert changes["1.4"] == "renumbered"
    assert changes["1.3"] == "inserted"


def test_a_correction_is_followed_when_the_plan_is_saved():
    first = save(plan_import(outline(FIRST), None))
    plan = plan_import(outline(SECOND), GuidancePage.objects.get())
    inserted = next(m for m in plan.matches if m.label == "1.3")
    before = identities(first)
    corrected = plan.corrected({inserted.id: before["2.2"]})
    assert identities(save(corrected, "second"))["1.3"] == before["2.2"]


def test_a_plan_kept_as_json_saves_the_same_pages():
    plan = plan_import(outline(FIRST), None)
    kept = ImportPlan.from_json(json.loads(json.dumps(plan.to_json())))
    edition = save(kept)
    wanted = [m.id for m in plan.matches]
    stored = [b["id"] for s in edition.get_children().specific() for b in s.body.raw_data]
    assert stored == wanted


def test_section_addresses_are_unique_short_and_never_reserved():
    titles = ["Status", "Status", "", "What an authority should do about rivers " * 5]
    sections = [
        Section(title=title, number=str(n), blocks=[paragraph(f"{n}.1", "Words stand here.")])
        for n, title in enumerate(titles, 1)
    ]
    edition = save(plan_import(Outline("text", title="R", sections=sections), None))
    pages = list(SectionPage.objects.child_of(edition).order_by("path"))
    slugs = [page.slug for page in pages]
    assert slugs[:3] == ["status-2", "status-3", "section-3"]
    assert len(slugs[3]) <= 80
    assert not slugs[3].endswith("-")
    assert pages[2].title == "Section 3"


def test_statements_fold_their_exceptions_and_definitions_are_kept():
    found = outline(FIRST)
    found.statements = [
        Statement("As printed", "1.1 to 1.3", "statutory", ["ukpga/1991/59/section/14"],
                  exceptions=["the box on boats"])
    ]  # fmt: skip
    found.definitions = {"the Act": "Land Drainage Act 1991"}
    edition = save(plan_import(found, None))
    statement = edition.statements[0].value
    assert statement["paragraphs"] == "1.1 to 1.3, except the box on boats"
    assert list(statement["provisions"]) == ["ukpga/1991/59/section/14"]
    assert statement["words"] == "As printed"
    assert edition.definitions[0].value["meaning"] == "Land Drainage Act 1991"


def test_a_duty_is_found_again_in_the_register_or_added_to_it():
    row = DutyRow("Duty to walk", "All best value authorities excluding police authorities",
                  "", "Early 2008", "Section 1")  # fmt: skip
    found = outline(FIRST)
    found.duties = [row]
    one = save(plan_import(found, None))
    two = save(plan_import(found, GuidancePage.objects.get()), "second")
    duty = Duty.objects.get(title="Duty to walk")
    assert one.duties[0].value["duty"] == two.duties[0].value["duty"] == duty
    assert [str(kind) for kind in duty.binds.all()] == ["best value authorities"]
    assert [str(kind) for kind in duty.excepts.all()] == ["police authorities"]
    assert duty.commences_earliest == date(2008, 1, 1)


def test_a_date_that_cannot_be_read_is_kept_in_words_beside_the_duty():
    found = outline(FIRST)
    found.duties = [DutyRow("Duty to look", "river wardens", "", "when the tide turns", "")]
    duty = save(plan_import(found, None)).duties[0].value["duty"]
    assert (duty.commences, duty.commences_earliest) == ("", None)
    assert "when the tide turns" in duty.description
    assert [str(kind) for kind in duty.binds.all()] == ["river wardens"]


def png() -> bytes:
    file = io.BytesIO()
    Picture.new("RGB", (4, 3), "blue").save(file, "PNG")
    return file.getvalue()


def test_a_picture_is_kept_with_its_figure_and_a_strange_one_is_reported():
    found = outline(FIRST)
    found.sections[0].blocks += [
        Figure(caption="Map", alt="A map", image=png()),
        Figure(caption="Old map", alt="A map", image=b"\xd7\xcd\xc6\x9a strange"),
    ]
    plan = plan_import(found, None)
    assert [p["code"] for p in plan.report["problems"]].count("picture-format") == 1
    edition = save(ImportPlan.from_json(json.loads(json.dumps(plan.to_json()))))
    figures = [
        block["value"]["image"]
        for section in edition.get_children().specific()
        for block in section.body.raw_data
        if block["type"] == "figure"
    ]
    assert figures == [get_image_model().objects.get().pk, None]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"edition_slug": "para"}, "edition_slug", "is an address of the site"),
        ({"edition_slug": "Draft 1"}, "edition_slug", "cannot stand in an address"),
        ({"document_slug": "Rivers"}, "document_slug", "lower-case"),
        ({"stage": "rumour"}, "stage", "consultation, final"),
        ({"in_force_from": date(2009, 1, 1)}, "in_force_from", "never in force"),
        ({"edition_slug": "draft"}, "edition_slug", "already has an edition"),
    ],
)
def test_what_cannot_be_written_is_refused_and_nothing_is_left(changes, field, words):
    save(plan_import(outline(FIRST), None))
    pages = EditionPage.objects.count(), SectionPage.objects.count(), GuidancePage.objects.count()
    plan = plan_import(outline(SECOND), GuidancePage.objects.get())
    with pytest.raises(ImportRefused, match=words) as refused:
        save(plan, **{"edition": changes.pop("edition_slug", "second"), **changes})
    assert refused.value.field == field
    assert pages == (
        EditionPage.objects.count(), SectionPage.objects.count(), GuidancePage.objects.count()
    )  # fmt: skip


def test_a_fault_half_way_leaves_nothing(monkeypatch):
    plan = plan_import(outline(FIRST), None)
    plan.sections[1].body[0]["type"] = "unheard-of"
    plan.sections[1].slug = plan.sections[0].slug  # two sections cannot share an address
    with pytest.raises(Exception, match=r"."):
        save(plan)
    assert not GuidancePage.objects.exists()
    assert not EditionPage.objects.exists()


def person(role: str | None):
    user = get_user_model().objects.create_user("person@example.org", "secret")
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user


@pytest.mark.parametrize(
    ("role", "allowed"),
    [(None, False), ("Editors", True), ("Publishers", True), ("Administrators", True)],
)
def test_only_those_who_may_add_pages_import(role, allowed):
    plan = plan_import(outline(FIRST), None)
    if allowed:
        assert save(plan, user=person(role)).owner.email == "person@example.org"
    else:
        with pytest.raises(PermissionDenied):
            save(plan, user=person(role))
        assert not GuidancePage.objects.exists()


def test_the_real_draft_is_saved_as_its_facts_say(shared_data):
    facts = json.loads((shared_data / "facts.json").read_text())
    name = "creating-strong-safe-and-prosperous-communities-draft-2007.txt"
    expected = facts[name]
    found = build(read_bytes((shared_data / name).read_bytes(), name))
    edition = save(plan_import(found, None))
    numbered = {
        section.number: sum(b["type"] == "paragraph" for b in section.body.raw_data)
        for section in SectionPage.objects.child_of(edition)
        if section.number
    }
    assert numbered == {s["number"]: s["paragraphs"] for s in expected["sections"]}
    assert edition.product_code == expected["product_code"]
    assert len(edition.statements) == len(expected["statements_of_status"])
    assert [d.value["duty"].commences for d in edition.duties] == [
        duty["introduced"] for duty in expected["duties"]
    ]
    involved = edition.duties[2].value["duty"]
    assert [str(kind) for kind in involved.excepts.all()] == ["police authorities"]
