"""What every test may use."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real documents; the tests that need it are skipped, and say so, without it."""
    folder = Path(os.environ.get("GUIDANCE_SHARED", ROOT.parent / "shared")) / "data"
    if not folder.is_dir():
        pytest.skip(f"REAL DOCUMENTS MISSING: {folder} is not there, so this test proved nothing")
    return folder
