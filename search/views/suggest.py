"""What completes a search while it is typed, for the script of the page."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from search.actions.completing import complete
from search.query import LONGEST
from search.views.responses import answered

FRESH = 30


@require_safe
def suggest(request: HttpRequest) -> HttpResponseBase:
    """`?q=` as typed so far. A completion with no `address` is to be searched for."""
    typed = request.GET.get("q", "")[:LONGEST]
    found = [
        {
            "text": completion.text,
            "kind": completion.kind,
            "note": completion.note,
            "address": completion.address,
            "pieces": [{"text": p.words, "marked": p.marked} for p in completion.pieces],
        }
        for completion in complete(typed)
    ]
    body = json.dumps({"q": typed, "completions": found}, ensure_ascii=False).encode()
    return answered(request, body, content_type="application/json", fresh=FRESH)
