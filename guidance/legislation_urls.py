"""The addresses under /legislation/, which follow those of legislation.gov.uk."""

from django.urls import path

from guidance.views.legislation import index, legislation

app_name = "legislation"

urlpatterns = [
    path("", index, name="index"),
    path("<path:path>/", legislation, name="legislation"),
]
