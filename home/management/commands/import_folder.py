"""Takes the bundles of planned guidance and their timings from a plan into the electronic folder."""

from __future__ import annotations

from typing import Any

from guidance.outline.model import Outline
from home.actions.folder_plan import take_in_bundles
from home.actions.updates import Taken
from home.management.commands._plan import PlanCommand
from home.plan.bundles import bundles_of


class Command(PlanCommand):
    help = "Take the bundles and timings of a plan into the electronic folder."

    def describe(self, outline: Outline) -> None:
        for bundle in bundles_of(outline):
            self.stdout.write(bundle.title)
            for item in bundle.items:
                beside = " (printed once for several rows)" if item.shared else ""
                self.stdout.write(
                    f"  {item.title}: consult {item.consult or '–'}; final {item.final or '–'}{beside}"
                )
                for part in item.parts:
                    own = " ".join(filter(None, (part.consult, part.final)))
                    self.stdout.write(f"    including {part.title} {own}".rstrip())

    def take_in(self, outline: Outline, **about: Any) -> Taken:
        return take_in_bundles(bundles=bundles_of(outline), **about)
