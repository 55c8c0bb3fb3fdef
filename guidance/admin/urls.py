"""The admin's own addresses."""

from django.urls import URLPattern, URLResolver, include, path

from guidance.admin.imports import ImportProgress, ImportStep, StartImport
from guidance.admin.publication import CheckAndPublish

imports = (
    [
        path("", StartImport.as_view(), name="start"),
        path("<uuid:pk>/", ImportStep.as_view(), name="job"),
        path("<uuid:pk>/progress/", ImportProgress.as_view(), name="progress"),
    ],
    "guidance_imports",
)

urlpatterns: list[URLPattern | URLResolver] = [
    path("import/", include(imports)),
    path("editions/<int:pk>/publish/", CheckAndPublish.as_view(), name="guidance_publication"),
]
