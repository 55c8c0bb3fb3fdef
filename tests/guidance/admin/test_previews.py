"""Previews of blocks, sections and editions in the admin."""

from __future__ import annotations

import pytest
from django.urls import reverse

from guidance.actions.previewing import draft_section_html
from guidance.blocks import SectionBlock, StatementBlock
from guidance.models import SectionPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(draft):
    return SectionPage.objects.child_of(draft).order_by("path").first()


def test_a_section_is_previewed_as_it_will_read_with_its_statuses(section):
    edition = section.get_parent().specific
    edition.statements = [
        {
            "type": "statement",
            "value": {
                "paragraphs": "1.1 to 1.2",
                "status": "statutory",
                "provisions": [],
                "replaces": [],
            },
        }
    ]
    edition.save_revision()
    html = draft_section_html(section)
    assert 'id="1.1"' in html
    assert 'class="para statutory" id="1.2"' in html
    assert 'class="para statutory" id="1.3"' not in html


def test_what_is_typed_and_not_saved_is_previewed(section):
    body = list(section.body.get_prep_value())
    body[0]["value"]["body"][0]["value"] = "<p>Words that nobody saved.</p>"
    body.append({"type": "heading", "value": {"text": "A new heading", "level": "2"}})
    section.body = body
    html = draft_section_html(section)
    assert "Words that nobody saved." in html
    assert "A new heading" in html


def test_a_statement_that_cannot_be_read_does_not_hide_the_preview(section):
    edition = section.get_parent().specific
    value = {"paragraphs": "1.1 to to", "status": "statutory", "provisions": [], "replaces": []}
    edition.statements = [{"type": "statement", "value": value}]
    edition.save_revision()
    assert 'id="1.1"' in draft_section_html(section)


@pytest.mark.parametrize(("role", "allowed"), [("member", False), ("Editors", True)])
def test_editors_see_the_preview_of_a_draft_and_others_do_not(
    as_role, draft, section, role, allowed
):
    client = as_role(role)
    for page in (draft, section):
        answer = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
        assert (answer.status_code == 200) is allowed
        assert (b"Preview of a draft" in answer.content) is allowed


def test_a_draft_is_not_found_by_the_public(client, draft, section):
    document = draft.get_parent()
    for path in (
        f"/guidance/{document.slug}/",
        f"/guidance/{document.slug}/{draft.slug}/",
        f"/guidance/{document.slug}/{draft.slug}/{section.slug}/",
        f"/guidance/{document.slug}/para/1.1/",
    ):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize(
    "block", [*SectionBlock().child_blocks.values(), StatementBlock()], ids=lambda b: b.name
)
def test_every_block_draws_its_preview(block):
    value = block.get_preview_value()
    html = block.render(value)
    assert html.strip()
    if block.name == "paragraph":
        assert "2.13" in html
        assert "<b>must</b> consult" in html
