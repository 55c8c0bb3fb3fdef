"""What every test may use."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.search import places

# What lands must not hang on luck: the examples are the same in every run. New ones are looked for
# with HYPOTHESIS_PROFILE=explore, and what that finds becomes an @example.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", deadline=None, max_examples=1000, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

ROOT = Path(__file__).resolve().parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-alone",
        action="store_true",
        help="only the tests that ask the database anything",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What asks no database need not be run again for another one."""
    if not config.getoption("--database-alone"):
        return
    asking = {"db", "transactional_db", "live_server", "django_db_setup"}
    kept: list[pytest.Item] = []
    left: list[pytest.Item] = []
    for item in items:
        asks = item.get_closest_marker("django_db") or asking & set(item.fixturenames)  # type: ignore[attr-defined]
        (kept if asks else left).append(item)
    config.hook.pytest_deselected(items=left)
    items[:] = kept


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real documents; the tests that need it are skipped, and say so, without it."""
    folder = Path(os.environ.get("GUIDANCE_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip(f"REAL DOCUMENTS MISSING: {folder} is not there, so this test proved nothing")
    return folder


@pytest.fixture(autouse=True)
def _cluster_left_clean() -> Iterator[None]:
    yield
    if os.environ.get("SEARCH_TEST_URL"):
        places.remove()


@pytest.fixture(autouse=True, scope="session")
def _tests_may_empty_the_ledger() -> Iterator[None]:
    """The database refuses to delete what was issued, also when a test that commits its work is
    over and its tables are emptied for the next; only there the guards are lifted."""
    from django.test import TransactionTestCase

    from guidance import guards

    empty = TransactionTestCase._fixture_teardown

    def lift_and_empty(case: TransactionTestCase) -> None:
        with guards.lifted():
            empty(case)

    TransactionTestCase._fixture_teardown = lift_and_empty
    yield
    TransactionTestCase._fixture_teardown = empty
