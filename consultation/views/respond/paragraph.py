"""A comment on any paragraph of the draft, which is quoted."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from consultation.actions.anchors import anchor
from consultation.forms.answer import Box
from consultation.views.desk import Desk, at_desk
from consultation.views.respond.beginning import lost, onward
from consultation.views.respond.boxes import comment_boxes, faults_of, save_boxes
from consultation.views.respond.pages import IN_CONFLICT, WRONG, gate, respond_page
from guidance.models import Entry


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def respond_paragraph(request: HttpRequest, desk: Desk, reference: str) -> HttpResponse:
    """Saving leads back to the place in the draft, or to the task list."""
    if request.method != "POST" and (page := gate(request, desk)):
        return page
    known = "\0" not in reference  # which a database would refuse to look for
    found = anchor(desk.consultation.edition_id or 0, reference) if known else None
    if found is None:
        raise Http404("The draft has no such paragraph.")
    [box] = comment_boxes(desk, [found])
    if request.method != "POST":
        return _page(request, desk, box)
    new = lost(request, desk)
    if page := save_boxes(request, desk, [box]):
        return page
    if box.fault or box.conflict:
        return _page(request, desk, box)
    back = _in_draft(desk, reference) if request.POST.get("onward") == "draft" else desk.base
    address, _, fragment = back.partition("#")
    address = onward(address, new=new)
    return HttpResponseRedirect(f"{address}#{fragment}" if fragment else address, status=303)


def _page(request: HttpRequest, desk: Desk, box: Box) -> HttpResponse:
    assert box.anchor is not None
    words = Entry.objects.filter(
        edition=desk.consultation.edition_id, reference=box.anchor.reference
    ).values_list("version__html", flat=True)
    context = {
        "box": box,
        "html": words.first() or "",
        "in_draft": _in_draft(desk, box.anchor.reference),
    }
    status = IN_CONFLICT if box.conflict else WRONG if box.fault else 200
    return respond_page(request, desk, "paragraph", context, status=status, faults=faults_of([box]))


def _in_draft(desk: Desk, reference: str) -> str:
    rows = Entry.objects.filter(edition=desk.consultation.edition_id, reference=reference)
    slug = rows.values_list("section__slug", flat=True).first()
    return f"{desk.base}draft/{slug}/#{reference}" if slug else f"{desk.base}draft/"
