"""How a consultation is written in Wagtail's editor: its tabs, and the form behind them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html, strip_tags
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    HelpPanel,
    InlinePanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import RichTextField

from consultation.admin.checks import BeforeItOpens
from consultation.admin.preview import shown_as
from consultation.forms.london import LondonField
from consultation.models import ConsultationPage, Criterion, CriterionEvidence
from guidance.models import Edition, Stage

CRITERIA_HELP = (
    "The six criteria of the Code of Practice on Consultation. Tick those that this consultation"
    " meets, and say how; readers see both."
)


RICH = tuple(f.name for f in ConsultationPage._meta.fields if isinstance(f, RichTextField))
"""Fields whose editor sends an empty paragraph where nothing is written."""


class EditionField(forms.ModelChoiceField):
    """The published drafts for consultation, each with its document."""

    def __init__(self, **kwargs: Any) -> None:
        drafts = Edition.objects.filter(stage=Stage.CONSULTATION).select_related("document")
        super().__init__(drafts.order_by("-published", "-pk"), **kwargs)

    def label_from_instance(self, edition: Any) -> str:
        day = edition.published
        return f"{edition.document.title}: {edition.title} ({day.day} {day:%B %Y})"


def met_name(criterion: Criterion) -> str:
    return f"met_{criterion.value}"


def evidence_name(criterion: Criterion) -> str:
    return f"evidence_{criterion.value}"


def _criteria_fields() -> Iterator[tuple[str, forms.Field]]:
    for criterion in Criterion:
        yield met_name(criterion), forms.BooleanField(label="Met", required=False)
        words = forms.CharField(label="How", required=False, widget=AdminAutoHeightTextInput)
        yield evidence_name(criterion), words


CriteriaForm: Any = type("CriteriaForm", (WagtailAdminPageForm,), dict(_criteria_fields()))
"""With two fields for each criterion, which the panels name."""


class ConsultationForm(CriteriaForm):
    """The fields of a consultation, with one line for each of the six criteria.

    What stays as it is once it has opened is shown and cannot be changed. What keeps it from being
    published is said at its field when somebody publishes it, not when they save a draft.
    """

    edition = EditionField(help_text="The published draft that is consulted on")
    opens = LondonField(help_text="London time")
    closes = LondonField(
        help_text="London time. A response in the minute that you name still counts, so 23:59 takes"
        " the whole day"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        page = self.instance
        stated = {row.criterion: row for row in page.criteria.all()}
        for criterion, row in stated.items():
            self.initial[met_name(Criterion(criterion))] = row.met
            self.initial[evidence_name(Criterion(criterion))] = row.evidence
        for name in page.fixed:
            self._fix(name.removesuffix("_id"))

    def _fix(self, name: str) -> None:
        if name not in self.fields:
            return
        self.fields[name].disabled = True
        self.fields[name].help_text = "It has opened, so this stays as it is"
        if name == "closes":
            self.fields[name].help_text = format_html(
                'To keep it open longer, <a href="{}">extend it</a>',
                reverse("consultation_extend", args=[self.instance.pk]),
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        for name in RICH:
            if not strip_tags(cleaned.get(name) or "").strip():
                cleaned[name] = ""
        if not self.is_deferred_validation and not self.errors:
            for field, words in self._as_typed(cleaned).faults().items():
                self.add_error(field, words)
        return cleaned

    def _as_typed(self, cleaned: dict[str, Any]) -> ConsultationPage:
        """The page with what decides whether it may be published; the instance gets it later."""
        page: ConsultationPage = self.instance
        for name in ("edition", "opens", "closes", "shorter_reason"):
            setattr(page, name, cleaned.get(name))
        return page

    def save(self, commit: bool = True) -> Any:
        stated = {row.criterion: row for row in self.instance.criteria.all()}
        rows = []
        for order, criterion in enumerate(Criterion):
            row = stated.get(criterion) or CriterionEvidence(criterion=criterion)
            row.sort_order = order
            row.met = self.cleaned_data[met_name(criterion)]
            row.evidence = self.cleaned_data[evidence_name(criterion)].strip()
            rows.append(row)
        self.instance.criteria = rows
        return super().save(commit=commit)


def tabs() -> Panel:
    """The editor of a consultation."""
    return TabbedInterface(
        [
            ObjectList(_consultation(), heading="The consultation"),
            ObjectList(_ways(), heading="How to respond"),
            ObjectList(_criteria(), heading="Criteria"),
            ObjectList(_data(), heading="Data"),
        ],
        base_form_class=ConsultationForm,
    )


def connect() -> None:
    """Once, when the app is ready: the page's editor stands above its model."""
    ConsultationPage.base_form_class = ConsultationForm
    ConsultationPage.edit_handler = tabs()
    ConsultationPage.shown_as = shown_as


def _consultation() -> list[Panel]:
    return [
        BeforeItOpens(),
        TitleFieldPanel("title"),
        FieldPanel("edition"),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")])],
            heading="When it is open (London time)",
        ),
        FieldPanel("shorter_reason"),
        FieldPanel("summary"),
        FieldPanel("about"),
        FieldPanel("audience"),
        InlinePanel(
            "related_documents",
            heading="Related documents",
            label="Related document",
            panels=[FieldPanel("title"), FieldPanel("document"), FieldPanel("link")],
        ),
        FieldPanel("impact_assessment"),
        MultiFieldPanel([FieldPanel("slug")], heading="Address"),
    ]


def _ways() -> list[Panel]:
    return [
        FieldPanel("ways_to_respond"),
        MultiFieldPanel(
            [
                FieldPanel("coordinator"),
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
                FieldPanel("postal_address"),
            ],
            heading="Whom to ask, and where responses are sent",
        ),
        FieldPanel("alternative_formats"),
    ]


def _criteria() -> list[Panel]:
    return [
        HelpPanel(content=CRITERIA_HELP),
        *(
            MultiFieldPanel(
                [FieldPanel(met_name(criterion)), FieldPanel(evidence_name(criterion))],
                heading=f"{criterion.value}. {criterion.label}",
            )
            for criterion in Criterion
        ),
    ]


def _data() -> list[Panel]:
    return [FieldPanel("privacy_notice"), FieldPanel("retention_months")]
