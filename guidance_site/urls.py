"""Every address of the site: the admin, the reading pages from the ledger, then Wagtail's pages."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.static import serve
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from guidance_site import api
from guidance_site.health import health
from guidance_site.sitemaps import robots, sitemap

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include((api.urlpatterns, "ninja"), namespace="api-1")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("guidance/", include("guidance.urls")),
    path("legislation/", include("guidance.legislation_urls")),
    path("certificates/", include("guidance.certificate_urls")),
    path("search/", include("search.urls")),
    path("consultations/", include("consultation.urls")),
    path("", include("home.front_door_urls")),
    path("", include("home.folder_urls")),
    path("health/", health, name="health"),
    path("robots.txt", robots),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<str:section>.xml", sitemap, name="sitemap_of"),
]
if settings.SERVE_MEDIA:  # in production the web server in front, or the object store, does this
    urlpatterns.append(
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})
    )
urlpatterns.append(path("", include(wagtail_urls)))

handler400 = "guidance_site.errors.bad_request"
handler403 = "guidance_site.errors.forbidden"
handler404 = "guidance_site.errors.not_found"
handler500 = "guidance_site.errors.server_error"
