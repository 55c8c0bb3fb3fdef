"""The admin's own addresses."""

from django.urls import URLPattern, URLResolver, include, path

from guidance.admin.audit import EditionHistory
from guidance.admin.changes import ReviewChanges
from guidance.admin.corrigendum import Corrigendum
from guidance.admin.demands import WhatItDemands
from guidance.admin.imports import ImportProgress, ImportStep, StartImport
from guidance.admin.publication import CheckAndPublish
from guidance.admin.reading import ReadDraft, ReadSection
from guidance.admin.starting import StartEdition
from guidance.admin.withdrawal import Withdraw

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
    path("editions/<int:pk>/changes/", ReviewChanges.as_view(), name="guidance_changes"),
    path("guidance/<int:pk>/start/", StartEdition.as_view(), name="guidance_start"),
    path("editions/<int:pk>/publish/", CheckAndPublish.as_view(), name="guidance_publication"),
    path("editions/<int:pk>/read/", ReadDraft.as_view(), name="guidance_reading"),
    path(
        "editions/<int:pk>/read/<int:section>/",
        ReadSection.as_view(),
        name="guidance_reading_section",
    ),
    path("editions/<int:pk>/demands/", WhatItDemands.as_view(), name="guidance_demands"),
    path("editions/<int:pk>/history/", EditionHistory.as_view(), name="guidance_edition_history"),
    path("guidance/<int:pk>/withdraw/", Withdraw.as_view(), name="guidance_withdrawal"),
    path("guidance/<int:pk>/corrigendum/", Corrigendum.as_view(), name="guidance_corrigendum"),
]
