"""The registers that are not pages: instruments, their provisions, duties, kinds of authority."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.sites import AdminSite
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.panels import FieldPanel
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import InspectView

from guidance.models import AuthorityType, Duty, Instrument, Provision
from guidance.statute import place_words


class Register(ModelAdmin):
    """What the registers share."""

    inspect_view_enabled = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Filters by a related row ask Django's admin site for its order (wagtail-modeladmin 2.5);
        # Django's own admin is not installed, so this one knows no models and has none.
        self.admin_site = AdminSite()


class InstrumentInspectView(InspectView):
    """The facts of an instrument, and the provisions that are known of it."""

    def get_fields_dict(self) -> list[dict[str, Any]]:
        known = self.instance.provisions.exclude(place="")
        words = ", ".join(place_words(p.place) for p in known)
        return [*super().get_fields_dict(), {"label": "Provisions", "value": words or "none yet"}]


class InstrumentAdmin(Register):
    """Acts and regulations; statements of status are resolved against these titles."""

    model = Instrument
    menu_icon = "doc-full"
    list_display = ("title", "short_title", "path", "provisions_known", "on_legislation_gov_uk")
    search_fields = ("title", "short_title", "path")
    inspect_view_class = InstrumentInspectView
    inspect_view_fields = ["title", "short_title", "path", "address"]
    list_per_page = 50
    panels = [FieldPanel("title"), FieldPanel("path"), FieldPanel("short_title")]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Instrument]:
        return super().get_queryset(request).annotate(known=Count("provisions"))

    def provisions_known(self, instrument: Instrument) -> int:
        return int(getattr(instrument, "known", 0))

    provisions_known.short_description = "provisions"  # type: ignore[attr-defined]
    provisions_known.admin_order_field = "known"  # type: ignore[attr-defined]

    def on_legislation_gov_uk(self, instrument: Instrument) -> SafeString:
        return _link(instrument.address)

    on_legislation_gov_uk.short_description = "on legislation.gov.uk"  # type: ignore[attr-defined]


class ProvisionAdmin(Register):
    """Places in instruments: "section/138". Publishing an edition adds those that it rests on."""

    model = Provision
    menu_icon = "list-ul"
    list_display = ("__str__", "place", "on_legislation_gov_uk")
    list_filter = ("instrument",)
    list_select_related = ("instrument",)
    search_fields = ("place", "instrument__title")
    panels = [
        FieldPanel("instrument"),
        FieldPanel(
            "place", help_text="As on legislation.gov.uk: section/138, schedule/2/paragraph/3"
        ),
    ]

    def on_legislation_gov_uk(self, provision: Provision) -> SafeString:
        return _link(provision.address)

    on_legislation_gov_uk.short_description = "on legislation.gov.uk"  # type: ignore[attr-defined]


class DutyAdmin(Register):
    """Duties: whom they bind and except, and when they commence."""

    model = Duty
    menu_icon = "check"
    list_display = ("title", "whom_it_binds", "whom_it_excepts", "commences")
    list_filter = ("binds", "excepts")
    search_fields = ("title", "description", "binds_words", "commences")
    panels = [
        FieldPanel("title"),
        FieldPanel("description"),
        FieldPanel("binds"),
        FieldPanel("excepts"),
        FieldPanel("binds_words"),
        FieldPanel("commences"),
        FieldPanel("provisions"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Duty]:
        return super().get_queryset(request).prefetch_related("binds", "excepts")

    def whom_it_binds(self, duty: Duty) -> str:
        return ", ".join(kind.name for kind in duty.binds.all()) or duty.binds_words

    whom_it_binds.short_description = "binds"  # type: ignore[attr-defined]

    def whom_it_excepts(self, duty: Duty) -> str:
        return ", ".join(kind.name for kind in duty.excepts.all())

    whom_it_excepts.short_description = "excepts"  # type: ignore[attr-defined]


class AuthorityTypeAdmin(Register):
    """Kinds of authority, and classes of them such as best value authorities."""

    model = AuthorityType
    menu_icon = "group"
    list_display = ("name", "what_it_includes", "what_includes_it")
    list_filter = ("included_in",)
    search_fields = ("name",)
    list_per_page = 50
    prepopulated_fields = {"slug": ("name",)}
    panels = [
        FieldPanel("name"),
        FieldPanel("slug", help_text="As it stands in addresses: police-authorities"),
        FieldPanel("includes", help_text="For a class: the kinds of authority that belong to it"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[AuthorityType]:
        return super().get_queryset(request).prefetch_related("includes", "included_in")

    def what_it_includes(self, kind: AuthorityType) -> str:
        return ", ".join(included.name for included in kind.includes.all())

    what_it_includes.short_description = "includes"  # type: ignore[attr-defined]

    def what_includes_it(self, kind: AuthorityType) -> str:
        return ", ".join(whole.name for whole in kind.included_in.all())

    what_includes_it.short_description = "belongs to"  # type: ignore[attr-defined]


class Registers(ModelAdminGroup):
    menu_label = "Registers"
    menu_icon = "list-ul"
    menu_order = 250
    items = (DutyAdmin, InstrumentAdmin, ProvisionAdmin, AuthorityTypeAdmin)


def _link(address: str) -> SafeString:
    return format_html('<a href="{}" rel="noreferrer">{}</a>', address, address.split("//")[1])
