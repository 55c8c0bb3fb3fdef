"""Who may do what: the groups of the site, written once and put in place after every migration.

A role holds exactly what is listed. The Sounding Board is of people outside: they read the drafts
that are in review with them and comment on paragraphs, and see nothing else. For another mix make
another group; a role that was altered by hand is put back the next time that the site is deployed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
)

from accounts.models import User

REGISTERS = ("instrument", "provision", "duty", "authoritytype")
REPLACED_GROUPS = ("Moderators",)
"""Made by Wagtail for a way of working that this site does not have."""


@dataclass(frozen=True, slots=True)
class Role:
    """A group. `pages` are Wagtail's page permissions over all guidance, `consultations` over all
    consultations, `home` over the whole site; `registers` and `media` are the actions allowed on the
    registers of statute and on images and documents."""

    name: str
    pages: tuple[str, ...]
    registers: tuple[str, ...] = ()
    media: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    home: tuple[str, ...] = field(default=())
    consultations: tuple[str, ...] = ()


_EDIT = ("add", "change", "bulk_delete")
_KEEP_REGISTERS = ("view", "add", "change")
_REVIEW = ("wagtailadmin.access_admin", "guidance.review_edition")
_TEACH = ("search.teach_search", "search.view_synonym", "search.view_promotion")
"""What lets one view a model lets one see in the log who did what to it."""

_PEOPLE = tuple(f"accounts.{action}_user" for action in ("view", "add", "change"))
_FOLDER = (
    "home.view_planupdate",
    "home.add_planupdate",  # and no more: what was promised is never changed
    *(
        f"home.{action}_{model}"
        for action in ("view", "add", "change")
        for model in ("bundle", "folderitem", "milestone", "workstream")
    ),
)
_FOLDER_DELETE = tuple(f"home.delete_{model}" for model in ("bundle", "folderitem", "milestone"))
_ASK = tuple(
    f"consultation.{action}_{model}"
    for action in ("view", "add", "change", "delete")
    for model in ("question", "extension", "authority", "department")
    if (action, model) not in (("delete", "extension"), ("change", "extension"))
)
_READ_RESPONSES = ("consultation.view_response", "consultation.export_responses")
_TAKE_IN = (*_READ_RESPONSES, "consultation.enter_response")
_ANSWER_FOR = (
    "consultation.decide_late",
    "consultation.view_confidential",
    "consultation.erase_responses",
)
"""What is answered for by name: late responses, confidential words, personal data."""
_STEPS = tuple(
    f"wagtailcore.{action}_{model}"
    for action in ("add", "change")
    for model in ("workflow", "task")
)

ROLES = (
    Role(
        "Editors",
        _EDIT,
        _KEEP_REGISTERS,
        ("add", "change", "choose"),
        (*_REVIEW, *_TEACH, *_FOLDER, *_ASK),
        consultations=_EDIT,
    ),
    Role(
        "Policy leads",
        _EDIT,
        _KEEP_REGISTERS,
        ("add", "change", "choose"),
        (*_REVIEW, *_TEACH, *_FOLDER, *_ASK, *_READ_RESPONSES),
        consultations=_EDIT,
    ),
    Role("Legal", ("change",), ("view",), ("choose",), _REVIEW),
    Role("Sounding Board", (), others=_REVIEW),
    Role(
        "Publishers",
        (*_EDIT, "publish", "lock", "unlock"),
        _KEEP_REGISTERS,
        ("add", "change", "choose"),
        (*_REVIEW, *_TEACH, *_FOLDER, *_ASK, *_READ_RESPONSES),
        consultations=(*_EDIT, "publish", "lock", "unlock"),
    ),
    Role(
        "Consultation team",
        (),
        media=("add", "change", "choose"),
        others=("wagtailadmin.access_admin", *_ASK, *_TAKE_IN, *_ANSWER_FOR),
        consultations=(*_EDIT, "publish", "lock", "unlock"),
    ),
    Role(
        "Administrators",
        (*_EDIT, "publish", "lock", "unlock"),
        (*_KEEP_REGISTERS, "delete"),
        ("add", "change", "delete", "choose"),
        (
            *(*_REVIEW, *_TEACH, *_FOLDER, *_FOLDER_DELETE, "search.rebuild_search"),
            *(*_PEOPLE, *_STEPS, *_ASK, *_TAKE_IN, *_ANSWER_FOR),
        ),
        home=("change", "publish"),
        consultations=(*_EDIT, "publish", "lock", "unlock"),
    ),
)


def ensure_roles(**_: Any) -> None:
    """Create the groups and give each exactly its permissions; running it again changes nothing.

    Takes and ignores the arguments of the `post_migrate` signal. Page permissions are given on the
    guidance index, and follow as soon as there is one.
    """
    for label in (
        "wagtailadmin",
        "wagtailcore",
        "wagtailimages",
        "wagtaildocs",
        "guidance",
        "search",
        "home",
        "consultation",
        "accounts",
    ):
        create_permissions(apps.get_app_config(label), verbosity=0)
    with transaction.atomic():
        Group.objects.filter(name__in=REPLACED_GROUPS, user__isnull=True).delete()
        for role in ROLES:
            group = Group.objects.get_or_create(name=role.name)[0]
            group.permissions.set(_model_permissions(role))
            _set_collection_permissions(group, role)
            _set_page_permissions(group, role)


def command_user() -> User:
    """The account in whose name a management command acts when it is told no other.

    It may do what a publisher may, and nobody can sign in with it: it has no password.
    """
    user, created = User.objects.get_or_create(
        email="commands@localhost", defaults={"first_name": "Management", "last_name": "command"}
    )
    if created:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    user.groups.add(Group.objects.get_or_create(name="Publishers")[0])
    return user


def _model_permissions(role: Role) -> list[Permission]:
    wanted = Q(pk__in=())
    for label in role.others:
        app, _, codename = label.partition(".")
        wanted |= Q(content_type__app_label=app, codename=codename)
    names = [f"{action}_{model}" for action in role.registers for model in REGISTERS]
    wanted |= Q(content_type__app_label="guidance", codename__in=names)
    return list(Permission.objects.filter(wanted))


def _set_collection_permissions(group: Group, role: Role) -> None:
    root = Collection.get_first_root_node()
    if root is None:
        return
    codenames = [f"{action}_{kind}" for action in role.media for kind in ("image", "document")]
    wanted = Permission.objects.filter(
        content_type__app_label__in=("wagtailimages", "wagtaildocs"), codename__in=codenames
    )
    GroupCollectionPermission.objects.filter(group=group).exclude(
        collection=root, permission__in=wanted
    ).delete()
    for permission in wanted:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


def _set_page_permissions(group: Group, role: Role) -> None:
    kept: set[int] = set()
    for page, actions in (
        (_page_of_type("guidance", "guidanceindexpage"), role.pages),
        (_page_of_type("home", "homepage"), role.home),
        (_page_of_type("consultation", "consultationindexpage"), role.consultations),
    ):
        if page is not None:
            kept |= {
                GroupPagePermission.objects.get_or_create(
                    group=group, page=page, permission=permission
                )[0].pk
                for permission in _page_permissions(actions)
            }
    GroupPagePermission.objects.filter(group=group).exclude(pk__in=kept).delete()


def _page_permissions(actions: Iterable[str]) -> Iterable[Permission]:
    return Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=[f"{action}_page" for action in actions],
    )


def _page_of_type(app: str, model: str) -> Page | None:
    """The one page of a model of an app above this one, which is named and never imported."""
    return Page.objects.filter(content_type__app_label=app, content_type__model=model).first()
