"""Consultations in the JSON API."""
