"""What editors do with the folder and the timetable, and who may."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from home.actions.folder_plan import take_in_bundles
from home.actions.timetable_plan import mark_done
from home.actions.updates import PlanRefused, keep_change
from home.models import Bundle, FolderItem, Milestone, PlanUpdate, Promise
from tests import factories
from tests.home.folder.conftest import bundles

pytestmark = pytest.mark.django_db
MAY = {
    # role: may change the folder, may take a plan in, may delete an item
    "Editors": (True, True, False),
    "Policy leads": (True, True, False),
    "Legal": (False, False, False),
    "Sounding Board": (False, False, False),
    "Publishers": (True, True, False),
    "Administrators": (True, True, True),
}


def member(role):
    user = factories.user(f"{role.replace(' ', '')}@example.org", superuser=False)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.mark.parametrize("role", MAY)
def test_each_role_may_do_what_the_table_says(client, planned, role):
    user = member(role)
    change, take_in, delete = MAY[role]
    client.force_login(user)
    edit = reverse("wagtailsnippets_home_folderitem:edit", args=[planned.gates.pk])
    assert (client.get(edit).status_code == 200) is change
    assert user.has_perm("home.delete_folderitem") is delete
    about = {"bundles": bundles(), "title": "Another plan", "published": date(2010, 1, 1)}
    if take_in:
        assert take_in_bundles(user=user, **about).found == 3
    else:
        with pytest.raises(PermissionDenied):
            take_in_bundles(user=user, **about)
        with pytest.raises(PermissionDenied):
            mark_done(user=user, milestone=Milestone.objects.first(), done_on=None)


def form(item, **changes):
    """What the form of an item sends, its parts and notes as they are."""
    data = {
        "title": item.title, "slug": item.slug, "summary": "", "lead": "", "bundle": item.bundle_id,
        "position": item.position, "consult": item.consult, "final": item.final,
    }  # fmt: skip
    for name, fields in (
        ("parts", ("title", "consult", "final")),
        ("makings", ("step", "text", "who", "on", "public")),
    ):
        rows = list(getattr(item, name).all())
        data |= {
            f"{name}-TOTAL_FORMS": len(rows),
            f"{name}-INITIAL_FORMS": len(rows),
            f"{name}-MIN_NUM_FORMS": 0,
            f"{name}-MAX_NUM_FORMS": 1000,
        }
        for at, row in enumerate(rows):
            data |= {
                f"{name}-{at}-id": row.pk,
                f"{name}-{at}-ORDER": at + 1,
                f"{name}-{at}-DELETE": "",
            }
            data |= {f"{name}-{at}-{field}": getattr(row, field) or "" for field in fields}
    return data | changes


def test_a_date_that_an_editor_changes_becomes_an_update_of_the_plan(client, planned):
    client.force_login(member("Editors"))
    address = reverse("wagtailsnippets_home_folderitem:edit", args=[planned.gates.pk])
    before = PlanUpdate.objects.count()
    assert client.post(address, form(planned.gates, summary="New words")).status_code == 302
    assert PlanUpdate.objects.count() == before
    assert client.post(address, form(planned.gates, final="By June 2091")).status_code == 302
    update = PlanUpdate.objects.order_by("pk").last()
    assert (PlanUpdate.objects.count(), update.whole) == (before + 1, False)
    assert [(p.what, p.words) for p in update.promises.all()] == [("final", "By June 2091")]
    words = planned.gates.promises.filter(what="final", part="").values_list("words", flat=True)
    assert list(words) == ["By April 2090", "By June 2091"]
    assert ModelLogEntry.objects.filter(action="home.change_timings").count() == 1
    assert (
        client.get(
            reverse("wagtailsnippets_home_folderitem:history", args=[planned.gates.pk])
        ).status_code
        == 200
    )


def test_a_date_that_is_taken_back_is_kept_as_taken_back(client, planned):
    client.force_login(member("Editors"))
    address = reverse("wagtailsnippets_home_folderitem:edit", args=[planned.gates.pk])
    client.post(address, form(planned.gates, consult=""))
    last = planned.gates.promises.filter(what="consult").last()
    assert (last.words, last.earliest) == ("", None)


def test_words_that_are_no_date_are_refused_at_their_field(client, planned):
    client.force_login(member("Editors"))
    address = reverse("wagtailsnippets_home_folderitem:edit", args=[planned.gates.pk])
    response = client.post(address, form(planned.gates, final="when it is ready"))
    assert response.status_code == 200
    assert "is not a date that can be read" in response.content.decode()
    assert FolderItem.objects.get(pk=planned.gates.pk).final == "By April 2090"


def test_a_milestone_is_made_moved_and_marked_as_done(client, planned):
    client.force_login(member("Editors"))
    stream = Milestone.objects.first().workstream
    data = {
        "title": "The gates are shut",
        "when": "By May 2090",
        "workstream": stream.pk,
        "strand": "",
        "position": 0,
        "done_on": "",
    }
    assert client.post(reverse("wagtailsnippets_home_milestone:add"), data).status_code == 302
    made = Milestone.objects.get(title="The gates are shut")
    assert made.promises.get().words == "By May 2090"
    edit = reverse("wagtailsnippets_home_milestone:edit", args=[made.pk])
    tomorrow = timezone.localdate() + timedelta(days=1)
    response = client.post(edit, data | {"done_on": tomorrow.isoformat()})
    assert "That day has not come" in response.content.decode()
    assert client.post(edit, data | {"done_on": "2026-01-05"}).status_code == 302
    made.refresh_from_db()
    assert made.done_on == date(2026, 1, 5)


@pytest.mark.parametrize("name", ["folderitem", "bundle", "milestone", "workstream"])
def test_every_list_and_form_of_the_admin_opens(client, planned, name):
    client.force_login(member("Administrators"))
    for view in ("list", "add"):
        assert client.get(reverse(f"wagtailsnippets_home_{name}:{view}")).status_code == 200


def test_an_address_of_the_folder_is_no_slug_of_an_item(planned):
    with pytest.raises(ValidationError, match="is an address of the site"):
        FolderItem(bundle=Bundle.objects.first(), title="Updates", slug="updates").clean()


def test_what_was_promised_is_never_changed_or_deleted(planned):
    promise, update = Promise.objects.first(), PlanUpdate.objects.first()
    for row in (promise, update):
        with pytest.raises(TypeError, match="kept"):
            row.save()
        with pytest.raises(TypeError, match="never deleted"):
            row.delete()
        with pytest.raises(TypeError):
            type(row).objects.all().delete()
        with pytest.raises(TypeError):
            type(row).objects.update(pk=7)


def test_plans_are_taken_in_in_order_and_each_has_its_day(planned):
    about = {"user": planned.user, "bundles": bundles()}
    with pytest.raises(PlanRefused, match="is later than this plan"):
        take_in_bundles(title="Old", published=date(2006, 1, 1), **about)
    with pytest.raises(PlanRefused, match="Each update has its own date"):
        take_in_bundles(title="Same day", published=date(2007, 1, 15), digest="other", **about)
    assert FolderItem.objects.count() == 3


def test_an_item_that_a_plan_takes_up_again_is_planned_again(planned):
    about = {"user": planned.user}
    take_in_bundles(
        bundles=bundles(with_walls=False), title="2", published=date(2008, 1, 1), **about
    )
    assert FolderItem.objects.get(title="Walls").dropped_by is not None
    take_in_bundles(bundles=bundles(), title="3", published=date(2009, 1, 1), **about)
    walls = FolderItem.objects.get(title="Walls")
    assert walls.dropped_by is None
    assert walls.promises.filter(what="final").count() == 2


def test_a_plan_is_taken_in_after_a_date_was_changed_by_hand(planned):
    gates = planned.gates
    gates.final = "May 2092"
    gates.save()
    assert keep_change(user=planned.user, row=gates).published == timezone.localdate()
    taken = take_in_bundles(
        user=planned.user, bundles=bundles(), title="2", published=date(2008, 1, 1)
    )
    assert [(m.title, m.slip.words) for m in taken.moved] == [("Gates", "2 years earlier")]
    words = gates.promises.filter(what="final", part="").values_list("words", flat=True)
    assert list(words) == ["By April 2090", "May 2092", "By April 2090"]
