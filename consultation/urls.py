"""The addresses of consultations, under /consultations/."""

from __future__ import annotations

from django.urls import URLPattern, path

from consultation.views.calendar import calendar
from consultation.views.consultation import consultation
from consultation.views.draft import draft, draft_section_page
from consultation.views.index import index
from consultation.views.questions import questions
from consultation.views.respond.about import use, you
from consultation.views.respond.amend import amend, withdraw
from consultation.views.respond.check import check
from consultation.views.respond.draft import respond_draft, respond_section
from consultation.views.respond.files import file, files
from consultation.views.respond.leave import leave, throw_away
from consultation.views.respond.link import link, link_again, return_
from consultation.views.respond.paragraph import respond_paragraph
from consultation.views.respond.question import all_questions, question
from consultation.views.respond.receipt import receipt
from consultation.views.respond.save import save
from consultation.views.respond.sent import done
from consultation.views.respond.tasks import respond
from consultation.views.respond.together import together
from consultation.views.word_form import word_form

app_name = "consultations"

urlpatterns: list[URLPattern] = [
    path("", index, name="index"),
    path("<slug:slug>/", consultation, name="consultation"),
    path("<slug:slug>/questions/", questions, name="questions"),
    path("<slug:slug>/calendar.ics", calendar, name="calendar"),
    path("<slug:slug>/form.docx", word_form, name="word_form"),
    path("<slug:slug>/draft/", draft, name="draft"),
    path("<slug:slug>/draft/<slug:section>/", draft_section_page, name="draft_section"),
    path("<slug:slug>/respond/link/", link, name="link"),
    path("<slug:slug>/respond/link-again/", link_again, name="link_again"),
    path("<slug:slug>/respond/return/<str:key>/", return_, name="return"),
    path("<slug:slug>/respond/together/", together, name="together"),
    path("<slug:slug>/respond/amend/", amend, name="amend"),
    path("<slug:slug>/respond/withdraw/", withdraw, name="withdraw"),
    path("<slug:slug>/respond/leave/", leave, name="leave"),
    path("<slug:slug>/respond/throw-away/", throw_away, name="throw_away"),
    path("<slug:slug>/respond/receipt.pdf", receipt, name="receipt"),
    path("<slug:slug>/respond/files/", files, name="files"),
    path("<slug:slug>/respond/files/<uuid:key>/", file, name="file"),
    path("<slug:slug>/respond/", respond, name="respond"),
    path("<slug:slug>/respond/question/<uuid:key>/", question, name="question"),
    path("<slug:slug>/respond/all/", all_questions, name="all_questions"),
    path("<slug:slug>/respond/draft/", respond_draft, name="respond_draft"),
    path("<slug:slug>/respond/draft/<slug:section>/", respond_section, name="respond_section"),
    path(
        "<slug:slug>/respond/paragraph/<str:reference>/",
        respond_paragraph,
        name="respond_paragraph",
    ),
    path("<slug:slug>/respond/you/", you, name="you"),
    path("<slug:slug>/respond/use/", use, name="use"),
    path("<slug:slug>/respond/check/", check, name="check"),
    path("<slug:slug>/respond/done/", done, name="done"),
    path("<slug:slug>/respond/save/", save, name="save"),
]
