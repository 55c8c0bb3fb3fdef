"""Consultations as the public sees them: reading and responding."""
