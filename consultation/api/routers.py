"""The routers of consultations, with the prefix that each is mounted at, and which operations write."""

from ninja import Router

from consultation.api import reading, submitting

ROUTERS: tuple[tuple[str, Router], ...] = (
    ("/consultations", reading.router),
    ("/consultations", submitting.router),
)
WRITES = {submitting.OPERATION: submitting.NOT_YET_READ}
"""Operations that take a POST and nothing else, with what is said to whoever reads there."""
