"""How good the search is on judged queries, beside Wagtail's own search of the same paragraphs.

The judgements and the document that they are of lie outside the project (GUIDANCE_SHARED, or
"shared" beside it). The process runs with `bench.searching_settings`, on a database of its own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from bench.searching_timing import ROOT, answer, child, give

SHARED = Path(os.environ.get("GUIDANCE_SHARED", ROOT.parent / "shared"))
JUDGEMENTS = SHARED / "search" / "judgements.json"
SLUG = "judged"


def quality(wagtail: str) -> dict[str, float]:
    """nDCG@10 of ours and of Wagtail's (all words needed, as is its habit, or any of them);
    `wagtail` is the address of an empty database for its index."""
    from search.actions.evaluating import evaluate, latest_edition, ranking_of, read_judgements
    from search.actions.indexing import rebuild

    _publish(SHARED / "data" / json.loads(JUDGEMENTS.read_text())["document"])
    rebuild()
    judgements, edition = read_judgements(JUDGEMENTS), latest_edition(SLUG)
    found = {"ours": evaluate(judgements, lambda query: ranking_of(query, edition))[0].ndcg}
    with NamedTemporaryFile("w", suffix=".json") as file:
        queries = [judged.query for judged in judgements]
        json.dump({"queries": queries, "passages": list(_passages())}, file)
        file.flush()
        settings = "bench.searching_site.settings"
        ranked = answer(
            child(
                "searching_wagtail",
                *("rank", file.name),
                DJANGO_SETTINGS_MODULE=settings,
                DATABASE_URL=wagtail,
            )
        )
    for operator, rankings in ranked.items():
        found[operator] = evaluate(judgements, rankings.__getitem__)[0].ndcg
    return found


def _publish(path: Path) -> None:
    from django.contrib.auth import get_user_model

    from guidance.actions.importing import plan_import, save_import
    from guidance.actions.publishing import publish_edition
    from guidance.readers.bounded import read_outline
    from home.site_tree import ensure_site_tree

    ensure_site_tree()
    user = get_user_model().objects.create_superuser("judge@example.com")
    with path.open("rb") as file:
        plan = plan_import(read_outline(file, path.name), None)
    page = save_import(
        user=user,
        plan=plan,
        document_slug=SLUG,
        edition_slug="draft",
        stage="consultation",
        published=date(2007, 11, 22),
        in_force_from=None,
    )
    publish_edition(user=user, page=page)


def _passages() -> Iterator[dict[str, Any]]:
    """What the ledger's units say, with the number of the paragraph that each is or follows."""
    from search.actions.reading_ledger import units_of

    for unit in units_of(SLUG):
        title = " ".join((unit.title, *unit.trail, unit.section_title)).strip()
        yield {"number": unit.after or unit.number, "title": title, "text": unit.text}


if __name__ == "__main__":
    import django

    django.setup()
    give({"quality": quality})
