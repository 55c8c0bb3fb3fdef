"""Queries compiled once give what the ORM gives."""

from __future__ import annotations

from datetime import date

import pytest

from guidance.models import Edition
from guidance.prepared import Prepared
from tests import factories

pytestmark = pytest.mark.django_db


def by_slug(slug: str):
    return Edition.objects.filter(slug=slug).values_list("slug", "published", "issued_at")


def test_rows_are_those_of_the_orm_with_their_types():
    issued = factories.issued(factories.document(), published=date(2008, 7, 1))
    prepared = Prepared(by_slug, "slug")
    assert prepared.rows(slug=issued.slug) == list(by_slug(issued.slug))
    assert prepared.rows(slug="none") == []


def test_an_argument_is_never_taken_for_sql():
    factories.issued(factories.document())
    assert Prepared(by_slug, "slug").rows(slug="' OR 1=1 --") == []


def test_a_query_that_leaves_out_an_argument_is_refused():
    prepared = Prepared(lambda slug, other: by_slug(slug), "slug", "other")
    with pytest.raises(ValueError, match="does not use other"):
        prepared.rows(slug="a", other="b")
