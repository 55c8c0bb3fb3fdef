"""Keeps superusers out of reach of people who may manage accounts and are none themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail import hooks

from accounts.models import User


@hooks.register("before_create_user")
def only_superusers_make_superusers(request: HttpRequest) -> None:
    if request.POST.get("is_superuser") and not _all_powerful(request):
        raise PermissionDenied


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def only_superusers_change_superusers(request: HttpRequest, user: User) -> None:
    """Whoever could set a superuser's password or address could become one."""
    if not _all_powerful(request) and (user.is_superuser or request.POST.get("is_superuser")):
        raise PermissionDenied


@hooks.register("before_bulk_action")
def nor_in_bulk(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action_class: Any
) -> None:
    superusers = any(isinstance(user, User) and user.is_superuser for user in objects)
    if superusers and not _all_powerful(request):
        raise PermissionDenied


def _all_powerful(request: HttpRequest) -> bool:
    return bool(getattr(request.user, "is_superuser", False))
