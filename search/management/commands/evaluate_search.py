"""Measures how good the search is against judgements: queries with graded relevant paragraphs."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.actions.evaluating import (
    Judged,
    Score,
    evaluate,
    latest_edition,
    ranking_of,
    read_judgements,
)
from search.actions.indexing import rebuild
from search.actions.using import engine_at
from search.engines import EngineDown

LOCAL = {
    "opensearch": "opensearch+http://127.0.0.1:9299/evaluation",
    "elasticsearch": "elasticsearch+http://127.0.0.1:9299/evaluation",
}
"""The server that `make services` starts."""


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--judgements", required=True, type=Path, help="a JSON file of judgements"
        )
        parser.add_argument("--document", required=True, help="the slug of a published document")
        parser.add_argument(
            "--engine",
            default="",
            help="embedded, opensearch, elasticsearch, or an address as in SEARCH_URL; another than"
            " the site's own is filled with an index of its own first",
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            judgements = read_judgements(options["judgements"])
            edition = latest_edition(options["document"])
            mean, rows = self._evaluated(judgements, edition, options["engine"])
        except (OSError, ValueError, EngineDown) as error:
            raise CommandError(str(error)) from error
        report = {
            "edition": edition,
            "all": mean.row,
            "queries": [
                {"query": judged.query, **score.row, "ranking": list(ranking)}
                for judged, score, ranking in rows
            ],
        }
        if options["json"]:
            self.stdout.write(json.dumps(report, indent=1, ensure_ascii=False))
            return
        for row in report["queries"]:
            self.stdout.write(f"{row['ndcg@10']:.3f}  {row['query']}")  # type: ignore[index]
        self.stdout.write("  ".join(f"{name} {value:.3f}" for name, value in mean.row.items()))

    def _evaluated(
        self, judgements: list[Judged], edition: str, asked: str
    ) -> tuple[Score, list[Any]]:
        own = settings.SEARCH_URL.partition(":")[0].partition("+")[0]
        if asked in ("", own, settings.SEARCH_URL):
            return evaluate(judgements, lambda query: ranking_of(query, edition))
        with TemporaryDirectory() as folder:
            url = f"embedded:{folder}" if asked == "embedded" else LOCAL.get(asked, asked)
            with engine_at(url):
                rebuild()
                return evaluate(judgements, lambda query: ranking_of(query, edition))
