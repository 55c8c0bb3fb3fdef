"""Signing in, and people in the admin, by e-mail address."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse

pytestmark = pytest.mark.django_db
LOGIN = "/admin/login/"


@pytest.fixture
def editor():
    user = get_user_model().objects.create_user("Edith@Example.org", "a good secret")
    user.groups.add(Group.objects.get(name="Editors"))
    return user


@pytest.mark.parametrize("typed", ["Edith@Example.org", "edith@example.org", "EDITH@EXAMPLE.ORG"])
def test_people_sign_in_with_their_address_whatever_its_case(client, editor, typed):
    answer = client.post(LOGIN, {"username": typed, "password": "a good secret", "next": "/admin/"})
    assert answer.status_code == 302
    assert client.get("/admin/").status_code == 200


def test_the_form_asks_for_the_address(client):
    assert "e-mail address" in client.get(LOGIN).content.decode()


def test_a_wrong_password_is_refused_without_saying_which_was_wrong(client, editor):
    page = client.post(LOGIN, {"username": editor.email, "password": "wrong"})
    assert "e-mail address and password didn't match" in page.content.decode().replace(
        "&#x27;", "'"
    )


def new_user(**changes):
    return {
        "email": "new@example.org",
        "first_name": "New",
        "last_name": "Person",
        "password1": "long enough 77",
        "password2": "long enough 77",
        "groups": [Group.objects.get(name="Editors").pk],
        **changes,
    }


def test_an_administrator_adds_a_person_without_a_user_name(admin_client):
    answer = admin_client.post(reverse("wagtailusers_users:add"), new_user())
    assert answer.status_code == 302
    person = get_user_model().objects.get(email="new@example.org")
    assert person.groups.get().name == "Editors"


def test_an_address_is_given_once_whatever_its_case(admin_client, editor):
    page = admin_client.post(reverse("wagtailusers_users:add"), new_user(email="EDITH@example.org"))
    assert page.status_code == 200
    assert "already" in page.content.decode()
    assert get_user_model().objects.filter(email__iexact="edith@example.org").count() == 1


def test_a_person_is_changed_in_the_admin(admin_client, editor):
    address = reverse("wagtailusers_users:edit", args=[editor.pk])
    assert admin_client.get(address).status_code == 200
    sent = new_user(
        email=editor.email, first_name="Edie", is_active="on", password1="", password2=""
    )
    assert admin_client.post(address, sent).status_code == 302
    editor.refresh_from_db()
    assert editor.first_name == "Edie"


def test_who_is_no_superuser_cannot_make_one(client):
    """An administrator of people must not be able to make themselves all-powerful."""
    keeper = get_user_model().objects.create_user("keeper@example.org", "a good secret")
    keeper.groups.add(Group.objects.get(name="Administrators"))
    client.force_login(keeper)
    client.post(reverse("wagtailusers_users:add"), new_user(is_superuser="on"))
    client.post(
        reverse("wagtailusers_users:edit", args=[keeper.pk]),
        new_user(email=keeper.email, is_superuser="on", is_active="on"),
    )
    assert not get_user_model().objects.filter(is_superuser=True).exists()


def test_who_is_no_superuser_cannot_take_over_a_superuser(client, admin_user):
    keeper = get_user_model().objects.create_user("keeper@example.org", "a good secret")
    keeper.groups.add(Group.objects.get(name="Administrators"))
    client.force_login(keeper)
    sent = new_user(email=admin_user.email, is_active="on", is_superuser="on")
    client.post(reverse("wagtailusers_users:edit", args=[admin_user.pk]), sent)
    client.post(
        reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
        + f"?id={admin_user.pk}",
        {"mark_as_active": ""},
    )
    admin_user.refresh_from_db()
    assert admin_user.check_password("password")
    assert admin_user.is_active
