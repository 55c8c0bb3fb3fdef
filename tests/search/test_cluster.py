"""The cluster engine where a server is down, busy, or changed in the middle; on a real one.

Run by "make test-search"; SEARCH_TEST_URL names the server, without one these tests are skipped.
"""

import os
import threading
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from search.engines import EngineDown, Facet
from search.engines.cluster import Cluster, open_cluster
from search.engines.cluster.mapping import PARTS
from search.engines.cluster.rebuilding import alias_of
from search.engines.cluster.wires import Refused
from search.plan import Flat, Has, Near, Text, Times, Value, Whole
from tests.search.engines.sample import EVERYTHING, find, found, phrase, superseded, unit, word
from tests.search.places import fresh_url

URL = os.environ.get("SEARCH_TEST_URL", "")
pytestmark = pytest.mark.skipif(
    not URL, reason="NO SEARCH SERVER: start one (make services) and set SEARCH_TEST_URL"
)


@pytest.fixture
def url(tmp_path: Path) -> str:
    return fresh_url(tmp_path)


@pytest.fixture
def cluster(url: str) -> Iterator[Cluster]:
    opened = open_cluster(url, timeout=30)
    opened.rebuild([unit("p1", "oak"), phrase("Oak trees")])
    yield opened
    opened.close()


def _prefix(cluster: Cluster) -> str:
    return cluster._address.prefix


def _indices(cluster: Cluster) -> set[str]:
    return set(cluster._standing())


def test_without_an_index_it_says_what_to_do(url: str) -> None:
    empty = open_cluster(url, timeout=30)
    for ask in (
        lambda: find(empty),
        lambda: empty.get("some"),
        lambda: empty.frequencies(["oak"]),
        lambda: empty.similar("oak"),
        lambda: empty.complete(["oak"]),
        empty.documents,
        lambda: empty.stored("care"),
        lambda: empty.apply([unit("p1")]),
        lambda: empty.apply(remove=["some"]),
    ):
        with pytest.raises(EngineDown, match="rebuild_search"):
            ask()
    health = empty.health()
    assert (health.ok, health.units) == (False, 0)
    assert "rebuild_search" in health.remedy


def test_an_index_that_is_deleted_under_us_is_not_made_anew_by_a_change(cluster: Cluster) -> None:
    cluster._drop(_indices(cluster))
    with pytest.raises(EngineDown, match="rebuild_search"):
        cluster.apply([unit("p2")])
    assert _indices(cluster) == set()
    assert cluster.rebuild([unit("p3")]) == 1
    assert found(cluster) == ["p3"]


def test_an_index_in_the_place_of_our_alias_is_put_right_by_a_rebuild(cluster: Cluster) -> None:
    cluster._drop(_indices(cluster))
    name = alias_of(_prefix(cluster), "now")
    cluster._put(f"/{name}", {})
    assert not cluster.health().ok
    cluster.rebuild([unit("p1", "oak")])
    assert cluster.health().ok
    assert found(cluster) == ["p1"]


def test_what_a_killed_rebuild_left_is_taken_away_by_the_next(cluster: Cluster) -> None:
    class Killed(BaseException):
        pass

    def items() -> Iterator[Any]:
        yield unit("p2")
        cluster._drop = lambda indices: None  # type: ignore[method-assign]  # no time to tidy up
        raise Killed

    with pytest.raises(Killed):
        cluster.rebuild(items())
    del cluster._drop
    assert len(_indices(cluster)) == 2 * len(PARTS)
    assert found(cluster) == ["p1"]
    cluster.rebuild([unit("p3")])
    assert len(_indices(cluster)) == len(PARTS)
    assert found(cluster) == ["p3"]


def test_a_rebuild_that_fails_tidies_up_itself(cluster: Cluster) -> None:
    def items() -> Iterator[Any]:
        yield unit("p2")
        raise RuntimeError("the ledger went away")

    with pytest.raises(RuntimeError):
        cluster.rebuild(items())
    assert len(_indices(cluster)) == len(PARTS)
    assert found(cluster) == ["p1"]


def test_searches_go_on_while_indices_change_places(cluster: Cluster) -> None:
    problems: list[Exception] = []
    answers: list[int] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            try:
                answers.append(find(cluster, word("oak"), scope=EVERYTHING).total)
            except Exception as problem:
                problems.append(problem)

    asking = threading.Thread(target=ask)
    asking.start()
    for _ in range(4):
        cluster.rebuild([unit("p1", "oak")])
    done.set()
    asking.join()
    assert problems == []
    assert set(answers) == {1}


def test_another_rebuild_begun_later_takes_over(cluster: Cluster, url: str) -> None:
    def items() -> Iterator[Any]:
        other = open_cluster(url, timeout=30)
        other.rebuild([unit("p9")])
        other.close()
        yield unit("p2")

    with pytest.raises(EngineDown):
        cluster.rebuild(items())
    assert found(cluster) == ["p9"]
    assert len(_indices(cluster)) == len(PARTS)


def test_several_shards_give_the_same_hits_scores_and_counts_as_one(url: str) -> None:
    units = [
        unit(f"p{n}", f"oak {'elm ' * (n % 5)} {'ash' if n % 7 else 'fir'}", title="oak" * (n % 3))
        for n in range(1, 80)
    ]
    plan = Whole(
        should=[Times(word("oak", Text.TITLE), 2), word("oak"), word("elm"), word("fir")],
        at_least=1,
    )
    answers = []
    for shards in (1, 3):
        cluster = open_cluster(url, shards=shards, timeout=30)
        cluster.rebuild(units)
        answer = find(cluster, plan, facets=[Facet.KIND, Facet.SECTION])
        answers.append(
            ([(h.unit.id, round(h.score, 3)) for h in answer.hits], answer.counts, answer.total)
        )
        cluster.close()
    assert answers[0] == answers[1]


def test_near_words_score_more_the_nearer_and_flat_scores_are_kept(cluster: Cluster) -> None:
    cluster.rebuild([unit("p1", "oak ash elm fir"), unit("p2", "oak elm fir ash")])
    assert found(cluster, Near(Text.BODY, ("oak", "elm"), slop=2)) == ["p2", "p1"]
    plan = Flat(Near(Text.BODY, ("oak", "elm"), slop=2), 1.25)
    assert [hit.score for hit in find(cluster, plan).hits] == [1.25, 1.25]


def test_today_is_answered_from_text_in_force_alone(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is superseded costs a search for today nothing: its index is not asked."""
    cluster.apply([superseded("p2", "oak", date(2010, 1, 1), date(2015, 1, 1))])
    asked: list[str] = []
    send = cluster._send
    monkeypatch.setattr(cluster, "_send", lambda *a, **k: asked.append(a[1]) or send(*a, **k))
    from search.engines import Request, Scope

    assert cluster.search(Request(plan=word("oak"), scope=Scope(day=date.today()))).total == 1
    assert asked == [f"/{_prefix(cluster)}-now/_search"]


def test_a_field_that_nobody_knows_is_refused_by_the_mapping(cluster: Cluster) -> None:
    with pytest.raises(Refused, match=r"(?i)dynamic"):
        cluster._send("POST", f"/{_prefix(cluster)}-now/_doc", body=b'{"invented": 1}')


def test_an_index_of_another_layout_is_named_as_such(
    cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.cluster.engine.LAYOUT", "9")
    health = cluster.health()
    assert not health.ok
    assert "another version" in health.remedy


def test_a_page_deeper_than_a_server_goes_is_empty_and_says_how_many_there_are(
    cluster: Cluster,
) -> None:
    for first in (9_999, 10_000, 5_000_000):
        answer = find(cluster, word("oak"), first=first)
        assert (answer.total, list(answer.hits)) == (1, [])


def test_a_long_answer_is_had_page_by_page(cluster: Cluster) -> None:
    units = [unit(f"p{n}", "oak") for n in range(5_003)]
    cluster.rebuild([*units, *(unit(f"q{n}", document=f"d{n}") for n in range(5_003))])
    assert cluster.stored("care") == {u.id: u.digest for u in units}
    assert len(cluster.documents()) == 5_004


def test_a_process_that_was_forked_asks_through_a_connection_of_its_own(cluster: Cluster) -> None:
    assert found(cluster) == ["p1"]
    child = os.fork()
    if child == 0:
        os._exit(0 if found(cluster) == ["p1"] else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert found(cluster) == ["p1"]


def test_a_wrong_client_for_the_server_is_named(url: str) -> None:
    """Elasticsearch's client turns a server away that is none; only tests persuade it."""
    parts = urlsplit(url)
    if "opensearch" not in parts.scheme:
        pytest.skip("only to be tried on OpenSearch")
    from search.engines.cluster.elasticsearch_wire import ElasticsearchWire

    if ElasticsearchWire.node_class.__name__ == "ProductCheckNode":
        pytest.skip("the client is persuaded in this run")
    other = open_cluster(url.replace("opensearch+", "elasticsearch+", 1), timeout=30)
    with pytest.raises(EngineDown):
        find(other)


def test_whole_values_are_never_taken_apart(cluster: Cluster) -> None:
    cluster.apply([unit("p2", provisions=("ukpga/2007/28/section/138",))])
    assert found(cluster, Has(Value.UNDER, ("ukpga/2007/28/section/138",))) == ["p2"]
