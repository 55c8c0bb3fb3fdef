"""The site's own addresses, an empty view, and a section drawn by Wagtail from its StreamField."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from wagtail import urls as wagtail_urls

from guidance.models import SectionPage
from guidance_site import urls as site

SectionPage.template = "bench/section_page.html"


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"")


urlpatterns = [
    path("empty/", empty),
    path("streamfield/", include(wagtail_urls)),
    *site.urlpatterns,
]
