"""What the commands about one respondent have in common: who acts, and of whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.management.base import CommandError, CommandParser

from accounts.models import User
from consultation.actions.erasing import Held, NobodyFound, find_held


def add_person(parser: CommandParser) -> None:
    """Who asks (`--reference` or `--email`), and who acts (`--user`)."""
    who = parser.add_mutually_exclusive_group(required=True)
    who.add_argument("--reference", default="", help="The reference of a response: 4F7K-92MX.")
    who.add_argument("--email", default="", help="The address that responses give.")
    parser.add_argument("--user", required=True, help="Your own account, by its e-mail address.")


def acting(email: str) -> User:
    """The account in whose name it is done."""
    user = User.objects.filter(email__iexact=email, is_active=True).first()
    if user is None:
        raise CommandError(
            "There is no such account: give --user the address that you sign in with."
        )
    return user


def held_of(options: Mapping[str, Any], **more: str) -> Held:
    """What is held of the person who asks; CommandError where nothing is."""
    try:
        return find_held(reference=options["reference"], email=options["email"].strip(), **more)
    except NobodyFound as nobody:
        raise CommandError(str(nobody)) from None
