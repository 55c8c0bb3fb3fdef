"""What a certificate states, that only the site's key makes one, and what checking one says."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command

from guidance.actions.certificate_checking import check_certificate
from guidance.actions.certifying import (
    NoSigningKey,
    NothingToCertify,
    certify_edition,
    certify_paragraph,
    public_keys,
)
from guidance.models import Withdrawal
from guidance.signing import Genuine, NotACertificate, SigningKey, sign
from tests import factories as make

pytestmark = pytest.mark.django_db
NOW = datetime(2009, 1, 5, 10, 30, tzinfo=UTC)
ON = date(2009, 1, 1)


@pytest.fixture
def parks():
    """In force from 1 July 2008, issued here on 2 June 2008."""
    document = make.document("parks")
    make.issued(
        document,
        [make.section("Governance", [make.paragraph("2.1"), make.box("Data sharing")], number="2")],
        slug="first", title="First", published=date(2008, 6, 1), in_force_from=date(2008, 7, 1),
        statements=[make.statement("2.1")], now=datetime(2008, 6, 2, 12, tzinfo=UTC),
    )  # fmt: skip
    return document


def amend(document, **fields):
    given = {
        "slug": "second", "title": "Second", "published": date(2008, 12, 1),
        "now": datetime(2009, 2, 1, tzinfo=UTC), **fields,
    }  # fmt: skip
    return make.issued(document, **given)


def certified(**more):
    given = {"document": "parks", "edition": "first", "on": ON, "now": NOW, **more}
    return certify_paragraph(reference="2.1", **given)


def words(checked):
    return " ".join(finding.words for finding in checked.findings)


def test_a_paragraph_is_certified_with_its_words_dates_and_digests(parks):
    statement = certified().statement
    edition = parks.issued_editions.get()
    version = edition.entries.get(reference="2.1").version
    assert statement["certified_at"] == "2009-01-05T10:30:00Z"
    assert statement["document"] == {"slug": "parks", "title": "Keeping parks open"}
    assert statement["edition"]["digest"] == edition.digest
    assert statement["on"] == "2009-01-01"
    assert statement["applies"]["words"] == "In force since 1 July 2008"
    assert statement["paragraph"]["text"] == "An authority must consult the people it serves."
    assert statement["paragraph"]["status"] == "statutory"
    assert statement["paragraph"]["provisions"] == [make.SECTION_3A]
    assert statement["paragraph"]["digest"] == version.digest
    assert statement["urls"]["page"] == "http://testserver/guidance/parks/para/2.1/?edition=first"


def test_an_edition_is_certified_with_the_digest_of_every_paragraph(parks):
    statement = certify_edition(document="parks", edition="first", on=ON).statement
    assert [p["reference"] for p in statement["paragraphs"]] == ["2.1", "box-data-sharing"]
    assert len({p["digest"] for p in statement["paragraphs"]}) == 2


def test_the_same_certificate_has_the_same_bytes(parks):
    assert certified().as_json() == certified().as_json()


def test_what_was_certified_still_holds(parks):
    for certificate in (
        certified(),
        certified(known_on=date(2008, 6, 2)),
        certify_edition(document="parks", edition="first", on=ON),
    ):
        checked = check_certificate(certificate.as_json())
        assert (checked.genuine, checked.holds) == (Genuine.YES, True), words(checked)
    assert "still has exactly these words as 2.1" in words(check_certificate(certified().as_json()))


@pytest.mark.parametrize("path", [("paragraph", "text"), ("on",), ("edition", "title")])
def test_a_certificate_changed_in_any_place_is_not_genuine(parks, path):
    file = json.loads(certified().as_json())
    at = file["statement"]
    for name in path[:-1]:
        at = at[name]
    at[path[-1]] = f"{at[path[-1]]} "
    checked = check_certificate(json.dumps(file).encode())
    assert (checked.genuine, checked.holds, checked.statement) == (Genuine.CHANGED, False, None)
    assert "changed after it was signed" in words(checked)


def test_a_certificate_of_another_key_is_not_this_sites(parks):
    forged = sign(certified().statement, SigningKey.generated())
    checked = check_certificate(forged.as_json())
    assert (checked.genuine, checked.statement) == (Genuine.UNKNOWN_KEY, None)


def test_certificates_of_an_older_key_stay_good_after_it_is_replaced(parks, settings):
    old = certified().as_json()
    public = public_keys()[0]
    settings.CERTIFICATE_KEY = SigningKey.generated().text
    assert check_certificate(old).genuine is Genuine.UNKNOWN_KEY
    settings.CERTIFICATE_OLD_KEYS = [public.text]
    assert check_certificate(old).holds
    settings.CERTIFICATE_KEY = ""
    assert check_certificate(old).holds


def test_a_later_edition_may_have_changed_what_is_known_of_the_day(parks):
    before = certified().as_json()
    amend(parks)
    checked = check_certificate(before)
    assert (checked.genuine, checked.holds) == (Genuine.YES, False)
    assert "then “In force since 1 July 2008”, now “Superseded on 1 December 2008”" in words(
        checked
    )
    assert "In force on that day: Second." in words(checked)


def test_a_later_edition_that_begins_later_changes_nothing_of_the_day(parks):
    before = certified().as_json()
    amend(parks, published=date(2009, 4, 1))
    checked = check_certificate(before)
    assert checked.holds, words(checked)
    assert "Since then it became known to apply until 1 April 2009." in words(checked)


def test_a_withdrawal_since_is_told(parks):
    before = certified(on=date(2009, 3, 1), now=datetime(2009, 3, 2, tzinfo=UTC)).as_json()
    Withdrawal.objects.create(
        document=parks, withdrawn_from=date(2009, 2, 1), reason="Replaced by an Act.",
        made_on=date(2009, 1, 20), made_at=datetime(2009, 1, 20, tzinfo=UTC),
    )  # fmt: skip
    assert "now “Withdrawn on 1 February 2009”" in words(check_certificate(before))


def test_as_known_on_a_day_is_certified_and_checked_as_known_then(parks):
    amend(parks)
    then = certified(known_on=date(2009, 1, 31))
    assert then.statement["applies"]["words"] == "In force since 1 July 2008"
    assert then.statement["known_on"] == "2009-01-31"
    checked = check_certificate(then.as_json())
    assert "is what this site knew on 31 January 2009: “In force since 1 July 2008”" in words(
        checked
    )
    assert "now “Superseded on 1 December 2008”" in words(checked)


def test_a_ledger_that_no_longer_says_so_is_told(parks):
    from guidance import guards

    file = certified().as_json()
    version = parks.issued_editions.get().entries.get(reference="2.1").version
    with guards.lifted():
        version.content = version.content | {"body": []}
        version.save()
    assert "does not have exactly these words" in words(check_certificate(file))


def test_nothing_is_certified_that_was_not_issued_or_not_known(parks):
    make.draft(parks, slug="drafted")
    for more in (
        {"edition": "drafted"},
        {"edition": "nothing"},
        {"document": "nothing"},
        {"known_on": date(2008, 6, 1)},
        {"on": date(2009, 1, 6)},
    ):
        with pytest.raises(NothingToCertify):
            certified(**more)
    with pytest.raises(NothingToCertify):
        certify_paragraph(document="parks", edition="first", reference="9.9", on=ON)


def test_without_a_key_nothing_is_certified(parks, settings):
    settings.CERTIFICATE_KEY = ""
    with pytest.raises(NoSigningKey):
        certified()


def test_the_command_says_what_holds_and_fails_where_something_does_not(parks, tmp_path, capsys):
    file = tmp_path / "certificate.json"
    file.write_bytes(certified().as_json())
    call_command("check_certificate", str(file))
    assert "holds  This site signed exactly these words" in capsys.readouterr().out
    file.write_bytes(certified().as_json().replace(b"consult", b"ignore"))
    with pytest.raises(SystemExit):
        call_command("check_certificate", str(file))
    assert "FAILS  The signature does not fit" in capsys.readouterr().out
    file.write_bytes(b"[]")
    with pytest.raises(CommandError, match="not a certificate"):
        call_command("check_certificate", str(file))
    with pytest.raises(CommandError, match="No such file"):
        call_command("check_certificate", str(tmp_path / "none"))


def test_a_statement_without_certificate_is_refused():
    with pytest.raises(NotACertificate):
        check_certificate(b'{"statement": {}}')
