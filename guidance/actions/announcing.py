"""Tells the rest of the site that what readers see has changed, once it is there for good."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from wagtail.models import Page
from wagtail.signals import page_published


def announce(pages: Iterable[Page]) -> None:
    """After the transaction: search, caches and whatever else listens to Wagtail hear of it."""
    listed: list[Any] = list(pages)

    def send() -> None:
        for page in listed:
            page_published.send(sender=type(page), instance=page, revision=page.live_revision)

    transaction.on_commit(send)
