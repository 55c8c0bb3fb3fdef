"""What a search answers, on a real engine: order, spelling, synonyms, scopes, facets, help."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.actions import labels
from search.actions.searching import search
from search.actions.using import engine, forget
from search.engines import Facet, When
from search.models import Synonym
from search.results import Wanted
from search.units import ANYONE
from tests.search.engines.sample import draft, phrase, superseded, unit
from tests.search.places import fresh_url

pytestmark = pytest.mark.django_db

UNITS = [
    unit("p1", "Every council must publish a plan for parks. It says who looks after benches.",
         number="1.1", binds=("councils",), provisions=("ukpga/2007/28/section/138",)),
    unit("p2", "Benches may be given by people who love them.", number="1.2", after="1.2",
         reference="1.2", status="non-statutory", trail=("Gifts",), binds=(ANYONE,)),
    unit("b3", "A bench has a back. A stool has none.", kind="box", number="", after="1.2",
         reference="box-what-is-a-bench", title="What is a bench?", binds=(ANYONE,)),
    unit("p4", "Police authorities need not publish one.", number="1.3", after="1.3", reference="1.3",
         binds=("councils",), exempts=("police",), cites=("ukpga/2007/28/section/138/2",)),
    unit("p5", "Refuse is collected on Mondays as paragraph 1.1 says.", number="2.10", after="2.10",
         reference="2.10", section="2-waste", section_number="2", section_title="Waste", binds=(ANYONE,)),
    superseded("p6", "Benches were once painted green.", date(2015, 1, 1), date(2020, 4, 1),
               number="9.1", reference="9.1", after="9.1"),
    draft("p7", "Benches might one day be heated.", number="7.7", reference="7.7", after="7.7"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _indexed(monkeypatch, settings, tmp_path):
    """What is indexed here is in no ledger, so the index must not be brought to it."""
    monkeypatch.setattr("search.actions.searching.ensure_fresh", lambda **_: None)
    settings.SEARCH_URL = fresh_url(tmp_path)
    forget()
    labels.forget()
    engine().rebuild(
        [*UNITS, phrase("Care and support guidance", kind="document", address="/guidance/care/")]
    )
    yield
    engine().close()
    forget()


def found(text: str, **more) -> list[str]:
    return [result.unit.paragraph for result in search(Wanted(text, **more)).results]


def marked(result) -> list[str]:
    return [piece.words for piece in result.extract if piece.marked]


def test_a_title_counts_more_than_words_in_passing():
    assert found("bench")[0] == "b3"


def test_the_sentence_that_matches_is_shown_with_its_words_marked():
    [first, *_] = search(Wanted("looking after benches")).results
    assert first.unit.paragraph == "p1"
    assert marked(first) == ["looks", "after", "benches"] or "benches" in marked(first)


def test_a_number_finds_its_paragraph_first_then_what_names_it():
    assert found("para 1.1") == ["p1", "p5"]
    assert found("number:1.2") == ["p2", "b3"]


def test_a_section_of_an_act_finds_what_stands_under_it_and_what_cites_it():
    assert found("s138") == ["p1", "p4"]
    assert found("section 138(2)")[0] == "p4"
    assert found("under:ukpga/2007/28/section/138") == ["p1"]


def test_a_synonym_counts_from_the_next_search_on():
    assert found("rubbish") == []
    Synonym.objects.create(words="rubbish, refuse")
    from search.actions.knowledge import forget as forget_knowledge

    forget_knowledge()
    assert found("rubbish") == ["p5"]


def test_a_misspelt_word_is_put_right_and_the_answer_says_so():
    results = search(Wanted("benchs"))
    assert results.corrected == ""  # the stem is the same
    results = search(Wanted("polcie authorities"))
    assert [r.unit.paragraph for r in results.results] == ["p4"]
    assert results.corrected == "police authorities"
    assert "Police" in marked(results.results[0])


def test_a_word_that_may_be_another_is_not_taken_for_a_slip_while_something_is_found():
    assert search(Wanted("beach plan")).did_you_mean == ""
    assert search(Wanted("beach")).corrected == "benches"


def test_irregular_forms_of_a_word_are_one_word():
    assert found("who gave benches")[0] == "p2"


def test_a_word_that_is_there_is_never_corrected():
    assert search(Wanted("stool")).did_you_mean == ""


def test_in_force_today_is_what_is_looked_at_unless_other_text_is_asked_for():
    assert "p6" not in found("benches")
    assert found("benches", when=When.DRAFTS) == ["p7"]
    assert set(found("benches", when=When.EVERYTHING)) >= {"p1", "p6", "p7"}
    assert found("benches green", day=date(2016, 1, 1)) == ["p6"]
    assert found("benches", edition="care/draft") == ["p7"]


def test_text_in_force_comes_before_other_text():
    ranked = found("benches", when=When.EVERYTHING)
    assert set(ranked[-2:]) == {"p6", "p7"}


def test_each_result_says_whether_it_applies_and_under_what():
    everything = {
        r.unit.paragraph: r for r in search(Wanted("benches", when=When.EVERYTHING)).results
    }
    assert everything["p1"].standing == "In force since 1 April 2020"
    assert everything["p6"].standing.startswith("No longer in force")
    assert everything["p7"].standing.startswith("Consultation draft")
    assert everything["p1"].basis.startswith(
        "Statutory guidance under section 138 Local Government"
    )
    assert everything["p2"].basis == "Non-statutory guidance"


def test_an_address_leads_to_the_words_that_are_shown():
    results = {
        r.unit.paragraph: r.address for r in search(Wanted("benches", when=When.EVERYTHING)).results
    }
    assert results["p2"] == "/guidance/care/para/1.2/"
    assert results["p6"] == "/guidance/care/para/9.1/?edition=2015"
    [then] = search(Wanted("green", day=date(2016, 1, 1))).results
    assert then.address == "/guidance/care/para/9.1/?as_at=2016-01-01"


def test_what_will_not_be_in_force_until_later_is_not_shown_as_in_force():
    tomorrow = timezone.localdate() + timedelta(days=1)
    coming = unit("p9", "Hedges are cut in winter.", since=tomorrow)
    engine().apply([coming])
    assert found("hedges") == []
    assert found("hedges", day=tomorrow) == ["p9"]
    [result] = search(Wanted("hedges", when=When.EVERYTHING)).results
    assert result.standing.startswith("Not yet in force")


def test_an_authority_does_not_see_what_exempts_it_unless_it_asks():
    police = {Facet.BINDS: frozenset({"police"})}
    assert found("publish", chosen=police) == []
    assert found("publish", chosen=police, exempt=True) == ["p4"]
    assert "p2" in found("benches", chosen=police)  # names nobody in particular


def test_counts_of_a_facet_are_what_choosing_would_show():
    results = search(Wanted("benches OR publish"))
    for facet in results.facets:
        for value in facet.values:
            chosen = {facet.facet: frozenset({value.value})}
            assert search(Wanted("benches OR publish", chosen=chosen)).total == value.count, (
                facet,
                value,
            )


def test_choosing_a_value_hides_no_other_value_of_its_facet():
    def values(wanted: Wanted) -> dict[str, int]:
        return {
            v.value: v.count
            for f in search(wanted).facets
            if f.facet is Facet.STATUS
            for v in f.values
        }

    chosen = {Facet.STATUS: frozenset({"non-statutory"})}
    assert values(Wanted("bench", chosen=chosen)) == values(Wanted("bench"))


def test_sections_are_counted_within_one_document():
    chosen = {Facet.DOCUMENT: frozenset({"care"})}
    facets = {f.facet: f for f in search(Wanted("benches OR refuse", chosen=chosen)).facets}
    assert {v.value for v in facets[Facet.SECTION].values} == {"care/1-beginning", "care/2-waste"}
    assert Facet.SECTION not in {f.facet for f in search(Wanted("benches OR refuse")).facets}


def test_a_document_is_found_by_its_title_in_a_group_of_its_own():
    results = search(Wanted("care guidance"))
    assert [group.text for group in results.groups] == ["Care and support guidance"]


def test_nothing_found_says_where_there_is_something():
    results = search(Wanted("heated"))
    assert results.total == 0
    assert {(e.when, e.count) for e in results.elsewhere} == {
        (When.DRAFTS, 1),
        (When.EVERYTHING, 1),
    }


def test_where_nothing_has_all_words_what_has_some_is_shown_and_said():
    results = search(Wanted("stool Mondays"))
    assert {r.unit.paragraph for r in results.results} == {"b3", "p5"}
    assert results.without_some
    assert not search(Wanted("stool back")).without_some


def test_words_to_leave_out_are_left_out_and_phrases_are_exact():
    assert "p1" not in found("benches -plan")
    assert found('"looks after benches"') == ["p1"]
    assert found('"after looks benches"') == []


def test_more_like_one_paragraph_shows_others():
    start = UNITS[0]
    engine().apply([replace(start, paragraph="p20", version="v20", order=20, number="3.3",
                            text="A plan for parks is published by every council.")])  # fmt: skip
    results = search(Wanted(like=start.id))
    assert results.like == start
    assert results.results[0].unit.paragraph == "p20"
    assert "p1" not in [r.unit.paragraph for r in results.results]


def test_pages_follow_each_other_without_repeats_or_gaps():
    more = [unit(f"x{n}", "Kerbs are swept.", number=f"8.{n}", order=100 + n) for n in range(25)]
    engine().apply(more)
    seen = [p for page in (1, 2, 3) for p in found("kerbs", page=page)]
    assert len(seen) == len(set(seen)) == 25
    assert search(Wanted("kerbs")).pages == 3


def test_nothing_asked_is_answered_with_nothing():
    results = search(Wanted(""))
    assert (results.total, list(results.results), results.down) == (0, [], "")


def test_an_engine_without_an_index_is_said_to_be_down_and_the_reserve_answers(settings, tmp_path):
    broken, reserve = f"embedded:{tmp_path / 'none'}", settings.SEARCH_URL
    settings.SEARCH_URL = broken
    results = search(Wanted("benches"))
    assert results.down
    assert not results.results
    settings.SEARCH_FALLBACK_URL = reserve
    results = search(Wanted("benches"))
    assert results.results
    assert results.instead
    assert not results.down


@given(
    st.text(max_size=80),
    st.sampled_from(list(When)),
    st.dictionaries(
        st.sampled_from(list(Facet)), st.frozensets(st.text(max_size=8), max_size=2), max_size=2
    ),
    st.integers(1, 50),
)
@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
def test_nothing_that_is_typed_makes_a_search_fail(text, when, chosen, page):
    results = search(Wanted(text, when=when, chosen=chosen, page=page))
    assert results.down == ""
