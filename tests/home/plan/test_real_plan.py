"""The plan that promised the folder, taken in by the two commands: complete rows and dates."""

from __future__ import annotations

import json
import re
from io import StringIO

import pytest
from django.core.management import call_command

from guidance.fuzzy_dates import parse_fuzzy
from home.models import Bundle, FolderItem, Milestone, PlanUpdate, Promise, Workstream

pytestmark = pytest.mark.django_db
NAME = "white-paper-implementation-plan-2007.txt"


@pytest.fixture
def plan(shared_data):
    return shared_data / NAME


@pytest.fixture
def facts(shared_data):
    return json.loads((shared_data / "facts.json").read_text())[NAME]


@pytest.fixture
def taken(plan):
    out = StringIO()
    for command in ("import_folder", "import_timetable"):
        call_command(command, plan, published="2007-01", stdout=out)
    return out.getvalue()


def as_facts_write_it(part):
    timing = part.final or part.consult
    return f"{part.title} ({timing})" if timing else part.title


def test_the_bundles_and_timings_are_those_that_a_careful_reader_finds(taken, facts):
    found = []
    for bundle in Bundle.objects.all():
        items = []
        for item in bundle.items.all():
            row = {"title": item.title, "consult": item.consult, "final": item.final}
            if parts := [as_facts_write_it(part) for part in item.parts.all()]:
                row["including"] = parts
            items.append(row)
        found.append({"title": bundle.title, "items": items})
    assert found == facts["electronic_folder"]["bundles"]


def test_the_workstreams_have_their_lead_directors(taken, facts):
    rows = Workstream.objects.values("number", "title", "lead")
    assert list(rows) == facts["workstreams"]
    assert Workstream.objects.get(number=2).supported_by == "Sarah Sturrock, James Blake, Sue Reid"


def test_each_of_the_five_timetables_has_every_row_of_the_text(taken, plan):
    counts = {w.number: w.milestones.count() for w in Workstream.objects.all()}
    assert counts == {1: 4, 2: 21, 3: 23, 4: 4, 5: 5}
    text = " ".join(re.sub(r"</?\w+>|[*|]", " ", plan.read_text()).split())
    assert [m.title for m in Milestone.objects.all() if m.title not in text] == []


def test_the_dates_of_the_rows_are_those_of_the_text(taken):
    rows = Milestone.objects.filter(workstream__number=1).values_list("when", "earliest", "latest")
    assert [(when, str(first), str(last)) for when, first, last in rows] == [
        ("12 December 2006", "2006-12-12", "2006-12-12"),
        ("January/February 2007", "2007-01-01", "2007-02-28"),
        ("22 January 2007", "2007-01-22", "2007-01-22"),
        ("Autumn 2007", "2007-09-01", "2007-11-30"),
    ]
    whens = set(Milestone.objects.values_list("when", flat=True))
    assert {"By April 2008", "From May 2008", "April 2007 onwards", "Summer/Autumn 2007"} <= whens
    restructuring = Milestone.objects.filter(strand="Restructuring")
    assert (restructuring.count(), restructuring.last().when) == (11, "By April 2009")


def test_what_goes_on_over_two_lines_is_one_row_and_two_paragraphs_are_two(taken):
    titles = list(Milestone.objects.filter(workstream__number=1).values_list("title", flat=True))
    assert titles[0].endswith("Bill Introduced")
    assert titles[-1].endswith("(for planning purposes only)")
    summer = Milestone.objects.filter(workstream__number=2, when="Summer 2007")
    assert summer.count() == 3


def test_a_row_without_a_date_has_the_date_above_it(taken):
    assert Milestone.objects.get(title__startswith="Regional roadshows").when == "March 2007"


def test_every_date_is_kept_as_a_promise_of_that_plan(taken):
    assert PlanUpdate.objects.count() == 2
    items = Promise.objects.filter(item__isnull=False)
    assert items.count() == 8 * 2 + 1
    late = parse_fuzzy("Late 2007/Early 2008")
    assert items.filter(words=late.words, latest=late.latest).count() == 4
    assert Promise.objects.filter(milestone__isnull=False).count() == 57


def test_taking_the_same_plan_in_again_changes_nothing(taken, plan):
    out = StringIO()
    call_command("import_folder", plan, published="2007-01", stdout=out)
    call_command("import_timetable", plan, published="2007-01", stdout=out)
    assert out.getvalue().count("Nothing to do") == 2
    assert (FolderItem.objects.count(), Milestone.objects.count()) == (8, 57)


def test_a_later_edition_shows_what_slipped_and_by_how_much(taken, plan, tmp_path):
    later = tmp_path / "plan-july.txt"
    text = plan.read_text()
    text = text.replace("By May 2008", "By November 2008")
    text = text.replace("Overview and Scrutiny\tApril 2007\tBy April 2008\n", "")
    text = text.replace("Summer\tLAA 2009/10", "Summer\tLAA 2009/10")
    text = text.replace(
        "Deadline for councils to submit proposals", "Deadline for all councils to submit proposals"
    )
    text = text.replace("July\tAnnouncement of areas", "September\tAnnouncement of areas")
    later.write_text(text)
    out = StringIO()
    call_command("import_folder", later, published="2007-07-20", stdout=out)
    call_command("import_timetable", later, published="2007-07-20", stdout=out)
    said = out.getvalue()
    assert "New leadership models: By May 2008 → By November 2008, 6 months later" in said
    assert "Not in this plan any more: Overview and Scrutiny" in said
    assert "July 2007 → September 2007, 2 months later" in said
    assert FolderItem.objects.get(title="Overview and Scrutiny").dropped_by.published.year == 2007
    assert Milestone.objects.count() == 57
    models = FolderItem.objects.get(title="New leadership models")
    promised = models.promises.filter(what="final").values_list("words", flat=True)
    assert list(promised) == ["By May 2008", "By November 2008"]
