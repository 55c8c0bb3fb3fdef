"""Where anybody checks a certificate: pasted or sent as a file, and kept nowhere."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from guidance.actions.certificate_checking import check_certificate
from guidance.signing import MAX_BYTES, NotACertificate
from guidance.views.certificate_facts import shown_statement

# A form's own text around the certificate that it sends; pasted text may be sent percent-encoded.
MOST = 3 * MAX_BYTES

TOO_LARGE = "That is larger than any certificate. Choose the JSON file as you got it."
NOTHING = "Choose the certificate’s JSON file, or paste what is in it."


@csrf_exempt  # only until its length is known: what is too large is never read
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > MOST:
        response = _page(request, problem=TOO_LARGE, status=413)
    else:
        response = _check(request)
    response.headers["Cache-Control"] = "no-store"
    return response


@csrf_protect
def _check(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request)
    file, pasted = request.FILES.get("file"), request.POST.get("certificate", "").strip()
    sent = file.read(MAX_BYTES + 1) if file else pasted.encode()
    if not sent:
        return _page(request, problem=NOTHING, status=400)
    try:
        checked = check_certificate(sent)
    except NotACertificate as error:
        return _page(request, problem=str(error), pasted=pasted[:MAX_BYTES], status=400)
    said = shown_statement(checked.statement) if checked.statement is not None else None
    context = {"checked": checked, "said": said}
    return render(request, "guidance/certificate_checked.html", context)


def _page(
    request: HttpRequest, problem: str = "", pasted: str = "", status: int = 200
) -> HttpResponse:
    context = {"problem": problem, "pasted": pasted}
    return render(request, "guidance/certificate_check.html", context, status=status)
