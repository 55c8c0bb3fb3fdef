"""The folder: /folder/."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from ninja import Query, Router

from guidance.api.addresses import API, absolute
from guidance.api.kept import answered
from guidance.api.lists import JSON, envelope, json_bytes, window
from guidance.api.objects import Json, document_ref, edition_summary
from guidance.api.parameters import Paged
from guidance.api.schemas import Listing
from guidance.views.ledger import DocumentFacts
from home.api.promises import steps
from home.api.schemas import FolderBundle
from home.api.state import folder_state
from home.folder.addresses import bundle_path
from home.folder.reading import BundleOfItems, Item, Timing, folder

router = Router(tags=["Folder"], by_alias=True)
ADDRESS = f"{API}folder/"


@router.get("/", response=Listing[FolderBundle], operation_id="folder", summary="The folder")
def bundles(request: HttpRequest, wanted: Query[Paged]) -> HttpResponseBase:
    """The bundles of the electronic folder with their items: what stage each has reached, what is
    promised, and the editions there are."""

    def make() -> bytes:
        found = folder()
        day = timezone.localdate()
        results = [_bundle(bundle, day) for bundle in found[window(wanted)]]
        return json_bytes(envelope(request, wanted, len(found), results))

    return answered(request, folder_state(), make, JSON)


def _bundle(bundle: BundleOfItems, day: date) -> Json:
    return {
        "slug": bundle.slug,
        "title": bundle.title,
        "summary": bundle.summary,
        "items": [_item(item, day) for item in bundle.items],
        "url": absolute(bundle_path(bundle.slug)),
        "api_url": absolute(ADDRESS),
    }


def _item(item: Item, day: date) -> Json:
    return {
        "slug": item.slug,
        "title": item.title,
        "summary": item.summary,
        "lead": item.lead,
        "stage": {
            "kind": str(item.stage.kind), "words": item.stage.words, "note": item.stage.note,
        },
        "timings": [_timing(timing) for timing in item.timings],
        "including": [
            {"title": part.title, "timings": [_timing(timing) for timing in part.timings]}
            for part in item.parts
        ],
        "documents": [_document(document, day) for document in item.documents],
        "consultations": [
            {
                "title": c.title, "document": c.document, "opens": c.opens, "closes": c.closes,
                "url": absolute(c.address),
            }
            for c in item.consultations
        ],
        "url": absolute(item.address),
        "api_url": absolute(ADDRESS),
    }  # fmt: skip


def _timing(timing: Timing) -> Json:
    return {
        "what": timing.what,
        "words": timing.words,
        "earliest": timing.when.earliest,
        "latest": timing.when.latest,
        "done_on": timing.kept.on,
        "late": timing.kept.late,
        "promises": steps(timing.series),
    }


def _document(document: DocumentFacts, day: date) -> Json:
    editions = [
        edition_summary(document.slug, e, document.editions, day) for e in document.editions
    ]
    return {**document_ref(document), "editions": editions}
