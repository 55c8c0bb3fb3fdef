"""Roles: what each group may do, as a table in which every right is visible."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import GroupPagePermission, Page

from accounts.roles import ROLES, command_user, ensure_roles
from consultation.models import ConsultationIndexPage
from guidance.models import GuidanceIndexPage

pytestmark = pytest.mark.django_db

PAGE_RIGHTS = {
    # role: (add, change, publish, delete with children) below the guidance index
    "Editors": (True, True, False, True),
    "Policy leads": (True, True, False, True),
    "Legal": (False, True, False, False),
    "Sounding Board": (False, False, False, False),
    "Publishers": (True, True, True, True),
    "Consultation team": (False, False, False, False),
    "Administrators": (True, True, True, True),
}
CONSULTATION_RIGHTS = {
    # role: (add, change, publish, delete with children) below the consultation index
    "Editors": (True, True, False, True),
    "Policy leads": (True, True, False, True),
    "Legal": (False, False, False, False),
    "Sounding Board": (False, False, False, False),
    "Publishers": (True, True, True, True),
    "Consultation team": (True, True, True, True),
    "Administrators": (True, True, True, True),
}
RESPONSE_RIGHTS = {
    # role: (ask questions, read, export, enter, decide late, read confidential, erase)
    "Editors": (True, False, False, False, False, False, False),
    "Policy leads": (True, True, True, False, False, False, False),
    "Legal": (False, False, False, False, False, False, False),
    "Sounding Board": (False, False, False, False, False, False, False),
    "Publishers": (True, True, True, False, False, False, False),
    "Consultation team": (True, True, True, True, True, True, True),
    "Administrators": (True, True, True, True, True, True, True),
}
OTHER_RIGHTS = {
    # role: (sign in to the admin, add a duty, delete a duty, add a user, change the home page)
    "Editors": (True, True, False, False, False),
    "Policy leads": (True, True, False, False, False),
    "Legal": (True, False, False, False, False),
    "Sounding Board": (True, False, False, False, False),
    "Publishers": (True, True, False, False, False),
    "Consultation team": (True, False, False, False, False),
    "Administrators": (True, True, True, True, True),
}


def member(role: str):
    user = get_user_model().objects.create_user(f"{role.lower()}@example.org", "secret")
    user.groups.add(Group.objects.get(name=role))
    return user


def page_rights(role: str, index: Page) -> tuple[bool, ...]:
    held = set(
        GroupPagePermission.objects.filter(group__name=role, page=index).values_list(
            "permission__codename", flat=True
        )
    )
    wanted = ("add_page", "change_page", "publish_page", "bulk_delete_page")
    return tuple(name in held for name in wanted)


def test_every_role_stands_in_every_table():
    names = {role.name for role in ROLES}
    for table in (PAGE_RIGHTS, CONSULTATION_RIGHTS, RESPONSE_RIGHTS, OTHER_RIGHTS):
        assert set(table) == names


@pytest.mark.parametrize("role", PAGE_RIGHTS)
def test_each_role_has_the_page_rights_of_the_table(role):
    assert page_rights(role, GuidanceIndexPage.objects.get()) == PAGE_RIGHTS[role]


@pytest.mark.parametrize("role", CONSULTATION_RIGHTS)
def test_each_role_has_the_rights_over_consultations_of_the_table(role):
    index = ConsultationIndexPage.objects.get()
    assert page_rights(role, index) == CONSULTATION_RIGHTS[role]


@pytest.mark.parametrize("role", RESPONSE_RIGHTS)
def test_each_role_has_the_rights_over_responses_of_the_table(role):
    wanted = (
        "change_question", "view_response", "export_responses", "enter_response", "decide_late",
        "view_confidential", "erase_responses",
    )  # fmt: skip
    user = member(role)
    held = tuple(user.has_perm(f"consultation.{name}") for name in wanted)
    assert held == RESPONSE_RIGHTS[role]


@pytest.mark.parametrize("role", RESPONSE_RIGHTS)
def test_no_role_submits_through_the_api_unless_it_is_given_by_hand(role):
    assert not member(role).has_perm("consultation.submit_response")


@pytest.mark.parametrize("role", OTHER_RIGHTS)
def test_each_role_has_the_other_rights_of_the_table(role):
    user = member(role)
    home = GuidanceIndexPage.objects.get().get_parent()
    assert (
        user.has_perm("wagtailadmin.access_admin"),
        user.has_perm("guidance.add_duty"),
        user.has_perm("guidance.delete_duty"),
        user.has_perm("accounts.add_user"),
        home.permissions_for_user(user).can_edit(),
    ) == OTHER_RIGHTS[role]


def test_people_outside_have_two_rights_and_no_more():
    user = member("Sounding Board")
    assert user.get_all_permissions() == {"wagtailadmin.access_admin", "guidance.review_edition"}


def test_nobody_but_administrators_may_touch_pages_above_guidance():
    root = Page.get_first_root_node()
    assert not GroupPagePermission.objects.filter(page=root).exists()


def test_the_group_that_wagtail_makes_for_moderation_is_gone():
    assert not Group.objects.filter(name="Moderators").exists()


def test_running_again_puts_back_what_was_altered_and_keeps_the_people():
    editors = Group.objects.get(name="Editors")
    user = member("Editors")
    before = set(editors.permissions.values_list("pk", flat=True))
    editors.permissions.add(Permission.objects.get(codename="delete_duty"))
    editors.permissions.remove(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.filter(group=editors).first().delete()
    pages = len(ROLES[0].pages) + len(ROLES[0].consultations)

    ensure_roles()

    assert set(editors.permissions.values_list("pk", flat=True)) == before
    assert GroupPagePermission.objects.filter(group=editors).count() == pages
    assert user.groups.filter(name="Editors").exists()


def test_a_group_of_ones_own_is_left_alone():
    mine = Group.objects.create(name="Lawyers")
    mine.permissions.add(Permission.objects.get(codename="view_duty"))
    ensure_roles()
    assert mine.permissions.count() == 1


def test_nobody_can_sign_in_as_the_commands_account(client):
    user = command_user()
    assert command_user() == user
    assert not user.has_usable_password()
    assert not client.login(username=user.email, password="")
    assert not user.is_superuser
