"""Consultations in the admin: setting up, receiving, reading."""
