"""Comments on the paragraphs of a draft: Wagtail's own, so that editors meet them in the editor.

A comment belongs to the first field of its block there ("body.<block>.<field>"). People outside
see the threads that were begun by people of the step that they answer for, and no others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply, PageSubscription

from guidance.actions.notices import full, notify
from guidance.actions.review_steps import is_external, may_read
from guidance.models import EditionPage, SectionPage

LONGEST = 5000
"""Characters in a comment."""

FIELDS = {
    "paragraph": "number",
    "heading": "text",
    "box": "title",
    "glossary": "term",
    "question": "number",
    "quotation": "source",
    "table": "table",
    "figure": "alt",
}
"""Where in the editor the comments of each kind of block stand: a field that it always has. Unnumbered
text has none but its pieces; its comments stand at the first of them."""


def comment_on(*, user: Any, section: SectionPage, block: UUID | str, text: str) -> Comment:
    """Write a comment on a block of a draft's section, given by its identity.

    Raises PermissionDenied, or ValidationError for words that are missing or too long, and for a
    block that is not there (any more).
    """
    edition = _edition_open_to(user, section)
    text = _words(text)
    path = content_path(section, str(block))
    with transaction.atomic():
        comment = Comment.objects.create(page=section, user=user, text=text, contentpath=path)
        comment.log_create(user=user, page_revision=section.latest_revision)
        _tell(edition, section, user, text, comment)
    return comment


def reply_to(*, user: Any, comment: Comment, text: str) -> CommentReply:
    """Answer a comment."""
    section, edition = _place(comment)
    _check_sees(user, edition, comment)
    text = _words(text)
    with transaction.atomic():
        reply = CommentReply.objects.create(comment=comment, user=user, text=text)
        reply.log_create(user=user, page_revision=section.latest_revision)
        _tell(edition, section, user, text, comment)
    return reply


def edit_comment(*, user: Any, comment: Comment | CommentReply, text: str) -> None:
    """Write one's own comment or reply anew; nobody else may."""
    section = _own(user, comment)
    with transaction.atomic():
        comment.text = _words(text)
        comment.save()
        comment.log_edit(user=user, page_revision=section.latest_revision)


def delete_comment(*, user: Any, comment: Comment | CommentReply) -> None:
    """Delete one's own comment, with its replies, or one's own reply."""
    section = _own(user, comment)
    if isinstance(comment, Comment) and comment.replies.exclude(user=user).exists():
        raise ValidationError(
            "Somebody has answered this comment, so it stays. Write a reply, or edit your words."
        )
    with transaction.atomic():
        comment.log_delete(user=user, page_revision=section.latest_revision)
        comment.delete()


def resolve_comment(*, user: Any, comment: Comment, resolved: bool = True) -> None:
    """Mark a comment as dealt with, or open it again: for those who may edit, and its author."""
    section, edition = _place(comment)
    _check_sees(user, edition, comment)
    if comment.user_id != user.pk and not section.permissions_for_user(user).can_edit():
        raise PermissionDenied("Only an editor or its author can settle a comment.")
    with transaction.atomic():
        comment.resolved_at = timezone.now() if resolved else None
        comment.resolved_by = user if resolved else None
        comment.save()
        if resolved:
            comment.log_resolve(user=user, page_revision=section.latest_revision)
        else:
            comment.log_edit(user=user, page_revision=section.latest_revision)


def comments_by_block(
    sections: Iterable[SectionPage], edition: EditionPage, user: Any
) -> dict[str, list[Comment]]:
    """The comments that the user sees, oldest first, by the identity of their block ("" for those
    on no block), each with its replies; two or three queries whatever their number."""
    keys = [section.pk for section in sections]
    rows = _seen(edition, user).filter(page__in=keys)
    replies = CommentReply.objects.select_related("user").order_by("created_at", "pk")
    found: defaultdict[str, list[Comment]] = defaultdict(list)
    for comment in (
        rows.select_related("user", "resolved_by")
        .prefetch_related(Prefetch("replies", replies, to_attr="answers"))
        .order_by("created_at", "pk")
    ):
        parts = comment.contentpath.split(".")
        found[parts[1] if len(parts) > 1 and parts[0] == "body" else ""].append(comment)
    return dict(found)


def content_path(section: SectionPage, block: str) -> str:
    """Where Wagtail keeps a comment on a block, as the section is drafted now."""
    latest = section.get_latest_revision_as_object()
    for raw in latest.body.raw_data:
        if raw.get("id") == block:
            return f"body.{block}.{FIELDS.get(raw['type']) or _first_piece(raw['value'])}"
    raise ValidationError("That paragraph is no longer in the draft. Load the page again.")


def _first_piece(value: Mapping[str, Any]) -> str:
    pieces = value.get("body") or [{}]
    return f"body.{pieces[0].get('id', '')}".rstrip(".")


def _seen(edition: EditionPage, user: Any) -> Any:
    rows = Comment.objects.all()
    if not is_external(user):
        return rows
    task = edition.current_workflow_task
    groups = task.groups.all() if task is not None and hasattr(task, "groups") else []
    return rows.filter(user__in=get_user_model().objects.filter(groups__in=groups))


def _edition_open_to(user: Any, section: SectionPage) -> EditionPage:
    edition = EditionPage.objects.get(pk=section.get_parent().pk)
    if edition.issued:
        raise PermissionDenied("This edition is published; its draft takes no more comments.")
    if not may_read(edition, user):
        raise PermissionDenied("This draft is not before you.")
    return edition


def _place(comment: Comment) -> tuple[SectionPage, EditionPage]:
    section = SectionPage.objects.get(pk=comment.page_id)
    return section, EditionPage.objects.get(pk=section.get_parent().pk)


def _check_sees(user: Any, edition: EditionPage, comment: Comment) -> None:
    section = SectionPage.objects.get(pk=comment.page_id)
    _edition_open_to(user, section)
    if not _seen(edition, user).filter(pk=comment.pk).exists():
        raise PermissionDenied("This comment is not before you.")


def _own(user: Any, comment: Comment | CommentReply) -> SectionPage:
    thread = comment.comment if isinstance(comment, CommentReply) else comment
    section, _ = _place(thread)
    _edition_open_to(user, section)
    if comment.user_id != user.pk:
        raise PermissionDenied("Only its author can change a comment.")
    return section


def _words(text: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError("Write your comment first.")
    if len(text) > LONGEST:
        raise ValidationError(f"A comment can have {LONGEST:,} characters; this has {len(text):,}.")
    return text


def _tell(
    edition: EditionPage, section: SectionPage, user: Any, words: str, comment: Comment
) -> None:
    """To whoever follows the section or its edition in Wagtail, and to the others of the thread;
    people outside are told only of threads that they are in."""
    followers = PageSubscription.objects.filter(
        page__in=[section.pk, edition.pk], comment_notifications=True
    )
    people = [row.user for row in followers.select_related("user") if not is_external(row.user)]
    people += [edition.owner, comment.user, *(r.user for r in comment.replies.all())]
    address = reverse("guidance_reading_section", args=[edition.pk, section.pk])
    notify(
        "comments",
        [person for person in people if person is not None and person != user],
        edition,
        by=user,
        place=f"section {section.number} {section.title}".replace("  ", " ").strip(),
        words=words,
        comment_address=f"{full(address)}#comment-{comment.pk}",
    )
