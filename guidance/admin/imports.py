"""Importing in three steps: send a file, see what was understood of it, save it as a draft."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views import View
from django.views.decorators.cache import never_cache
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from guidance.actions.import_jobs import (
    STEPS,
    correct_import,
    finish_import,
    may_import,
    plan_of,
    start_import,
)
from guidance.actions.import_plan import CorrectionError
from guidance.actions.import_target import ImportRefused
from guidance.admin.corrections import Answers
from guidance.admin.forms import ImportForm
from guidance.admin.review import Review
from guidance.models import GuidancePage, ImportJob


def may_import_anything(user: Any) -> bool:
    """Whether there is any place that the user may import to."""
    return may_import(user, None) or any(may_import(user, d) for d in GuidancePage.objects.all())


class ImportPage(WagtailAdminTemplateMixin, View):
    """What the steps have in common; only for people who may import somewhere."""

    page_title = "Import a document"
    header_icon = "upload"
    _show_breadcrumbs = True

    @method_decorator(never_cache)
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_import_anything(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("guidance_imports:start"), "label": "Import a document"},
        ]


class StartImport(ImportPage):
    """Step 1: the file, and what it is."""

    template_name = "guidance/admin/import_start.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        initial = {"document": request.GET.get("document") or None}
        return self._show(ImportForm(user=request.user, initial=initial))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ImportForm(request.POST, request.FILES, user=request.user)
        if not form.is_valid():
            return self._show(form)
        cleaned = form.cleaned_data
        try:
            job = start_import(
                user=request.user,
                file=cleaned["file"],
                target=cleaned["target"],
                document_title=cleaned.get("document_title", ""),
                edition_title=cleaned["edition_title"],
            )
        except ImportRefused as error:
            form.add_error(None, str(error))
            return self._show(form)
        return redirect("guidance_imports:job", job.pk)

    def _show(self, form: ImportForm) -> HttpResponse:
        jobs = ImportJob.objects.of(self.request.user).wanting_attention().defer("plan", "source")
        return self.render_to_response(
            self.get_context_data(form=form, media=form.media, jobs=jobs)
        )


class ImportStep(ImportPage):
    """Steps 2 and 3: an import of the person's own, wherever it stands."""

    @cached_property
    def job(self) -> ImportJob:
        jobs = ImportJob.objects.of(self.request.user).select_related("document", "edition")
        return get_object_or_404(jobs.defer("source"), pk=self.kwargs["pk"])

    def get_page_subtitle(self) -> str:
        return self.job.file_name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.job.file_name}]

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if self.job.edition is not None:
            return redirect("wagtailadmin_explore", self.job.edition.pk)
        if self.job.ready:
            return self._review(Answers(plan_of(self.job)))
        return self._progress()

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        if "discard" in request.POST:
            return self._discard()
        if self.job.edition is not None:
            return redirect("wagtailadmin_explore", self.job.edition.pk)
        if not self.job.ready:
            return redirect("guidance_imports:job", self.job.pk)
        answers = Answers(plan_of(self.job), request.POST)
        if answers.errors:
            return self._review(answers)
        try:
            correct_import(user=request.user, job=self.job, answers=answers.changes)
        except CorrectionError as error:
            answers.errors[error.paragraph] = str(error)
            return self._review(answers)
        except ImportRefused as error:
            messages.error(request, str(error))
            return redirect("guidance_imports:job", self.job.pk)
        if "save" in request.POST:
            return self._save()
        messages.success(request, "The corrections are kept.")
        return redirect("guidance_imports:job", self.job.pk)

    def _save(self) -> HttpResponse:
        try:
            edition = finish_import(user=self.request.user, job=self.job)
        except ImportRefused as error:
            messages.error(self.request, str(error))
            return redirect("guidance_imports:job", self.job.pk)
        messages.success(
            self.request,
            f"“{edition.title}” is saved as a draft. Look through its sections, then check and "
            "publish it.",
        )
        return redirect("wagtailadmin_explore", edition.pk)

    def _discard(self) -> HttpResponse:
        name = self.job.file_name
        if self.job.edition is None:
            self.job.delete()
            messages.success(self.request, f"The import of {name} is thrown away.")
        return redirect("guidance_imports:start")

    def _progress(self) -> HttpResponse:
        self.template_name = "guidance/admin/import_progress.html"
        return self.render_to_response(
            self.get_context_data(job=self.job, step=step_words(self.job))
        )

    def _review(self, answers: Answers) -> HttpResponse:
        self.template_name = "guidance/admin/import_review.html"
        if answers.errors:
            messages.error(self.request, "Some corrections cannot be followed; see below.")
        return self.render_to_response(
            self.get_context_data(job=self.job, review=Review(answers), answers=answers)
        )


class ImportProgress(ImportStep):
    """How far the reading is, for the script of the progress page."""

    def get(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        job = self.job
        return JsonResponse(
            {"under_way": job.under_way, "progress": job.progress, "step": step_words(job)}
        )

    def post(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        return HttpResponse(status=405)


def step_words(job: ImportJob) -> str:
    """What is being done now, in words."""
    done = [words for share, words in STEPS.values() if share <= job.progress]
    return done[-1] if done else "Waiting to be read"
