"""Our API, Wagtail's two, an empty view, and our API with nothing kept from one request to the next."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import path, resolve
from wagtail.api import APIField
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet

from guidance.api import kept
from guidance.models import SectionPage
from guidance_site import urls as site

SectionPage.api_fields = [APIField("body")]

from wagtail.api.v3.urls import api as version_3  # noqa: E402  it reads `api_fields` when imported

version_2 = WagtailAPIRouter("wagtailapi")
version_2.register_endpoint("pages", PagesAPIViewSet)


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"")


def anew(request: HttpRequest, address: str) -> HttpResponseBase:
    """An answer of the API that is made from the ledger every time."""
    kept.forget()
    found = resolve(f"/api/{address}")
    return found.func(request, *found.args, **found.kwargs)


urlpatterns = [
    path("empty/", empty),
    path("anew/<path:address>", anew),
    path("wagtail/v2/", version_2.urls),
    path("wagtail/v3/", version_3.urls),
    *site.urlpatterns,
]
