"""What editors teach the search: words that mean the same, and what is shown first for a search.

Both count from the next search on; nothing has to be indexed again.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from wagtail.log_actions import log

from guidance.models import Edition, GuidancePage, Paragraph
from guidance.prepared import Prepared
from search.analysis import FUNCTION_WORDS, stems
from search.models import Promotion, Synonym
from search.promotions import key_of

TEACH = "search.teach_search"
MOST_PROMOTED = 5
"""For one search: more would leave no room for what the search finds itself."""

LONGEST_WORDS = 500

SYNONYM_ADDED = "search.synonym_added"
SYNONYM_CHANGED = "search.synonym_changed"
SYNONYM_REMOVED = "search.synonym_removed"
PROMOTED = "search.promoted"
UNPROMOTED = "search.unpromoted"
ARRANGED = "search.promotions_arranged"

logger = logging.getLogger(__name__)


def may_teach(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(TEACH))


def add_synonym(*, user: Any, words: str) -> Synonym:
    """Let words or phrases, with commas between them, mean the same.

    Raises PermissionDenied, or ValidationError at `words`.
    """
    _allow(user)
    with transaction.atomic():
        synonym = Synonym(words=checked_words(words), made_by=user)
        synonym.full_clean()
        synonym.save()
        log(instance=synonym, action=SYNONYM_ADDED, user=user, title=synonym.words)
    logger.info("event=%s synonym=%s user=%s", SYNONYM_ADDED, synonym.pk, user.pk)
    return synonym


def change_synonym(*, user: Any, synonym: Synonym, words: str) -> Synonym:
    """Give a group of words other words. Raises as `add_synonym` does."""
    _allow(user)
    with transaction.atomic():
        synonym = Synonym.objects.select_for_update().get(pk=synonym.pk)
        before, synonym.words = synonym.words, checked_words(words, but=synonym)
        synonym.full_clean()
        synonym.save()
        data = {"before": before}
        log(instance=synonym, action=SYNONYM_CHANGED, user=user, title=synonym.words, data=data)
    logger.info("event=%s synonym=%s user=%s", SYNONYM_CHANGED, synonym.pk, user.pk)
    return synonym


def remove_synonym(*, user: Any, synonym: Synonym) -> None:
    """Let the words mean what they say again."""
    _allow(user)
    number = synonym.pk
    with transaction.atomic():
        log(instance=synonym, action=SYNONYM_REMOVED, user=user, title=synonym.words, deleted=True)
        synonym.delete()
    logger.info("event=%s synonym=%s user=%s", SYNONYM_REMOVED, number, user.pk)


def promote(
    *, user: Any, search: str, document: GuidancePage, paragraph: Paragraph | None = None
) -> Promotion:
    """Show a paragraph, or a document where none is named, first for a search, after what was
    promoted for it before.

    Raises PermissionDenied, or ValidationError that says what to do.
    """
    _allow(user)
    key = key_of(search)
    if not key:
        raise ValidationError({"search": "Say for which search: give at least one word."})
    _issued(document, paragraph)
    with transaction.atomic():
        there = list(Promotion.objects.select_for_update().filter(key=key))
        if any((one.document_id, one.paragraph_id) == _place(document, paragraph) for one in there):
            raise ValidationError("This is promoted for this search already.")
        if len(there) >= MOST_PROMOTED:
            raise ValidationError(
                f"{MOST_PROMOTED} results are promoted for this search already; remove one first."
            )
        promotion = Promotion(
            search=" ".join(search.split())[:200],
            key=key,
            document=document,
            paragraph=paragraph,
            position=max((one.position for one in there), default=0) + 1,
            made_by=user,
        )
        promotion.full_clean()
        promotion.save()
        log(
            instance=promotion,
            action=PROMOTED,
            user=user,
            title=promotion.search,
            data=_what(promotion),
        )
    logger.info("event=%s promotion=%s user=%s", PROMOTED, promotion.pk, user.pk)
    return promotion


def unpromote(*, user: Any, promotion: Promotion) -> None:
    """Let it stand where the search itself puts it."""
    _allow(user)
    number = promotion.pk
    with transaction.atomic():
        log(
            instance=promotion,
            action=UNPROMOTED,
            user=user,
            title=promotion.search,
            data=_what(promotion),
            deleted=True,
        )
        promotion.delete()
    logger.info("event=%s promotion=%s user=%s", UNPROMOTED, number, user.pk)


def arrange(*, user: Any, search: str, order: Sequence[int]) -> list[Promotion]:
    """Put what is promoted for a search in this order of primary keys; what is not named follows.

    Another person may have removed or added one meanwhile: keys that are not there count nothing.
    """
    _allow(user)
    with transaction.atomic():
        there = list(promotions_of(search).select_for_update(of=("self",)))
        wanted = {number: place for place, number in enumerate(order)}
        arranged = sorted(there, key=lambda one: wanted.get(one.pk, len(wanted)))
        if [one.pk for one in arranged] == [one.pk for one in there]:
            return arranged
        for position, promotion in enumerate(arranged, 1):
            promotion.position = position
        Promotion.objects.bulk_update(arranged, ["position"])
        log(
            instance=arranged[0],
            action=ARRANGED,
            user=user,
            title=arranged[0].search,
            data={"order": [one.pk for one in arranged]},
        )
    logger.info("event=%s promotion=%s user=%s", ARRANGED, arranged[0].pk, user.pk)
    return arranged


def promotions_of(search: str) -> QuerySet[Promotion]:
    """What is promoted for a search, in order."""
    return Promotion.objects.filter(key=key_of(search)).select_related("document")


def promoted_for(text: str) -> list[tuple[str, str]]:
    """(document slug, paragraph identity or "") of what is shown first for a search, in order; one
    query, or none where nothing is asked."""
    key = key_of(text)
    if not key:
        return []
    return [(slug, str(identity or "")) for slug, identity in _PROMOTED.rows(key=key)]


def checked_words(words: str, but: Synonym | None = None) -> str:
    """The words tidied, each once. Raises ValidationError at `words` where they would teach nothing,
    or too much; `but` is the group that they are to stand in place of."""
    if len(words) > LONGEST_WORDS:
        raise _refused(f"Keep them within {LONGEST_WORDS} characters; make two groups of them.")
    phrases: dict[tuple[str, ...], str] = {}
    for phrase in words.split(","):
        tidy = " ".join(phrase.split())
        if tidy and all(word.lower() in FUNCTION_WORDS for word in tidy.split()):
            raise _refused(
                f"“{tidy}” is in nearly every paragraph and tells nothing apart; leave it out."
            )
        if found := stems(tidy):
            phrases.setdefault(found, tidy)
    if len(phrases) < 2:
        raise _refused(
            "Give at least two different words or phrases, with commas between them, as in"
            " bins, refuse, waste. One word alone has nothing to mean the same as."
        )
    for other in Synonym.objects.all():
        if other != but and set(phrases) <= {stems(phrase) for phrase in other.phrases}:
            raise _refused(f"These words mean the same already: see “{other.words}”.")
    return ", ".join(phrases.values())


def _promoted(key: str) -> QuerySet[Promotion, tuple[Any, ...]]:
    return Promotion.objects.filter(key=key).values_list("document__slug", "paragraph_id")


_PROMOTED = Prepared(_promoted, "key")


def _allow(user: Any) -> None:
    if not may_teach(user):
        raise PermissionDenied("You may not teach the search.")


def _refused(sentence: str) -> ValidationError:
    return ValidationError({"words": sentence})


def _issued(document: GuidancePage, paragraph: Paragraph | None) -> None:
    """What nobody may read yet is not promoted."""
    if not Edition.objects.filter(document=document).exists():
        raise ValidationError("None of its editions is published yet, so it cannot be promoted.")
    if paragraph is not None and (
        paragraph.document_id != document.pk or not paragraph.versions.exists()
    ):
        raise ValidationError("There is no such paragraph in this guidance; choose another.")


def _place(document: GuidancePage, paragraph: Paragraph | None) -> tuple[int, Any]:
    return document.pk, paragraph.pk if paragraph else None


def _what(promotion: Promotion) -> dict[str, str]:
    return {
        "document": str(promotion.document_id),
        "paragraph": str(promotion.paragraph_id or ""),
    }
