"""Reading, filtering and counting responses in the admin."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from consultation.actions.reading_responses import Key, stretch
from consultation.actions.submitting import amend, submit, withdraw
from consultation.admin import responses as view
from consultation.answers import Given
from consultation.models import Attachment, Confidential, Lateness, QuestionKind, Response
from tests import factories
from tests.consultation import samples

pytestmark = pytest.mark.django_db
SECRET, NAME = "the swan pond", "Quillon Vantage"


def client_of(role: str) -> Client:
    user = factories.user(superuser=False)
    user.groups.add(Group.objects.get(name=role))
    return signed_in(user)


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def team() -> Client:
    return client_of("Consultation team")


@pytest.fixture
def lead() -> Client:
    """Reads and exports, and may not read confidential words."""
    return client_of("Policy leads")


@pytest.fixture
def page() -> Any:
    return samples.consultation()


def pages_of(page: Any, response: Any = None) -> list[str]:
    """Every address of the console."""
    pk, question = page.pk, page.questions.first()
    found = [reverse("consultation_which")] + [
        reverse(f"consultation_{name}", args=[pk])
        for name in ("responses", "by_paragraph", "counts", "export")
    ]
    if question:
        found.append(reverse("consultation_answers", args=[pk, question.pk]))
    if response:
        found.append(reverse("consultation_response", args=[response.pk]))
        found += [
            reverse("consultation_on_paragraph", args=[pk, comment.paragraph_id])
            for comment in response.comments.all()
        ]
    return found


def listed(client: Client, page: Any, **asked: Any) -> list[str]:
    """The references in a list, as the page has them."""
    shown = client.get(reverse("consultation_responses", args=[page.pk]), asked)
    assert shown.status_code == 200
    return [line.response.reference for line in shown.context["lines"]]


READERS = {"Policy leads", "Publishers", "Consultation team", "Administrators"}


@pytest.mark.parametrize(
    "role",
    ["Editors", "Policy leads", "Legal", "Sounding Board", "Publishers", "Consultation team",
     "Administrators"],
)  # fmt: skip
def test_who_may_read_by_role(page, role):
    samples.question(page)
    response = samples.submitted(page)
    client = client_of(role)
    for address in pages_of(page, response):
        answer = client.get(address)
        # Wagtail answers a refusal with a message on its home page, or 403.
        assert (answer.status_code == 200) == (role in READERS), address


@pytest.mark.parametrize(
    ("role", "may"), [(r, r in ("Consultation team", "Administrators")) for r in sorted(READERS)]
)
def test_who_may_see_confidential_words_by_role(page, role, may):
    response = samples.submitted(
        page, comments={"1.1": f"Keep [[{SECRET}]] quiet."}, confidential_reason="x"
    )
    client, address = client_of(role), reverse("consultation_response", args=[response.pk])
    assert ("Show confidential words" in client.get(address).content.decode()) == may
    shown = client.post(address)
    assert (shown.status_code == 200 and SECRET in shown.content.decode()) == may
    assert ModelLogEntry.objects.filter(action="consultation.read_confidential").exists() == may


def test_nobody_reads_without_signing_in(page):
    for address in pages_of(page, samples.submitted(page)):
        answer = Client().get(address)
        assert answer.status_code == 302
        assert "/login/" in answer.url


def test_what_is_still_being_written_is_nowhere(page, team):
    question = samples.question(page, kind=QuestionKind.YES_NO, paragraphs=["1.1"])
    draft, _ = samples.written(
        page, {question: Given({"choice": "yes"}, SECRET)}, {"1.1": SECRET}, name=NAME
    )
    for address in pages_of(page, draft):
        if address != reverse("consultation_response", args=[draft.pk]):
            words = team.get(address).content.decode()
            assert SECRET not in words
            assert NAME not in words
    assert team.get(reverse("consultation_response", args=[draft.pk])).status_code == 404
    assert team.get(reverse("consultation_responses", args=[page.pk])).context["lines"] == []


def test_confidential_passages_are_hidden_on_every_page_from_everybody(page, team, lead):
    question = samples.question(page)
    response = samples.submitted(
        page, {question: f"Open words [[{SECRET}]]."}, {"1.1": f"More [[{SECRET}]]"},
        confidential_reason=SECRET, organisation=f"Friends [[{SECRET}]]",
    )  # fmt: skip
    for client in (team, lead):
        for address in pages_of(page, response):
            assert SECRET not in client.get(address).content.decode(), address
    assert (
        "[confidential]"
        in team.get(reverse("consultation_response", args=[response.pk])).content.decode()
    )


def test_a_response_that_is_confidential_as_a_whole_says_nothing_of_whom_it_is_from(
    page, team, lead
):
    question = samples.question(page, kind=QuestionKind.YES_NO)
    response = samples.submitted(
        page, {question: Given({"choice": "no"}, "We do not.")}, {"1.1": SECRET},
        name=NAME, email="quillon@example.org", confidential=Confidential.WHOLE,
        confidential_reason="Ask me.",
    )  # fmt: skip
    for client in (team, lead):
        for address in pages_of(page, response):
            words = client.get(address).content.decode()
            for hidden in (NAME, SECRET, "quillon@", "We do not.", "Ask me."):
                assert hidden not in words, (address, hidden)
        assert listed(client, page, who=NAME) == []
        assert listed(client, page, words=SECRET) == []
        assert listed(client, page, answer=f"{question.pk}:no") == []
        assert listed(client, page, who=response.reference) == [response.reference]
    shown = team.post(reverse("consultation_response", args=[response.pk])).content.decode()
    for words in (NAME, SECRET, "quillon@", "We do not.", "Ask me."):
        assert words in shown
    again = team.get(reverse("consultation_response", args=[response.pk])).content.decode()
    assert NAME not in again


def test_words_are_not_found_in_what_is_confidential(page, team):
    samples.submitted(page, comments={"1.1": f"Open, and [[{SECRET}]]"}, confidential_reason="x")
    plain = samples.submitted(page, comments={"1.1": f"We like {SECRET}."})
    assert listed(team, page, words="Swan") == [plain.reference]


@pytest.fixture
def several(page) -> dict[str, Response]:
    now = timezone.now()
    one = samples.question(page, kind=QuestionKind.YES_NO)
    many = samples.question(
        page,
        kind=QuestionKind.SEVERAL,
        options=[["walks", "Walks"], ["play", "Play"], ["pl", "Pl"]],
    )
    org = {
        "respondent": "organisation",
        "organisation": "Friends of parks",
        "organisation_type": "charity",
    }
    found = {
        "early": samples.submitted(
            page, {one: Given({"choice": "yes"})}, received_at=now - timedelta(days=3)
        ),
        "charity": samples.submitted(
            page, {one: Given({"choice": "no"}), many: Given({"choices": ["walks", "play"]})}, **org
        ),
        "player": samples.submitted(
            page, {many: Given({"choices": ["play"]})}, email="play@example.org"
        ),
        "late": samples.submitted(
            page, comments={"1.2": "Sorry."}, received_at=page.ends + timedelta(hours=1)
        ),
    }
    found["gone"] = withdraw(response=samples.submitted(page, comments={"1.1": "Never mind."}))
    Response.objects.filter(pk=found["early"].pk).update(channel="post")
    return found


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({}, {"early", "charity", "player", "late", "gone"}),
        ({"channel": "post"}, {"early"}),
        ({"kind": "charity"}, {"charity"}),
        ({"kind": "individual"}, {"early", "player", "late", "gone"}),
        ({"lateness": "waiting"}, {"late"}),
        ({"state": "withdrawn"}, {"gone"}),
        ({"state": "standing"}, {"early", "charity", "player", "late"}),
        ({"checked": "unchecked"}, {"early"}),
        ({"checked": "checked"}, set()),
        ({"confidential": "nothing"}, {"early", "charity", "player", "late", "gone"}),
        ({"who": "friends"}, {"charity"}),
        ({"who": "play@"}, {"player"}),
        ({"who": "%"}, set()),
        ({"words": "sorry"}, {"late"}),
        ({"kind": "charity", "channel": "post"}, set()),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(page, team, several, asked, names):
    assert set(listed(team, page, **asked)) == {several[name].reference for name in names}


def test_the_list_is_narrowed_by_what_was_answered(page, team, several):
    one, many = page.questions.all()
    wanted = {
        f"{one.pk}": {"early", "charity"},
        f"{one.pk}:yes": {"early"},
        f"{many.pk}:play": {"charity", "player"},
        f"{many.pk}:pl": set(),
        f"{many.pk}:walks": {"charity"},
    }
    for answer, names in wanted.items():
        found = set(listed(team, page, answer=answer))
        assert found == {several[name].reference for name in names}, answer


def test_days_are_londons_and_a_fault_is_said_at_its_field(page, team, several):
    day = timezone.localtime(several["early"].received_at).date()
    assert listed(team, page, since=day, until=day) == [several["early"].reference]
    address = reverse("consultation_responses", args=[page.pk])
    for asked, said in (
        ({"since": "soon"}, "Enter a day such as"),
        ({"since": day, "until": day - timedelta(days=1)}, "not before the first"),
        ({"channel": "pigeon"}, "Choose one from the list"),
        ({"answer": "1; drop"}, "Choose one from the list"),
        ({"who": "\x00"}, "Null characters"),
    ):
        shown = team.get(address, asked)
        assert shown.status_code == 200
        assert said in shown.content.decode()
        assert shown.context["lines"] == []


def test_stretches_follow_each_other_and_lose_nothing(page, team, monkeypatch):
    monkeypatch.setattr(view, "stretch", partial(stretch, size=3))
    at = timezone.now() - timedelta(hours=1)
    made = [samples.submitted(page, received_at=at + timedelta(minutes=n // 3)) for n in range(8)]
    wanted = [r.pk for r in sorted(made, key=lambda r: (r.received_at, r.pk), reverse=True)]
    address, seen, shown = reverse("consultation_responses", args=[page.pk]), [], None
    query = ""
    while query is not None:
        shown = team.get(address + query)
        seen += [line.response.pk for line in shown.context["lines"]]
        query = shown.context["ways"]["older"] or None
    assert seen == wanted
    back = team.get(address + shown.context["ways"]["newer"])
    assert [line.response.pk for line in back.context["lines"]] == wanted[3:6]
    assert team.get(address + back.context["ways"]["newer"]).context["ways"]["newer"] == ""
    oldest = team.get(address, {"end": "oldest"})
    assert [line.response.pk for line in oldest.context["lines"]] == wanted[-3:]
    middle = Key.of(made[4])
    one = team.get(reverse("consultation_response", args=[made[4].pk]))
    at_ = wanted.index(made[4].pk)
    assert one.context["newer"].startswith(reverse("consultation_response", args=[wanted[at_ - 1]]))
    assert one.context["older"].startswith(reverse("consultation_response", args=[wanted[at_ + 1]]))
    assert Key.read(str(middle)) == middle


@pytest.mark.parametrize(
    "place", ["", "x", "1", "1-", "-1", "99999999999999999999-1", "²-1", "1-1"]
)
def test_a_place_that_cannot_be_read_is_the_newest(page, team, place):
    samples.submitted(page)
    address = reverse("consultation_responses", args=[page.pk])
    assert team.get(address, {"after": place}).status_code == 200


def test_words_are_looked_for_in_parts_and_nothing_is_passed_over(page, team, monkeypatch):
    monkeypatch.setattr("consultation.actions.reading_responses.LOOKED", 2)
    at = timezone.now() - timedelta(hours=1)
    made = [
        samples.submitted(
            page,
            comments={"1.1": "ponds" if n in (0, 4) else "trees"},
            received_at=at + timedelta(minutes=n),
        )
        for n in range(5)
    ]
    address, seen, query = reverse("consultation_responses", args=[page.pk]), [], "?words=ponds"
    for _ in range(5):
        shown = team.get(address + query)
        seen += [line.response.pk for line in shown.context["lines"]]
        query = shown.context["ways"]["older"]
        if not query:
            break
    assert seen == [made[4].pk, made[0].pk]


def test_one_response_is_read_whole(page, team):
    question = samples.question(
        page, text="First wording?", kind=QuestionKind.YES_NO, paragraphs=["1.1"]
    )
    first = samples.submitted(
        page, {question: Given({"choice": "yes"}, "Because.")}, {"1.2": "Well said."}
    )
    copy = amend(response=first)
    second = submit(response=copy).response
    shown = team.get(reverse("consultation_response", args=[second.pk])).content.decode()
    for words in (
        "First wording?",
        "Yes",
        "Because.",
        "Well said.",
        "1.2",
        "Version 2, this one",
        "robin@example.org",
    ):
        assert words in shown, words
    old = team.get(reverse("consultation_response", args=[first.pk])).content.decode()
    assert "Replaced by an amended one" in old


def test_answers_to_a_question_are_read_together(page, team):
    question = samples.question(page, kind=QuestionKind.AGREE, paragraphs=["1.1"])
    samples.submitted(page, {question: Given({"choice": "agree"}, "We do.")})
    samples.submitted(page, {question: Given({"choice": "disagree"}, "We do not.")})
    withdraw(response=samples.submitted(page, {question: "Gone."}))
    address = reverse("consultation_by_question", args=[page.pk])
    shown = team.get(address, follow=True).content.decode()
    assert "We do." in shown
    assert "We do not." in shown
    assert "Gone." not in shown
    only = team.get(
        reverse("consultation_answers", args=[page.pk, question.pk]), {"choice": "disagree"}
    )
    assert [said.chosen for _, said in only.context["rows"]] == ["Disagree"]
    assert (
        team.get(reverse("consultation_answers", args=[page.pk, question.pk + 99])).status_code
        == 404
    )


def test_what_was_said_on_a_paragraph_is_read_together(page, team):
    question = samples.question(page, paragraphs=["1.1"])
    made = samples.submitted(page, {question: "An answer."}, {"1.1": "A comment."})
    withdraw(response=samples.submitted(page, comments={"1.1": "Gone."}))
    rows = team.get(reverse("consultation_by_paragraph", args=[page.pk])).context["rows"]
    assert [(row.anchor.number, row.comments, len(row.questions)) for row in rows] == [
        ("1.1", 1, 1)
    ]
    address = reverse("consultation_on_paragraph", args=[page.pk, made.comments.get().paragraph_id])
    comments = team.get(address).content.decode()
    assert "A comment." in comments
    assert "Gone." not in comments
    assert "An answer." in team.get(address, {"question": question.pk}).content.decode()
    elsewhere = reverse("consultation_on_paragraph", args=[page.pk, made.key])
    assert team.get(elsewhere).status_code == 404


def test_counts_are_tables_and_a_file(page, team, several):
    one, _ = page.questions.all()
    shown = team.get(reverse("consultation_counts", args=[page.pk]))
    tables = {t.name: {li.key: li.count for li in t.lines} for t in shown.context["counts"].tables}
    assert shown.context["counts"].total == 4
    assert tables["lateness"] == {"in-time": 3, "waiting": 1, "admitted": 0, "refused": 0}
    assert tables["respondent"]["charity"] == 1
    assert tables[f"question-{one.pk}"] == {"yes": 1, "no": 1}
    assert sum(tables["day"].values()) == 4
    words = shown.content.decode()
    assert "<svg" in words
    assert "style=" not in words.split('id="lateness-title"')[1].split("</main>")[0]
    file = team.get(reverse("consultation_counts", args=[page.pk]), {"format": "csv"})
    assert file.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert '"In time and late","waiting","Late: to be decided",1' in file.content.decode(
        "utf-8-sig"
    )


def attached(response: Response, **fields: Any) -> Attachment:
    content = ContentFile(b"%PDF-1.4 words", name="plan.pdf")
    return Attachment.objects.create(
        response=response, file=content, name="plan of ours.pdf", media_type="application/pdf", size=14,
        sha256="0" * 64, added_at=timezone.now(), **{"scan": "clean", **fields},
    )  # fmt: skip


def test_files_are_handed_out_as_downloads_and_written_down(page, lead):
    file = attached(samples.submitted(page))
    sent = lead.get(reverse("consultation_file", args=[file.key]))
    assert sent.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(sent.streaming_content) == b"%PDF-1.4 words"
    assert ModelLogEntry.objects.filter(action="consultation.download").count() == 1


def test_a_confidential_file_is_given_to_a_post_of_whoever_may(page, lead, team):
    response = samples.submitted(page, comments={"1.1": f"[[{SECRET}]]"}, confidential_reason="x")
    for file in (attached(response, confidential=True), attached(response, original=True)):
        address = reverse("consultation_file", args=[file.key])
        assert lead.get(address).status_code == 405
        assert lead.post(address).status_code == 302  # to the home of the admin, with a refusal
        assert team.get(address).status_code == 405
        assert b"".join(team.post(address).streaming_content).startswith(b"%PDF")
    assert (
        "plan of ours"
        not in team.get(reverse("consultation_response", args=[response.pk])).content.decode()
    )
    acts = ModelLogEntry.objects.filter(action="consultation.read_confidential")
    assert acts.count() == 2


def test_a_file_in_quarantine_or_of_a_draft_is_not_handed_out(page, team):
    held = attached(samples.submitted(page), scan="waiting")
    assert team.get(reverse("consultation_file", args=[held.key])).status_code == 409
    draft, _ = samples.written(page)
    mine = attached(draft)
    assert team.get(reverse("consultation_file", args=[mine.key])).status_code == 404
    assert not ModelLogEntry.objects.filter(action="consultation.download").exists()


@pytest.mark.parametrize(
    "name", ["responses", "answers", "paragraphs", "on_paragraph", "counts", "response"]
)
def test_queries_do_not_grow_with_responses(page, team, name, django_assert_max_num_queries):
    question = samples.question(page, kind=QuestionKind.AGREE, paragraphs=["1.1"])

    def one() -> Response:
        return samples.submitted(
            page, {question: Given({"choice": "agree"}, "[[Yes]] we do.")}, {"1.1": "Hm.", "1.2": "Oh."},
            confidential_reason="x",
        )  # fmt: skip

    first = one()
    address = {
        "responses": reverse("consultation_responses", args=[page.pk]),
        "answers": reverse("consultation_answers", args=[page.pk, question.pk]),
        "paragraphs": reverse("consultation_by_paragraph", args=[page.pk]),
        "on_paragraph": reverse(
            "consultation_on_paragraph", args=[page.pk, first.comments.first().paragraph_id]
        ),
        "counts": reverse("consultation_counts", args=[page.pk]),
        "response": reverse("consultation_response", args=[first.pk]),
    }[name]
    team.get(address)
    counted = []
    for more in (0, 9):
        for _ in range(more):
            one()
        with django_assert_max_num_queries(60) as queries:
            team.get(address)
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_lateness_that_was_refused_is_not_among_the_answers(page, team):
    question = samples.question(page)
    late = samples.submitted(page, {question: "Too late."}, received_at=page.ends)
    Response.objects.filter(pk=late.pk).update(lateness=Lateness.REFUSED)
    shown = team.get(reverse("consultation_answers", args=[page.pk, question.pk]))
    assert shown.context["rows"] == []
