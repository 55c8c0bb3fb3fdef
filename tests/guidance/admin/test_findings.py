"""Findings as an editor reads them: by weight and kind, many folded, each with a link."""

from uuid import uuid4

import pytest
from django.template.loader import render_to_string

from guidance.actions.finding import Check
from guidance.admin.findings import SHOWN, findings


def check(code, blocking=False, at=1, **fields):
    return Check(code, f"Message {at}.", f"place {at}", "Do this.", blocking=blocking, **fields)


def html(*checks):
    return render_to_string("guidance/admin/findings.html", {"findings": findings(checks)})


def test_what_blocks_comes_first_and_each_kind_has_its_title_and_count():
    shown = html(check("note-missing"), check("note-missing", at=2), check("number-repeated", True))
    assert shown.index("To put right") < shown.index("Two paragraphs have one number")
    assert shown.index("Two paragraphs have one number") < shown.index("To look at")
    assert "A footnote marker has no note <span" in shown
    assert "(2)</span>" in shown


def test_many_of_a_kind_are_folded_and_all_are_there():
    given = [check("note-missing", at=at) for at in range(20)]
    found = findings(given)
    (kind,) = found.advice
    assert (len(kind.shown), len(kind.folded), kind.count) == (SHOWN, 20 - SHOWN, 20)
    assert kind.shown + kind.folded == given
    shown = html(*given)
    assert f"Show {20 - SHOWN} more" in shown
    assert all(f"Message {at}." in shown for at in range(20))


def test_one_more_than_is_shown_is_not_folded():
    assert "<details>" not in html(*(check("note-missing", at=at) for at in range(SHOWN + 1)))


@pytest.mark.django_db
def test_a_finding_leads_to_its_block_in_the_editor():
    block = uuid4()
    shown = html(check("note-missing", page=7, paragraph=block), check("number-gap", page=8))
    assert f'href="/admin/pages/7/edit/#block-{block}-section"' in shown
    assert 'href="/admin/pages/8/edit/"' in shown


def test_what_all_of_a_kind_ask_for_is_said_once():
    given = [check("note-missing", at=at) for at in range(3)]
    assert html(*given).count("Do this.") == 1
    other = Check("note-missing", "Message.", "place", "Do that.")
    shown = html(*given, other)
    assert (shown.count("Do this."), shown.count("Do that.")) == (3, 1)


def test_nothing_found_is_said():
    assert "The checks found nothing." in html()


def test_words_of_a_document_are_shown_as_words():
    assert "<script>" not in html(Check("note-missing", "<script>.", "<script>", "<script>."))
