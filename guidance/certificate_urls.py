"""The addresses that check certificates and publish the keys that sign them."""

from django.urls import path

from guidance.views.certificate_check import check
from guidance.views.certificate_key import key

app_name = "certificates"

urlpatterns = [
    path("check/", check, name="check"),
    path("key/", key, name="key"),
]
