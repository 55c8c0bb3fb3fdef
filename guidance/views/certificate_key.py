"""The public keys that certificates are checked with: as a page, as JSON (RFC 7517), as PEM."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from guidance.actions.certifying import can_certify, public_keys


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """`?format=json` gives a JSON Web Key Set, `?format=pem` every key one after another."""
    keys = public_keys()
    wanted = request.GET.get("format", "")
    if wanted == "json":
        return JsonResponse({"keys": [k.jwk for k in keys]})
    if wanted == "pem":
        return HttpResponse("".join(k.pem for k in keys), content_type="application/x-pem-file")
    return render(request, "guidance/certificate_key.html", {"keys": keys, "signs": can_certify()})
