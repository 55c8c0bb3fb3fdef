"""The counts of a consultation: tables with bars beside them, and the same as CSV."""

from __future__ import annotations

import csv
from io import StringIO

from django.http import HttpRequest, HttpResponse

from consultation.actions.reading_counts import Counts, counts
from consultation.admin.console import ConsolePage
from consultation.cells import harmless


class ShowCounts(ConsolePage):
    """Drawn on the server, without script: the table is what counts, the bars are for the eye."""

    template_name = "consultation/admin/console/counts.html"
    page_title = "Counts"
    header_icon = "table"
    tab = "consultation_counts"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        found = counts(self.consultation)
        if request.GET.get("format") == "csv":
            return _csv(found, f"{self.consultation.slug}-counts.csv")
        return self.render_to_response(self.get_context_data(counts=found))


def _csv(found: Counts, name: str) -> HttpResponse:
    """All tables in one, in UTF-8 with the mark by which spreadsheets know it."""
    text = StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(["counted", "key", "words", "responses"])
    for table in found.tables:
        for line in table.lines:
            writer.writerow([*map(harmless, (table.title, line.key, line.words)), line.count])
    response = HttpResponse(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
