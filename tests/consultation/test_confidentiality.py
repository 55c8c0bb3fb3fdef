"""What was said in confidence, and what was not sent yet, leaves through no door.

Words that stand nowhere else are planted in every field, file name, file and draft; then everything
that anybody can open is opened and searched for them: pages, feeds, the API, the search, exports, the
admin as each role, e-mails, logs and error pages.
"""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

import pypdfium2
import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from consultation.actions.answering import save_answer
from consultation.actions.attaching import attach
from consultation.actions.following import follow
from consultation.actions.late import decide_late
from consultation.actions.links import invite
from consultation.actions.places import Places
from consultation.actions.submitting import amend, submit, withdraw
from consultation.actions.taking_in import Came, take_in
from consultation.admin.downloads import FORMS
from consultation.answers import Given
from consultation.models import Letter, Response
from consultation.parting import part_text
from consultation.views.desk import cookie_of
from tests import factories
from tests.consultation import samples

pytestmark = pytest.mark.django_db

PAGES = 400
LINK = re.compile(rb'(?:href|src|action)="(/[^"#]*)')
ANOTHER = "somebody.else@example.org"


@dataclass
class Planted:
    """Words that stand nowhere else, by what they are and by whose they are."""

    private: set[str] = field(default_factory=set)
    confidential: set[str] = field(default_factory=set)
    unsent: set[str] = field(default_factory=set)
    owner: dict[str, str] = field(default_factory=dict)

    def word(self, kind: str, owner: str) -> str:
        found = f"zq{kind[:4]}{len(self.owner):03d}qz"
        getattr(self, kind).add(found)
        self.owner[found] = owner
        return found

    @property
    def all(self) -> set[str]:
        return self.private | self.confidential | self.unsent


@dataclass
class World:
    consultation: object
    planted: Planted
    drafts: list[tuple[Response, str]]
    other_key: str


def _about(planted: Planted, kind: str, owner: str) -> dict[str, object]:
    def word() -> str:
        return planted.word(kind, owner)

    return {
        "respondent": "organisation", "organisation_type": "charity", "name": word(),
        "organisation": word(), "role": word(), "on_behalf_of": word(), "phone": word()[:40],
        "postal_address": word(), "email": owner, "publish_name": True, "publish_answer": True,
        "confidential_reason": word(),
    }  # fmt: skip


def _file(planted: Planted, kind: str, owner: str) -> ContentFile:
    name, words = planted.word(kind, owner), planted.word(kind, owner)
    return ContentFile(f"{words}\n".encode(), name=f"{name}.txt")


@pytest.fixture
def world() -> World:
    cache.clear()  # how many letters were asked for
    planted = Planted()
    page = samples.consultation()
    asked = samples.question(page, kind="agree", paragraphs=["1.1"])

    def written(kind: str, owner: str, *, marked: bool = False, **more: object):
        def said() -> str:
            words = planted.word(kind, owner)
            if not marked:
                return f"We think {words} of it."
            return f"{planted.word('private', owner)} and [[{words}]] too."

        about = {**_about(planted, "private" if marked else kind, owner), **more}
        response, key = samples.written(
            page, {asked: Given({"choice": "agree"}, said())}, {"1.2": said()}, **about
        )
        attach(response=response, file=_file(planted, kind, owner), confidential=marked)
        return response, key

    opened, _ = written("private", "open@example.org")
    submit(response=opened)
    submit(response=written("confidential", "marked@example.org", marked=True)[0])
    whole, _ = written("confidential", "whole@example.org", confidential="whole")
    submit(response=whole)
    back, _ = written("private", "back@example.org")
    submit(response=back)
    withdraw(response=back)
    late, _ = written("private", "late@example.org")
    submit(response=late, received_at=page.ends + timedelta(hours=1))
    drafts = [written("unsent", "draft@example.org")]
    copy = amend(response=opened)
    save_answer(
        response=copy, question=asked, seen=1,
        given=Given({"choice": "neither"}, planted.word("unsent", "open@example.org")),
    )  # fmt: skip
    invite(response=drafts[0][0], email=ANOTHER, person="Sam", invited_by="Robin")
    team = _member("Consultation team")
    decide_late(user=team, response=late, admit=True, reason="The post was slow.")
    letter = (
        f"Question 1: {planted.word('private', 'mail@example.org')}\n\nElsewhere"
        f" {planted.word('private', 'mail@example.org')} and"
        f" [[{planted.word('confidential', 'mail@example.org')}]].\n"
    )
    take_in(
        user=team, consultation=page, channel="email",
        received_at=timezone.now() - timedelta(minutes=1),
        about=_about(planted, "private", "mail@example.org"),
        pieces=part_text(letter, Places.of(page).known),
        originals=[Came("mail.txt", letter.encode())],
    )  # fmt: skip
    _, other = samples.written(
        page, {asked: Given({"choice": "agree"}, "Mine.")}, email="me@example.org"
    )
    return World(page, planted, drafts, other)


def _member(group: str):
    user = factories.user(f"{group.lower().replace(' ', '-')}@example.org", superuser=False)
    user.groups.add(Group.objects.get(name=group))
    return type(user).objects.get(pk=user.pk)


def _texts(body: bytes) -> Iterator[str]:
    """All the text of a file, also of those in it."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            for name in archive.namelist():
                yield name
                yield from _texts(archive.read(name))
    elif body.startswith(b"%PDF"):
        for page in pypdfium2.PdfDocument(body):
            yield page.get_textpage().get_text_range()
    else:
        yield body.decode("utf-8", "replace")


def found_in(body: bytes, words: Iterable[str]) -> set[str]:
    text = "\n".join(_texts(body))
    return {word for word in words if word in text}


def opened(client: Client, starts: Iterable[str], within: tuple[str, ...], words: set[str]):
    """Every page that can be reached by links, and which of the words are in it."""
    todo, seen, leaks = list(starts), set(), []
    while todo and len(seen) < PAGES:
        address = todo.pop(0)
        if address in seen or "logout" in address:
            continue
        seen.add(address)
        response = client.get(address)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if leaked := found_in(body + str(response.headers).encode(), words):
            leaks.append((address, sorted(leaked)))
        if response.status_code in (301, 302):
            todo.append(urlsplit(response.headers["Location"]).path)
        for link in LINK.findall(body):
            path = link.decode().replace("&amp;", "&")
            if path.startswith(within) and path not in seen:
                todo.append(path)
    return seen, leaks


PUBLIC = ("/consultations", "/guidance", "/folder", "/timetable", "/duties", "/legislation", "/api")


def test_the_public_finds_nothing(world, client):
    page, words = world.consultation, world.planted.all
    api = f"/api/v1/consultations/{page.slug}/"
    starts = [
        "/", "/consultations/", page.address, "/sitemap.xml", "/folder/feed.xml", "/health/",
        "/timetable/calendar.ics", f"{page.address}calendar.ics", f"{page.address}form.docx",
        "/api/v1/openapi.json", "/api/v1/consultations/", api, f"{api}questions/",
        f"{api}responses/", f"{page.address}respond/receipt.pdf", f"{page.address}respond/check/",
        f"{page.address}respond/save/?box=q-{page.questions.get().key}", "/nowhere/",
    ]  # fmt: skip
    seen, leaks = opened(client, starts, PUBLIC, words)
    assert leaks == []
    assert len(seen) > 40
    for word in sorted(words)[::5]:
        for address in (
            "/search/",
            "/api/v1/search/",
            "/search/suggest/",
            "/api/v1/search/suggest/",
        ):
            answer = client.get(address, {"q": word}).content.decode()
            others = {found for found in words if found in answer} - {word}
            assert not others, address
            assert "0 results" in answer or answer.count(word) <= 8
    for response in Response.objects.all():
        for file in response.attachments.all():
            assert client.get(f"{page.address}respond/files/{file.key}/").status_code in (
                302,
                303,
                404,
            )


def test_another_respondent_finds_nothing(world, client):
    page = world.consultation
    client.cookies[cookie_of(page)] = world.other_key
    base = f"{page.address}respond/"
    _, leaks = opened(
        client, [base, f"{base}check/", f"{base}receipt.pdf"], (base,), world.planted.all
    )
    assert leaks == []


@pytest.mark.parametrize(
    ("role", "hidden"),
    [
        ("Editors", ("private", "confidential", "unsent")),
        ("Legal", ("private", "confidential", "unsent")),
        ("Policy leads", ("confidential", "unsent")),
        ("Publishers", ("confidential", "unsent")),
        ("Consultation team", ("confidential", "unsent")),
        ("Sounding Board", ("private", "confidential", "unsent")),
    ],
)
def test_an_official_finds_no_more_than_the_role_allows(world, client, role, hidden):
    """Confidential words are shown to nobody unless they ask for them by an act of their own."""
    page = world.consultation
    words = set().union(*(getattr(world.planted, kind) for kind in hidden))
    client.force_login(_member(role))
    starts = [
        "/admin/", f"/admin/pages/{page.pk}/edit/", f"/admin/pages/{page.pk}/history/",
        "/admin/reports/site-history/", reverse("consultation_responses", args=[page.pk]),
        reverse("consultation_counts", args=[page.pk]), reverse("consultation_late"),
        reverse("consultation_pieces"), *(f"/admin/pages/search/?q={w}" for w in sorted(words)[:3]),
    ]  # fmt: skip
    within = ("/admin/consultations/", "/admin/snippets/consultation")
    _, leaks = opened(client, starts, within, words)
    leaks = [
        (address, leaked) for address, leaked in leaks if "/admin/pages/search/" not in address
    ]
    if role == "Consultation team":  # whoever takes responses in sees what they take in
        taking = ("/to-be-placed", "/enter/", "/pieces/", "/files/")
        leaks = [
            (address, leaked) for address, leaked in leaks if not any(t in address for t in taking)
        ]
    assert leaks == []
    for form, _ in FORMS:
        answer = client.post(reverse("consultation_export", args=[page.pk]), {"form": form})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert found_in(body, words) == set(), form


def test_e_mails_say_to_nobody_what_another_wrote(world, mailoutbox):
    Letter.objects.update(next_attempt_at=timezone.now())
    follow()
    assert {to for mail in mailoutbox for to in mail.to} >= {"open@example.org", ANOTHER}
    for mail in mailoutbox:
        files = b"\n".join(
            "\n".join(_texts(content if isinstance(content, bytes) else content.encode())).encode()
            for _, content, _ in mail.attachments
        )
        whole = f"{mail.subject}\n{mail.body}\n{dict(mail.extra_headers)}".encode() + files
        owners = {world.planted.owner[word] for word in found_in(whole, world.planted.all)}
        assert owners <= set(mail.to), mail.subject


def test_logs_hold_nothing_of_what_was_written(world, client, caplog, settings):
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    page = world.consultation
    draft, key = world.drafts[0]
    client.cookies[cookie_of(page)] = key
    client.raise_request_exception = False
    base = f"{page.address}respond/"
    question = page.questions.get()
    typed = {
        f"text.q-{question.key}": world.planted.word("unsent", "x"),
        f"seen.q-{question.key}": "0",
    }
    for address in (
        f"{base}save/",
        f"{base}all/",
        f"{base}question/{question.key}/",
        f"{base}you/",
    ):
        client.post(
            address, {**typed, "email": world.planted.word("unsent", "x"), "name": "x" * 300}
        )
    settings.EMAIL_BACKEND = "tests.guidance.broken_mail.Backend"
    Letter.objects.update(next_attempt_at=timezone.now())
    follow()
    submit(response=draft)
    text = "\n".join(f"{r.getMessage()} {r.args} {r.exc_text}" for r in caplog.records)
    assert {word for word in world.planted.all if word in text} == set()
    assert "@example.org" not in text


def test_the_audit_log_holds_no_words_of_a_response(world):
    rows = [*ModelLogEntry.objects.all(), *PageLogEntry.objects.all()]
    assert rows
    text = "\n".join(f"{row.label} {row.data}" for row in rows)
    assert {word for word in world.planted.all if word in text} == set()


def test_an_error_page_says_nothing_of_what_was_typed(world, monkeypatch):
    def fails(**_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("consultation.forms.answer.save_answer", fails)
    client = Client(raise_request_exception=False)
    page, question = world.consultation, world.consultation.questions.get()
    client.cookies[cookie_of(page)] = world.drafts[0][1]
    word = world.planted.word("unsent", "x")
    sent = {f"text.q-{question.key}": word, f"seen.q-{question.key}": "9"}
    answer = client.post(f"{page.address}respond/save/", sent)
    assert answer.status_code == 500
    assert found_in(answer.content, world.planted.all) == set()


def test_the_sweep_finds_what_may_be_found(world, client, mailoutbox):
    """Otherwise it would find nothing anywhere."""
    page, private = world.consultation, world.planted.private
    client.force_login(_member("Policy leads"))
    starts = [reverse("consultation_responses", args=[page.pk])]
    seen, read = opened(client, starts, ("/admin/consultations/",), private)
    assert len(seen) > 15
    mine = {word for word in private if world.planted.owner[word] == "open@example.org"}
    missed = mine - set().union(*(words for _, words in read))
    assert len(missed) <= 1  # a reason for confidentiality is shown where some is asked for
    for form, _ in FORMS:
        answer = client.post(reverse("consultation_export", args=[page.pk]), {"form": form})
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert found_in(body, private), form
    Letter.objects.update(next_attempt_at=timezone.now())
    follow()
    receipts = [mail for mail in mailoutbox if mail.attachments]
    assert any(found_in(mail.attachments[0][1], world.planted.all) for mail in receipts)
