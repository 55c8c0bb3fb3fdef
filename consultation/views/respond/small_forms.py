"""What is wrong with a Django form, as the pages of a response say it."""

from __future__ import annotations

from django.forms import Form

from consultation.views.respond.pages import Fault


def faults_of(form: Form) -> list[Fault]:
    """Each at its field, in the order of the form."""
    return [Fault(field.id_for_label, str(words)) for field in form for words in field.errors]
