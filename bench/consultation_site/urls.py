"""The site's own addresses and an empty view."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from guidance_site.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("empty/", empty), *urlpatterns]
