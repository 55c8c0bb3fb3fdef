"""What the cluster engine does about a server that is down, slow, busy or closed to it.

No server is pretended to index or to search here: these answer with trouble alone, as a proxy, a
dying node or an overloaded one does. What a real server answers is in test_cluster.py.
"""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from search.engines import Engine, EngineDown
from search.engines.cluster import open_cluster, writing
from search.engines.cluster.address import Address
from search.engines.cluster.queries import NOTHING, query_of
from search.engines.opening import open_engine
from search.plan import Best, Everything, Flat, Term, Text, Times, Whole
from tests.search.engines.sample import find, unit, word
from tests.search.product_check import ProductCheckNode

KINDS = ["opensearch", "elasticsearch"]
Trouble = Callable[[str, bytes], tuple[int, Any]]


@pytest.fixture(autouse=True)
def _persuaded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "search.engines.cluster.elasticsearch_wire.ElasticsearchWire.node_class", ProductCheckNode
    )


@pytest.fixture
def troubled() -> Iterator[Callable[[Trouble], str]]:
    """Starts a server that answers as told (path and body to status and JSON) and gives host:port."""
    servers: list[ThreadingHTTPServer] = []

    def start(answer: Trouble) -> str:
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length") or 0))
                status, said = answer(self.path, body)
                data = json.dumps(said).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def do_GET(self) -> None:
                self.do_POST()

            def log_message(self, *args: object) -> None: ...

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _every_method(engine: Engine) -> list[Callable[[], object]]:
    return [
        lambda: find(engine, word("oak")),
        lambda: engine.get("some"),
        lambda: engine.frequencies(["oak"]),
        lambda: engine.similar("oak"),
        lambda: engine.complete(["oak"]),
        engine.documents,
        lambda: engine.stored("care"),
        lambda: engine.apply([unit("p1")]),
        lambda: engine.rebuild([unit("p1")]),
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_where_nothing_listens_every_question_says_so_at_once(kind: str) -> None:
    engine = open_engine(f"{kind}+http://reader:Geheim-7@127.0.0.1:{_free_port()}/x", timeout=5)
    begun = time.monotonic()
    for ask in _every_method(engine):
        with pytest.raises(EngineDown, match=r"127\.0\.0\.1:\d+ cannot be reached") as caught:
            ask()
        assert "Geheim" not in repr(caught.value)
    health = engine.health()
    assert (health.ok, "cannot be reached" in health.remedy) == (False, True)
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_does_not_answer_is_given_up_within_the_timeout(
    kind: str, troubled: Callable[[Trouble], str]
) -> None:
    def slow(path: str, body: bytes) -> tuple[int, Any]:
        time.sleep(2)
        return 200, {}

    engine = open_cluster(f"{kind}+http://{troubled(slow)}", timeout=0.3)
    begun = time.monotonic()
    with pytest.raises(EngineDown, match=r"not answered within 0\.3 s"):
        find(engine)
    assert time.monotonic() - begun < 1.5


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [401, 403])
def test_a_wrong_password_is_named_and_never_repeated(
    kind: str, status: int, troubled: Callable[[Trouble], str], capfd: pytest.CaptureFixture[str]
) -> None:
    def closed(path: str, body: bytes) -> tuple[int, Any]:
        return status, {"error": {"type": "security_exception", "reason": "Geheim-7 is wrong"}}

    engine = open_cluster(f"{kind}+http://reader:Geheim-7@{troubled(closed)}")
    with pytest.raises(EngineDown, match="user and password in SEARCH_URL are not let in") as told:
        find(engine)
    assert "user and password" in engine.health().remedy
    assert "Geheim" not in f"{told.value!r}{engine!r}{capfd.readouterr()}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_busy_server_is_waited_for_and_only_what_it_refused_is_sent_again(
    kind: str, troubled: Callable[[Trouble], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(writing, "sleep", pauses.append)
    sent: list[list[str]] = []

    def busy(path: str, body: bytes) -> tuple[int, Any]:
        if path.startswith("/_bulk"):
            heads = [json.loads(line) for line in body.splitlines()]
            ids = [h["index"]["_id"] for h in heads if "index" in h]
            sent.append(ids)
            if len(sent) == 1:
                return 429, {"error": {"type": "rejected", "reason": "too much"}, "status": 429}
            full = {"type": "es_rejected_execution_exception", "reason": "the queue is full"}
            return 200, {
                "errors": True,
                "items": [
                    {"index": {"_id": i, "status": 429, "error": full}}
                    if len(sent) == 2 and n == 0
                    else {"index": {"_id": i, "status": 201}}
                    for n, i in enumerate(ids)
                ]
                + [{"delete": {"status": 404}} for h in heads if "delete" in h],
            }
        return 200, {"_shards": {"failed": 0}}

    engine = open_cluster(f"{kind}+http://{troubled(busy)}")
    phrases = [_phrase(n) for n in range(3)]
    engine.apply(phrases)
    ids = [p.id for p in phrases]
    assert sent == [ids, ids, ids[:1]]
    assert pauses == list(writing.PAUSES[:2])


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_that_stays_busy_is_given_up_with_its_own_reason(
    kind: str, troubled: Callable[[Trouble], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []
    monkeypatch.setattr(writing, "sleep", pauses.append)
    engine = open_cluster(
        f"{kind}+http://"
        + troubled(lambda *_: (429, {"error": {"type": "x", "reason": "too many requests here"}}))
    )
    with pytest.raises(EngineDown, match="too many requests here"):
        engine.apply([unit("p1")])
    assert pauses == list(writing.PAUSES)


@pytest.mark.parametrize("kind", KINDS)
def test_half_an_answer_is_none(kind: str, troubled: Callable[[Trouble], str]) -> None:
    partial = {"took": 1, "timed_out": False, "_shards": {"failed": 1}, "hits": {"hits": []}}
    engine = open_cluster(f"{kind}+http://{troubled(lambda *_: (200, partial))}")
    with pytest.raises(EngineDown, match="Part of the search cluster"):
        find(engine)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_search_server_is_no_crash(
    kind: str, troubled: Callable[[Trouble], str]
) -> None:
    for said in (7, "hello", [], {}, None):
        engine = open_cluster(f"{kind}+http://{troubled(lambda *_, s=said: (200, s))}")
        with pytest.raises(EngineDown):
            find(engine)
        assert not engine.health().ok


@pytest.mark.parametrize("kind", KINDS)
def test_of_several_hosts_another_answers_for_one_that_is_down(
    kind: str, troubled: Callable[[Trouble], str]
) -> None:
    answer = {
        "took": 1,
        "timed_out": False,
        "_shards": {"failed": 0},
        "hits": {"total": {"value": 7}, "hits": []},
    }
    alive = troubled(lambda *_: (200, answer))
    engine = open_cluster(f"{kind}+http://127.0.0.1:{_free_port()},{alive}/x")
    assert [find(engine).total for _ in range(4)] == [7] * 4


def test_addresses_are_read_and_what_is_none_is_refused_without_its_password() -> None:
    address = Address.of("opensearch+https://us%40er:p%2Fw@one:9201,[::1]/my-prefix/")
    assert address.hosts == (("one", 9201), ("::1", 9200))
    assert (address.user, address.password, address.prefix) == ("us@er", "p/w", "my-prefix")
    assert address.secure
    assert "p/w" not in f"{address!r}{address}"
    assert Address.of("elasticsearch+http://host").prefix == "guidance"
    for wrong in (
        "opensearch://Geheim@host",
        "opensearch+ftp://Geheim@host",
        "opensearch+http://",
        "opensearch+http://u:Geheim@host:99999",
        "opensearch+http://u:Geheim@host:x",
        "opensearch+http://u:Geheim@host/UPPER",
        "opensearch+http://u:Geheim@a/b/c",
        "solr+http://u:Geheim@host",
    ):
        with pytest.raises(ValueError) as told:
            open_cluster(wrong)
        assert "Geheim" not in str(told.value)


def test_options_that_cannot_be_are_refused() -> None:
    for options in ({"shards": 0}, {"replicas": -1}, {"timeout": 0}):
        with pytest.raises(ValueError, match="SEARCH_SHARDS"):
            open_cluster("opensearch+http://host", **options)


def test_a_plan_never_has_more_clauses_than_a_server_takes() -> None:
    plan = Whole(
        should=[
            Best([Term(field, f"stem{n}") for field in Text for n in range(m, m + 40)])
            for m in range(200)
        ]
    )
    assert json.dumps(query_of(plan)).count('"term"') <= 1000


def test_weights_go_down_to_what_scores() -> None:
    plan = Times(Best([Times(word("oak"), 2), Flat(word("elm"), 3)]), 0.5)
    words, flat = query_of(plan)["dis_max"]["queries"]
    assert words == {"term": {"body_stems": {"value": "oak", "boost": 1.0}}}
    assert flat["constant_score"]["boost"] == 1.5
    assert query_of(Whole(must=[Everything(), Best([])])) == NOTHING


def test_bulks_are_bounded_and_the_last_of_several_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    actions = [writing.putting("now", unit(f"p{n}", "oak " * n)) for n in range(50)]
    sizes = [len(bulk) for bulk in writing.bulks(actions)]
    assert sizes == [50]
    monkeypatch.setattr(writing, "MOST_ACTIONS", 7)
    assert [len(bulk) for bulk in writing.bulks(actions)] == [7] * 7 + [1]
    monkeypatch.setattr(writing, "MOST_BYTES", 3000)
    for bulk in writing.bulks(actions):
        assert len(bulk) == 1 or sum(len(a.lines) for a in bulk) <= 3000
    first, last = writing.putting("now", unit("p1")), writing.taking("now", unit("p1").id)
    assert list(writing.bulks([first, last])) == [[last]]


def _phrase(number: int) -> Any:
    from search.units import Phrase

    return Phrase(document="care", kind="heading", text=f"Words {number}")
