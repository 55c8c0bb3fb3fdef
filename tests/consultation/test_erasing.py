"""Retention and erasure: what is personal goes, what is counted stays, and again changes nothing."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db.models import CharField, TextField
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry, PageLogEntry

from consultation.actions import erasing
from consultation.actions.access import open_access
from consultation.actions.counting import counted
from consultation.actions.erasing import (
    Erased,
    apply_retention,
    due,
    erase_person,
    find_held,
    would_go,
)
from consultation.actions.following import JOBS
from consultation.actions.submitting import amend, submit, withdraw
from consultation.answers import Given
from consultation.models import (
    Access,
    Answer,
    Attachment,
    Authority,
    ConsultationPage,
    Letter,
    LetterKind,
    ParagraphComment,
    Piece,
    Response,
    ReturnLink,
    State,
)
from consultation.models.attachments import private_files
from consultation.retention import drafts_kept_until, kept_until
from tests.consultation import samples

SECRET = "zebra-crossing"
ADDRESS = f"{SECRET}@example.org"


def held(page, *, sent: bool = True, **fields) -> Response:
    """A response with something personal in every place that there is."""
    question = page.questions.first() or samples.question(page, "1", kind="agree")
    about = {
        "name": SECRET, "organisation": SECRET, "respondent": "organisation",
        "organisation_type": "charity", "role": SECRET, "on_behalf_of": SECRET, "email": ADDRESS,
        "phone": SECRET, "postal_address": SECRET, "confidential": "whole",
        "confidential_reason": SECRET,
        "authority": Authority.objects.get_or_create(name="Swanbury")[0], **fields,
    }  # fmt: skip
    answers = {question: Given({"choice": "agree"}, f"[[{SECRET}]]")}
    response, _ = samples.written(page, answers, {"1.1": SECRET}, **about)
    if sent:
        response = submit(response=response).response
    now = timezone.now()
    Answer.objects.filter(response=response).update(saved_by=SECRET)
    Piece.objects.create(response=response, position=0, text=SECRET)
    ReturnLink.objects.create(
        response=response, digest=str(response.pk), email=ADDRESS, person=SECRET,
        made_at=now, expires_at=now,
    )  # fmt: skip
    Letter.objects.create(
        response=response, kind=LetterKind.LINK, to=ADDRESS, made_at=now, next_attempt_at=now
    )
    file(response)
    return response


def file(response: Response) -> Attachment:
    made = Attachment(
        response=response, name=f"{SECRET}.txt", media_type="text/plain", size=1, sha256="0",
        added_at=timezone.now(),
    )  # fmt: skip
    made.file.save("words.bin", ContentFile(SECRET.encode()), save=False)
    made.save()
    return made


def over(page: ConsultationPage, *, months: int = 25) -> ConsultationPage:
    """Let it have closed so many months ago."""
    closes = timezone.now() - timedelta(days=31 * months)
    ConsultationPage.objects.filter(pk=page.pk).update(
        opens=closes - timedelta(weeks=12), closes=closes
    )
    page.refresh_from_db()
    return page


def everything_stored() -> str:
    """Every column of every row of what belongs to responses, and of the audit log."""
    models = (
        Response, Answer, ParagraphComment, Piece, Attachment, Access, ReturnLink, Letter,
        ModelLogEntry, PageLogEntry,
    )  # fmt: skip
    return repr([list(model._default_manager.values()) for model in models])


def officer(codename: str = "erase_responses"):
    user = get_user_model().objects.create_user(f"{codename}@example.org", "secret")
    user.user_permissions.add(Permission.objects.get(codename=codename))
    return user


pytestmark = pytest.mark.django_db


def test_nothing_personal_is_left_and_what_is_counted_stays():
    page = samples.consultation()
    response = held(page)
    name = response.attachments.get().file.name
    counts = counted(page.pk, "day"), counted(page.pk, "value", page.questions.get().pk)
    assert SECRET in everything_stored()
    over(page)

    assert apply_retention() == Erased(1, 0, 1)

    assert SECRET not in everything_stored()
    assert not private_files().exists(name)
    after = Response.objects.get(pk=response.pk)
    for kept in ("reference", "received_at", "channel", "respondent", "organisation_type", "state"):
        assert getattr(after, kept) == getattr(response, kept), kept
    assert after.erased_at is not None
    assert after.answers.get().value == {"choice": "agree"}
    assert after.comments.get().number == "1.1"
    assert counts == (counted(page.pk, "day"), counted(page.pk, "value", page.questions.get().pk))


def test_every_field_in_words_of_a_response_is_erased_or_meant_to_stay():
    """Whoever adds a field has to say which."""
    stays = {
        "state", "channel", "reference", "lateness", "late_reason", "respondent",
        "organisation_type", "confidential",
    }  # fmt: skip
    words = {
        field.name
        for field in Response._meta.concrete_fields
        if isinstance(field, CharField | TextField)
    }
    assert words - stays == set(erasing.BLANK) - {"authority"}


def test_nothing_goes_before_its_time():
    page = samples.consultation()
    held(page)
    held(page, sent=False)
    before = everything_stored()
    for months in (0, 2):
        over(page, months=months)
        assert due(timezone.now()) == []
        assert apply_retention() == Erased()
    assert everything_stored() == before


def test_what_was_never_sent_goes_three_months_after_the_close():
    page = samples.consultation()
    sent, unsent = held(page), held(page, sent=False)
    over(page, months=4)
    assert apply_retention() == Erased(0, 1, 1)
    assert not Response.objects.filter(pk=unsent.pk).exists()
    assert Response.objects.get(pk=sent.pk).name == SECRET


def test_an_unsent_amendment_goes_and_the_response_keeps_its_files_and_keys():
    page = samples.consultation()
    sent = held(page)
    key = Access.objects.get(response=sent)
    copy = amend(response=sent)
    assert Access.objects.get(pk=key.pk).response == copy
    over(page, months=4)
    assert apply_retention().drafts == 1
    assert Access.objects.get(pk=key.pk).response == sent
    assert private_files().exists(sent.attachments.get().file.name)


def test_replaced_and_withdrawn_responses_are_erased_too():
    page = samples.consultation()
    first, second = held(page), held(page)
    submit(response=amend(response=first))
    withdraw(response=second)
    over(page)
    assert apply_retention().responses == 3
    assert SECRET not in everything_stored()


def test_it_is_done_once_in_batches_and_goes_on_where_it_was_cut_off(monkeypatch):
    page = samples.consultation()
    for _ in range(5):
        samples.submitted(page, name=SECRET)
    over(page)
    monkeypatch.setattr(erasing, "BATCH", 2)
    assert apply_retention(most=2) == Erased(2, 0, 0)
    wipe = erasing._wipe

    def broken(responses, now):
        if len(responses) < 2:
            raise OSError
        return wipe(responses, now)

    monkeypatch.setattr(erasing, "_wipe", broken)
    with pytest.raises(OSError):
        apply_retention()
    monkeypatch.setattr(erasing, "_wipe", wipe)
    assert apply_retention() == Erased(1, 0, 0)
    assert apply_retention() == Erased()
    said = PageLogEntry.objects.filter(page=page.pk, action="consultation.erase")
    assert sorted(entry.data["responses"] for entry in said) == [1, 2, 2]


def test_where_there_is_nothing_to_erase_it_asks_twice(django_assert_num_queries):
    page = samples.consultation()
    held(page)
    over(page)
    apply_retention()
    with django_assert_num_queries(2):
        assert apply_retention() == Erased()


def test_the_watch_beside_the_site_does_it():
    page = samples.consultation()
    held(page)
    over(page)
    assert erasing.erase_what_is_due in JOBS
    erasing.erase_what_is_due()
    assert SECRET not in everything_stored()


def test_the_log_has_numbers_only(caplog):
    page = samples.consultation()
    held(page)
    over(page)
    caplog.set_level(logging.INFO)
    apply_retention()
    assert "event=retention_applied" in caplog.text
    assert SECRET not in caplog.text


def test_a_dry_run_says_what_would_go_and_leaves_it():
    page = samples.consultation(slug="parks-old")
    held(page)
    over(page)
    before, out = everything_stored(), StringIO()
    call_command("apply_retention", "--dry-run", stdout=out)
    assert "parks-old: 1 responses, 0 unsent drafts, 1 files" in out.getvalue()
    assert would_go(page, timezone.now()) == Erased(1, 0, 1)
    assert everything_stored() == before
    call_command("apply_retention", stdout=out)
    assert SECRET not in everything_stored()


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
    st.integers(0, 240),
)
def test_the_time_of_keeping_is_whole_months_and_drafts_never_stay_longer(closes, months):
    until = kept_until(closes, months)
    assert until > closes
    assert drafts_kept_until(closes, months) <= until
    assert kept_until(closes, months + 1) > until


def test_a_month_that_is_too_short_ends_on_its_last_day():
    closes = datetime(2025, 11, 30, 23, 59, tzinfo=UTC)
    assert kept_until(closes.replace(hour=12), 3).date().isoformat() == "2026-02-28"
    assert kept_until(datetime(2026, 1, 31, 12, tzinfo=UTC), 3).isoformat() == (
        "2026-04-30T12:01:00+01:00"
    )


# One person


@pytest.mark.parametrize("by", ["reference", "email"])
def test_all_of_one_person_is_erased_and_nothing_of_others(by):
    page = samples.consultation()
    mine, other = held(page), samples.submitted(page, name="Kim Other", email="kim@example.org")
    submit(response=amend(response=mine))
    amend(response=Response.objects.get(amends=mine))
    ReturnLink.objects.create(
        response=other, digest="x", email=ADDRESS.upper(), made_at=timezone.now(),
        expires_at=timezone.now(),
    )  # fmt: skip
    words = {"reference": mine.reference.lower()} if by == "reference" else {"email": ADDRESS}
    found = find_held(**words)
    assert (len(found.responses), len(found.drafts)) == (2, 1)

    user = officer()
    done = erase_person(user=user, held=found, reason="Asked by letter.")

    assert (done.responses, done.drafts) == (2, 1)
    left = everything_stored()
    assert SECRET not in left
    assert "Kim Other" in left
    assert (ADDRESS.upper() in left) == (by == "reference")
    assert not Access.objects.filter(response__in=[r.pk for r in found.responses]).exists()
    entries = ModelLogEntry.objects.filter(action="consultation.erase")
    assert {(entry.user, entry.data["reason"]) for entry in entries} == {(user, "Asked by letter.")}
    assert entries.count() == 2


def test_only_who_may_can_erase():
    page = samples.consultation()
    held(page)
    before = everything_stored()
    with pytest.raises(PermissionDenied):
        erase_person(user=officer("view_response"), held=find_held(email=ADDRESS), reason="x")
    assert everything_stored() == before


def test_the_command_says_what_would_go_and_does_it_when_told():
    page = samples.consultation(slug="parks-now")
    response = held(page)
    user, out = officer(), StringIO()
    words = ["--email", ADDRESS, "--user", user.email, "--reason", "Asked."]
    call_command("erase_respondent", *words, stdout=out)
    assert f"parks-now: {response.reference}, version 1, received" in out.getvalue()
    assert "Nothing was erased" in out.getvalue()
    assert SECRET in everything_stored()
    call_command("erase_respondent", *words, "--yes", stdout=out)
    assert SECRET not in everything_stored()
    assert SECRET not in out.getvalue()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--reference", "nonsense"], "not a reference"),
        (["--email", "nobody@example.org"], "Nothing is held"),
        (["--email", ""], "--email is required"),
    ],
)
def test_the_command_says_what_is_wrong(words, said):
    held(samples.consultation())
    with pytest.raises(CommandError, match=said):
        call_command("erase_respondent", *words, "--user", officer().email, "--reason", "x")


def test_the_command_wants_an_account_that_there_is():
    held(samples.consultation())
    words = ["--email", ADDRESS, "--user", "nobody@example.org", "--reason", "x", "--yes"]
    with pytest.raises(CommandError, match="no such account"):
        call_command("erase_respondent", *words)
    assert SECRET in everything_stored()


def test_of_one_consultation_only_that_is_erased():
    one, other = samples.consultation(), samples.consultation()
    held(one)
    held(other)
    erase_person(
        user=officer(), held=find_held(email=ADDRESS, consultation=one.slug), reason="Asked."
    )
    assert list(Response.objects.filter(name=SECRET).values_list("consultation", flat=True)) == [
        other.pk
    ]


def test_an_erased_response_opens_for_no_key():
    page = samples.consultation()
    response = held(page)
    open_access(response=response)
    erase_person(user=officer(), held=find_held(email=ADDRESS), reason="Asked.")
    assert not Access.objects.exists()
    assert Response.objects.get().state == State.SUBMITTED


def test_nothing_of_responses_is_in_a_search_index():
    from modelsearch.index import get_indexed_models

    indexed = {model._meta.label for model in get_indexed_models()}
    held_in = {
        model._meta.label for model in (Response, Answer, ParagraphComment, Piece, Attachment)
    }
    assert indexed
    assert not indexed & held_in
