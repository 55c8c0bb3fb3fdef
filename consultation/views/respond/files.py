"""Files of a response: the page with all of them, the saving of those that come with any page, and
the download of one's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from consultation.actions.answering import NotWritable
from consultation.actions.attaching import AttachRefused, attach, detach, mark, too_large
from consultation.file_names import plain_name
from consultation.models import Question
from consultation.views.desk import Desk, at_desk
from consultation.views.respond.beginning import begun_or_page, lost, onward
from consultation.views.respond.pages import WRONG, Fault, already_sent, gate, respond_page
from consultation.views.sending import send_file
from consultation.views.uploads import FIELD, BoundedUpload

NO_FILE = "Choose a file, then press Upload."


@dataclass(frozen=True, slots=True)
class FileFault:
    """A file that was not added: the key of its question or "", and a sentence."""

    place: str
    words: str

    @property
    def fault(self) -> Fault:
        """For the summary at the top of a page."""
        return Fault(f"files-{self.place or 'other'}", self.words)


@dataclass(slots=True)
class FilesSaved:
    """What became of the files of a form. `page` is what to show where nothing can be written any
    more; `stay` says that the button Upload was pressed, so that the same page comes next."""

    page: HttpResponse | None = None
    faults: list[FileFault] = field(default_factory=list)
    changed: bool = False
    stay: bool = False


def save_files(request: HttpRequest, desk: Desk) -> FilesSaved:
    """Add, mark and remove the files of a form in which the tag `response_files` stands, each as a
    save of its own: call it after the words of the form are saved. A response is begun by the first
    file, where this device has none."""
    saved = FilesSaved(stay="add-files" in request.POST)
    sent = list(_sent(request, desk))
    if sent and (page := begun_or_page(request, desk, ())):
        return FilesSaved(page=page)
    try:
        if desk.response is not None:
            saved.changed = _changed(request, desk)
        for place, question, file in sent:
            try:
                attach(response=desk.ensure(), file=file, question=question)
                saved.changed = True
            except AttachRefused as refused:
                saved.faults.append(_fault(place, file.name or "", str(refused)))
    except NotWritable:
        return FilesSaved(page=already_sent(request, desk, ()))
    saved.faults += _stopped(request)
    if saved.changed and desk.response is not None:
        getattr(desk.response, "_prefetched_objects_cache", {}).pop("attachments", None)
    return saved


@at_desk
@require_http_methods(["GET", "HEAD", "POST"])
def files(request: HttpRequest, desk: Desk) -> HttpResponse:
    """All files of the response by question, and those that belong to none."""
    if page := gate(request, desk):
        return page
    if request.method != "POST" or desk.preview:
        return _page(request, desk)
    new = lost(request, desk)
    saved = save_files(request, desk)
    if saved.page:
        return saved.page
    if saved.stay and not (saved.changed or saved.faults):
        saved.faults.append(FileFault("", NO_FILE))
    if saved.faults:
        return _page(request, desk, saved.faults)
    address = f"{desk.base}files/" if saved.stay else desk.base
    return HttpResponseRedirect(onward(address, new=new), status=303)


@at_desk
@require_safe
def file(request: HttpRequest, desk: Desk, key: UUID) -> HttpResponseBase:
    """One's own file."""
    rows = desk.response.attachments if desk.response else None
    found = rows.filter(key=key, original=False).first() if rows else None
    if found is None:
        raise Http404("There is no such file here.")
    return send_file(found)


def _page(request: HttpRequest, desk: Desk, faults: list[FileFault] | None = None) -> HttpResponse:
    faults = faults or []
    with_files: set[int | None] = set()
    if desk.response is not None:
        with_files = set(desk.response.attachments.values_list("question", flat=True))
    asked = [q for q in desk.questions if q.pk in with_files or _asks_for_a_file(q)]
    return respond_page(
        request,
        desk,
        "files",
        {
            "questions": asked,
            "file_faults": faults,
            "together": settings.CONSULTATION_FILES_MEGABYTES,
        },
        status=WRONG if faults else 200,
        faults=[each.fault for each in faults],
    )


def _asks_for_a_file(question: Question) -> bool:
    return question.wording is not None and question.wording.kind == "file"


def _sent(request: HttpRequest, desk: Desk) -> Iterator[tuple[str, Question | None, Any]]:
    """Each file with its place; one for a question that is asked no more belongs to no answer."""
    asked = {str(question.key): question for question in desk.questions}
    for name, listed in request.FILES.lists():
        if name.partition("-")[0] == FIELD:
            question = asked.get(name.partition("-")[2])
            place = str(question.key) if question else ""
            yield from ((place, question, each) for each in listed)


def _changed(request: HttpRequest, desk: Desk) -> bool:
    """Mark and remove what the form lists; whether anything was another way before. What it does not
    list was added meanwhile elsewhere and stays as it is."""
    assert desk.response is not None
    listed, confidential, removed = (
        set(request.POST.getlist(name)) for name in ("listed", "confidential-file", "remove-file")
    )
    changed = False
    if not listed:
        return changed
    for each in desk.response.attachments.select_related("response").filter(original=False):
        key = str(each.key)
        if key in removed & listed:
            detach(attachment=each)
            changed = True
        elif key in listed and each.confidential != (key in confidential):
            mark(attachment=each, confidential=key in confidential)
            changed = True
    return changed


def _stopped(request: HttpRequest) -> Iterator[FileFault]:
    words = too_large(settings.CONSULTATION_FILE_MEGABYTES)
    for handler in request.upload_handlers:
        if isinstance(handler, BoundedUpload):
            for name, file_name in handler.refused:
                yield _fault(name.partition("-")[2], file_name, words)


def _fault(place: str, name: str, words: str) -> FileFault:
    return FileFault(place, f"“{plain_name(name) or 'The file'}” was not added. {words}")
