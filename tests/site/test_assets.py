"""What is shipped to browsers: nothing that belongs to GOV.UK alone, nothing from elsewhere."""

from __future__ import annotations

import json
import re

import pytest

from tests.conftest import ROOT

DIST = ROOT / "assets" / "dist"


@pytest.fixture(scope="module")
def css() -> str:
    if not (DIST / "site.css").is_file():
        pytest.fail(
            "Build the assets first: npm --prefix assets ci && npm --prefix assets run build"
        )
    return (DIST / "site.css").read_text(encoding="utf-8")


def test_the_style_sheet_names_no_restricted_font_crown_or_crest(css):
    assert not re.search(r"gds|transport|crown|crest|@font-face", css, re.IGNORECASE)


def test_the_style_sheet_loads_nothing(css):
    assert not re.search(r"@import|url\((?!['\"]?(?:data:|#))", css)


def test_no_font_logo_or_crown_is_shipped():
    shipped = {path.name for path in DIST.rglob("*") if path.is_file()}
    assert shipped == {"site.css", "site.js", "icon.svg"}


def test_the_lock_file_names_no_registry():
    packages = json.loads((ROOT / "assets" / "package-lock.json").read_text())["packages"]
    assert all("resolved" not in package for package in packages.values())
    assert {p.get("license", "MIT") for p in packages.values()} <= {
        "MIT",
        "Apache-2.0",
        "ISC",
        "BSD-3-Clause",
        "UNLICENSED",
    }
