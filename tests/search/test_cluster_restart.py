"""A real server that is killed while it is written to, and started again.

It is one of its own beside the server of the other tests, which nobody should kill.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines import EngineDown
from search.engines.cluster import Cluster, open_cluster
from search.units import Unit
from tests.search.engines.sample import digests, found, unit

URL = os.environ.get("SEARCH_TEST_URL", "")
PORT = 9297
SCRIPT = Path(__file__).parents[2] / "scripts" / "search-server"
pytestmark = pytest.mark.skipif(
    not URL.startswith("opensearch+http://127.0.0.1"),
    reason="NO SEARCH SERVER OF OUR OWN: run make test-search",
)


def _server(command: str) -> None:
    subprocess.run(
        [SCRIPT, command],
        env={**os.environ, "SEARCH_SERVER_PORT": str(PORT)},
        stdout=subprocess.DEVNULL,
        timeout=240,
        check=True,
    )


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    _server("start")
    opened = open_cluster(f"opensearch+http://127.0.0.1:{PORT}/killed", timeout=30)
    yield opened
    opened.close()
    _server("stop")


def _kill() -> None:
    """As when the machine loses power: without a word to the server."""
    output = subprocess.run(
        [SCRIPT, "pid"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "SEARCH_SERVER_PORT": str(PORT)},
    )
    os.kill(int(output.stdout), signal.SIGKILL)


def test_what_a_killed_server_left_half_done_is_whole_when_it_is_done_again(
    cluster: Cluster,
) -> None:
    cluster.rebuild([unit("p1", "oak")])
    units = [unit(f"p{n}", "oak elm ash") for n in range(1, 3001)]

    def killed_half_way() -> Iterator[Unit]:
        for number, item in enumerate(units):
            if number == 1500:
                _kill()
            yield item

    begun = time.monotonic()
    with pytest.raises(EngineDown, match="cannot be reached"):
        cluster.apply(killed_half_way())
    assert time.monotonic() - begun < 60
    assert not cluster.health().ok

    _server("start")
    deadline = time.monotonic() + 60
    while not cluster.health().ok and time.monotonic() < deadline:
        time.sleep(0.5)  # it reads its indices again
    cluster.apply(units, remove=[unit("p1", "oak").id])
    assert cluster.stored("care") == digests(units)
    assert len(found(cluster)) == 100
