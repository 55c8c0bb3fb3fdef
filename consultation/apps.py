"""Consultations on drafts: questions, responses, analysis and dispositions."""

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    name = "consultation"
    verbose_name = "Consultation"
