"""The addresses of the front door: the landing page, duties, and what the site says of itself."""

from django.urls import path

from home.views.about import accessibility, cookies, licence, privacy
from home.views.duties import choose, duties
from home.views.landing import landing

urlpatterns = [
    path("", landing, name="home"),
    path("duties/", choose, name="duties"),
    path("duties/<slug:authority>/", duties, name="duties_of"),
    path("accessibility/", accessibility, name="accessibility"),
    path("privacy/", privacy, name="privacy"),
    path("cookies/", cookies, name="cookies"),
    path("licence/", licence, name="licence"),
]
