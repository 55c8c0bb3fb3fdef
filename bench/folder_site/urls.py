"""The site's own addresses, and an empty view under the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from guidance_site import urls as site


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(b"")


urlpatterns = [path("empty/", empty), *site.urlpatterns]
