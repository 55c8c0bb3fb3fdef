"""`manage.py check_guidance`: what it prints, and its exit code."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from guidance.actions.publishing import publish_edition
from tests import factories as make
from tests.guidance.check_samples import SAMPLES

pytestmark = pytest.mark.django_db


def run(page, *options):
    out = StringIO()
    try:
        call_command("check_guidance", page.get_parent().slug, *options, stdout=out)
    except SystemExit as leaving:
        return leaving.code, out.getvalue()
    return 0, out.getvalue()


def test_advice_is_printed_and_the_exit_code_is_0():
    code, out = run(SAMPLES["note-missing"][0]())
    assert code == 0
    assert "advice  note-missing  paragraph 1.1 in section 1 Governance" in out
    assert out.endswith("0 that block, 1 to look at.\n")


def test_what_blocks_gives_exit_code_1():
    code, out = run(SAMPLES["number-repeated"][0]())
    assert code == 1
    assert "blocks  number-repeated" in out


def test_json_has_every_field_and_nothing_beside_it():
    page = SAMPLES["note-missing"][0]()
    _, out = run(page, "--json")
    (row,) = json.loads(out)
    assert set(row) == {"code", "message", "place", "remedy", "blocking", "page", "paragraph"}
    assert row["paragraph"]


def test_an_edition_is_chosen_by_its_slug_and_issued_ones_can_be_checked():
    page = SAMPLES["note-missing"][0]()
    publish_edition(user=make.user(), page=page)
    make.draft(page.get_parent(), slug="later", stage="consultation")
    assert "note-missing" in run(page, "--edition", page.slug)[1]
    assert "note-missing" not in run(page)[1]


def test_what_does_not_exist_is_named():
    page = make.draft(make.document(), slug="first")
    with pytest.raises(CommandError, match=r"has no edition “second”; it has first"):
        run(page, "--edition", "second")
    with pytest.raises(CommandError, match="No guidance document has the slug “nowhere”"):
        call_command("check_guidance", "nowhere")
    with pytest.raises(CommandError, match="has no edition yet"):
        call_command("check_guidance", make.document().slug)
