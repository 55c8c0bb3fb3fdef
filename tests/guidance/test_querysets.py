"""In force on a date, and as known on an instant: tables in which every state is visible."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from guidance.actions.publishing import EditionNotReady, publish_edition
from guidance.models import Edition, Withdrawal
from guidance.querysets import end_of
from guidance.standing import in_force_on
from tests import factories as make

pytestmark = pytest.mark.django_db

# slug, stage, published, in force from, issued on this site
EDITIONS = [
    ("draft-2007", "consultation", "2007-11-20", None, "2007-11-20"),
    ("final-2008", "final", "2008-06-01", "2008-07-01", "2008-06-02"),
    ("corrigendum", "corrigendum", "2008-07-10", "2008-07-01", "2008-07-12"),
    ("final-2009", "final", "2009-03-01", "2009-04-01", "2009-02-20"),
    ("draft-2010", "consultation", "2010-01-01", None, "2010-01-01"),
    ("backdated", "final", "2010-06-01", "2010-05-01", "2010-06-01"),
    ("future", "final", "2011-01-01", "2030-01-01", "2011-01-01"),
]


@pytest.fixture
def document():
    found = make.document("parks")
    for slug, stage, published, in_force_from, issued in EDITIONS:
        make.issued(
            found,
            slug=slug,
            stage=stage,
            published=date.fromisoformat(published),
            in_force_from=in_force_from and date.fromisoformat(in_force_from),
            now=datetime.fromisoformat(issued).replace(hour=12, tzinfo=UTC),
            **_corrects(found, stage),
        )
    return found


def _corrects(document, stage):
    if stage != "corrigendum":
        return {}
    return {"corrects": document.issued_editions.latest("issued_at"), "correction": "A slip."}


def slug_of(queryset):
    return ", ".join(queryset.values_list("slug", flat=True))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2007-11-20", ""),  # a draft is published, and never in force
        ("2008-06-30", ""),  # published, not yet in force
        ("2008-07-01", "final-2008"),  # the first day of force
        ("2008-07-09", "final-2008"),  # the corrigendum is not published yet
        ("2008-07-10", "corrigendum"),  # published, and in force from the same date as the first
        ("2009-03-31", "corrigendum"),  # the next edition is published, not yet in force
        ("2009-04-01", "final-2009"),
        ("2010-01-01", "final-2009"),  # a later draft changes nothing
        ("2010-05-15", "final-2009"),  # in force from earlier, but published later
        ("2010-06-01", "backdated"),
        ("2029-12-31", "backdated"),  # the future edition is not yet in force
        ("2030-01-01", "future"),
    ],
)
def test_in_force_on_a_date(document, day, expected):
    assert slug_of(Edition.objects.in_force_on(date.fromisoformat(day))) == expected


@pytest.mark.parametrize(
    ("day", "known", "expected"),
    [
        ("2008-07-01", "2008-06-01", ""),  # not on this site yet
        ("2008-07-01", "2008-06-03", "final-2008"),
        (
            "2008-07-11",
            "2008-07-11",
            "final-2008",
        ),  # the corrigendum was published, we had not got it
        ("2008-07-11", "2008-07-13", "corrigendum"),
        (
            "2009-04-01",
            "2009-02-21",
            "final-2009",
        ),  # known before it was published, and asked ahead
        ("2009-04-01", "2009-02-01", "corrigendum"),
        ("2030-01-01", "2010-12-31", "backdated"),
        ("2030-01-01", "2011-01-02", "future"),
    ],
)
def test_in_force_on_a_date_as_the_site_knew_it_on_another(document, day, known, expected):
    instant = datetime.fromisoformat(known).replace(tzinfo=UTC)
    assert (
        slug_of(Edition.objects.in_force_on(date.fromisoformat(day), known_on=instant)) == expected
    )
    assert expected in ("", *Edition.objects.known_on(instant).values_list("slug", flat=True))


def test_on_no_day_is_more_than_one_edition_of_a_document_in_force(document):
    other = make.document()
    make.issued(other, slug="only", published=date(2008, 1, 1))
    day = date(2007, 1, 1)
    while day < date(2012, 1, 1):
        found = list(Edition.objects.in_force_on(day).values_list("document_id", flat=True))
        assert len(found) == len(set(found))
        day += timedelta(days=9)
    assert sorted(Edition.objects.in_force_on(date(2009, 5, 1)).values_list("slug", flat=True)) == [
        "final-2009",
        "only",
    ]


def test_the_database_takes_no_two_editions_with_the_same_two_dates(document):
    rival = make.draft(
        document, slug="rival", published=date(2009, 3, 1), in_force_from=date(2009, 4, 1)
    )
    with pytest.raises(EditionNotReady, match="same day"):
        publish_edition(user=make.user(), page=rival)
    row = Edition.objects.get(slug="final-2009")
    row.pk, row.page, row.slug = None, rival, "rival"
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


# from, made on: between two editions, on the day of one, and one that ends what is to come
WITHDRAWALS = [
    ("2008-12-01", "2008-11-01"),
    ("2009-04-01", "2009-03-01"),
    ("2030-06-01", "2011-02-01"),
]


def test_the_rule_in_sql_is_the_pure_one_and_the_plain_one_on_every_day_that_matters(document):
    for since, made in WITHDRAWALS:
        Withdrawal.objects.create(
            document=document, withdrawn_from=date.fromisoformat(since), reason="It was time.",
            made_on=date.fromisoformat(made),
            made_at=datetime.fromisoformat(made).replace(hour=12, tzinfo=UTC),
        )  # fmt: skip
    days = {text for row in EDITIONS for text in row[2:4] if text}
    days |= {text for pair in WITHDRAWALS for text in pair}
    around = {date.fromisoformat(d) + timedelta(days=n) for d in days for n in (-1, 0, 1)}
    knowns = [None, *(datetime.fromisoformat(f"{row[4]}T13:00+00:00") for row in EDITIONS)]
    knowns += [datetime.fromisoformat(f"{made}T13:00+00:00") for _, made in WITHDRAWALS]
    for known in knowns:
        issued = Edition.objects.known_on(known) if known else Edition.objects.all()
        editions = list(issued.annotate(withdrawn_from=issued.withdrawn_from(known)))
        for day in sorted(around):
            expected = _plainly(day, known)
            assert slug_of(Edition.objects.in_force_on(day, known)) == expected, (day, known)
            found = in_force_on(editions, day)
            assert (found.slug if found else "") == expected, (day, known)


def _plainly(day, known):
    """Of all that had begun by then and was known, what ranks highest; a withdrawal is nothing."""
    iso = day.isoformat()
    ranked = [
        (in_force_from, published, 0, slug)
        for slug, stage, published, in_force_from, issued in EDITIONS
        if in_force_from and in_force_from <= iso and published <= iso and _by(issued, known)
    ]
    ranked += [
        (since, made, 1, "") for since, made in WITHDRAWALS if since <= iso and _by(made, known)
    ]
    return max(ranked, default=("", "", 0, ""))[3]


def _by(issued, known):
    return known is None or issued <= known.date().isoformat()


def test_the_end_of_a_day_is_that_of_london():
    assert (
        end_of(date(2010, 6, 10)).astimezone(UTC).isoformat() == "2010-06-10T22:59:59.999999+00:00"
    )
    assert end_of(date(2010, 1, 10)).astimezone(UTC).date() == date(2010, 1, 10)


def test_a_day_without_a_date_is_today(document):
    assert slug_of(Edition.objects.in_force_on()) in ("backdated", "future")


def test_drafts_and_editions_not_yet_in_force_are_named_as_such(document):
    assert slug_of(Edition.objects.drafts().order_by("pk")) == "draft-2007, draft-2010"
    waiting = Edition.objects.not_yet_in_force_on(date(2010, 5, 15)).order_by("pk")
    assert slug_of(waiting) == "backdated, future"


def test_newest_first_puts_drafts_after_what_can_be_in_force(document):
    assert slug_of(Edition.objects.newest_first()) == (
        "future, backdated, final-2009, corrigendum, final-2008, draft-2010, draft-2007"
    )


def test_the_database_knows_no_draft_with_a_date_of_force_and_no_final_edition_without(document):
    row = Edition.objects.get(slug="future")
    page = make.draft(document, slug="more")
    for stage, in_force_from in (("consultation", date(2012, 1, 1)), ("final", None)):
        row.pk, row.page, row.slug, row.stage, row.in_force_from = (
            None,
            page,
            "more",
            stage,
            in_force_from,
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)
