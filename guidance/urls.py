"""The addresses of what is read, answered from the ledger before Wagtail sees them.

`guidance.rendering.addresses` builds the same paths; a test holds the two together.
"""

from django.urls import path, re_path

from guidance.models.pages import RESERVED_EDITION_SLUGS
from guidance.views.document import as_at, document
from guidance.views.edition import edition, status
from guidance.views.index import index
from guidance.views.paragraph import loose_paragraph, paragraph
from guidance.views.section import section

app_name = "guidance"

# Sections are read most, so they are looked for first; what they must not hide is left out here.
SECTION = (
    rf"^(?P<document>[-\w]+)/(?!(?:{'|'.join(sorted(RESERVED_EDITION_SLUGS))})/)"
    r"(?P<edition>[-\w]+)/(?!status/)(?P<section>[-\w]+)/$"
)

urlpatterns = [
    re_path(SECTION, section, name="section"),
    path("", index, name="index"),
    path("<slug:document>/", document, name="document"),
    path("<slug:document>/para/<str:reference>/", paragraph, name="paragraph"),
    re_path(
        r"^(?P<document>[-\w]+)/(?:paras?|paragraphs?)/(?P<words>.+?)/?$",
        loose_paragraph,
        name="loose_paragraph",
    ),
    re_path(
        r"^(?P<document>[-\w]+)/(?P<words>\w+(?:\.\w+)+)/?$",
        loose_paragraph,
        name="bare_paragraph",
    ),
    path("<slug:document>/as-at/<str:day>/", as_at, name="as_at"),
    path("<slug:document>/<slug:edition>/", edition, name="edition"),
    path("<slug:document>/<slug:edition>/status/", status, name="status"),
]
