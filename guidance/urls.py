"""The addresses of what is read, answered from the ledger before Wagtail sees them.

`guidance.rendering.addresses` builds the same paths; a test holds the two together.
"""

from django.urls import path, re_path

from guidance.models.pages import RESERVED_EDITION_SLUGS, RESERVED_SECTION_SLUGS
from guidance.views.certificates import edition_certificate, paragraph_certificate
from guidance.views.checklist import checklist
from guidance.views.compare import compare, compare_with_the_one_before, comparison
from guidance.views.document import as_at, document
from guidance.views.edition import edition, status
from guidance.views.index import index
from guidance.views.origins import latest_origins, origins
from guidance.views.paragraph import loose_paragraph, paragraph
from guidance.views.section import section

app_name = "guidance"

# Sections are read most, so they are looked for first; what they must not hide is left out here.
SECTION = (
    rf"^(?P<document>[-\w]+)/(?!(?:{'|'.join(sorted(RESERVED_EDITION_SLUGS))})/)"
    rf"(?P<edition>[-\w]+)/(?!(?:{'|'.join(sorted(RESERVED_SECTION_SLUGS))})/)(?P<section>[-\w]+)/$"
)

urlpatterns = [
    re_path(SECTION, section, name="section"),
    path("", index, name="index"),
    path("<slug:document>/", document, name="document"),
    path("<slug:document>/para/<str:reference>/", paragraph, name="paragraph"),
    path(
        "<slug:document>/para/<str:reference>/certificate/",
        paragraph_certificate,
        name="paragraph_certificate",
    ),
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
    path("<slug:document>/compare/", compare, name="compare"),
    path("<slug:document>/compare/<slug:edition>/", compare_with_the_one_before),
    path("<slug:document>/compare/<slug:before>/<slug:after>/", comparison, name="comparison"),
    path("<slug:document>/origins/", latest_origins),
    path("<slug:document>/origins/<slug:edition>/", origins, name="origins"),
    path("<slug:document>/checklist/", checklist, name="checklist"),
    path("<slug:document>/<slug:edition>/", edition, name="edition"),
    path("<slug:document>/<slug:edition>/status/", status, name="status"),
    path(
        "<slug:document>/<slug:edition>/certificate/",
        edition_certificate,
        name="edition_certificate",
    ),
]
