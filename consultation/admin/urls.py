"""The addresses of consultations in the admin."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path

from consultation.admin.by_paragraph import ByParagraph, OnParagraph
from consultation.admin.by_question import ByQuestion
from consultation.admin.counts import ShowCounts
from consultation.admin.downloads import ExportResponses
from consultation.admin.enter import Enter, ToCheck
from consultation.admin.extension import Extend
from consultation.admin.from_text import FromText
from consultation.admin.late import Late
from consultation.admin.pieces import Pieces
from consultation.admin.preview import Preview
from consultation.admin.questions import EditQuestion, Questions
from consultation.admin.reading import ReadOne, ResponseFile
from consultation.admin.responses import Responses, Which
from consultation.admin.take_in import TakeIn, TakeInWhich

urlpatterns: list[URLPattern | URLResolver] = [
    path("<int:pk>/questions/", Questions.as_view(), name="consultation_questions"),
    path("<int:pk>/questions/add/", EditQuestion.as_view(), name="consultation_add_question"),
    path(
        "<int:pk>/questions/<int:question>/", EditQuestion.as_view(), name="consultation_question"
    ),
    path("<int:pk>/questions/from-text/", FromText.as_view(), name="consultation_from_text"),
    path("<int:pk>/extend/", Extend.as_view(), name="consultation_extend"),
    path("<int:pk>/preview/<path:rest>", Preview.as_view(), name="consultation_preview"),
    path("<int:pk>/preview/", Preview.as_view(), {"rest": ""}, name="consultation_preview"),
]

urlpatterns += [  # reading, counting, exporting
    path("responses/", Which.as_view(), name="consultation_which"),
    path("responses/<int:pk>/", ReadOne.as_view(), name="consultation_response"),
    path("files/<uuid:key>/", ResponseFile.as_view(), name="consultation_file"),
    path("<int:pk>/responses/", Responses.as_view(), name="consultation_responses"),
    path("<int:pk>/answers/", ByQuestion.as_view(), name="consultation_by_question"),
    path("<int:pk>/answers/<int:question>/", ByQuestion.as_view(), name="consultation_answers"),
    path("<int:pk>/paragraphs/", ByParagraph.as_view(), name="consultation_by_paragraph"),
    path(
        "<int:pk>/paragraphs/<uuid:paragraph>/",
        OnParagraph.as_view(),
        name="consultation_on_paragraph",
    ),
    path("<int:pk>/counts/", ShowCounts.as_view(), name="consultation_counts"),
    path("<int:pk>/export/", ExportResponses.as_view(), name="consultation_export"),
]

urlpatterns += [  # taking in, entering, placing, checking, late ones
    path("take-in/", TakeInWhich.as_view(), name="consultation_take_in_which"),
    path("<int:pk>/take-in/", TakeIn.as_view(), name="consultation_take_in"),
    path("responses/<int:pk>/enter/", Enter.as_view(), name="consultation_enter"),
    path("to-be-placed/", Pieces.as_view(), name="consultation_pieces"),
    path("to-be-checked/", ToCheck.as_view(), name="consultation_to_check"),
    path("late/", Late.as_view(), name="consultation_late"),
]
