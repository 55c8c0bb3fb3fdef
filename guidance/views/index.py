"""The list of all guidance."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from guidance.views.listing import listed_groups


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "guidance/index.html", {"groups": listed_groups(timezone.localdate())})
