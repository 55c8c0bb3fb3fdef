"""The electronic folder: bundles of guidance, from the day that a piece is planned."""

from home.folder.reading import Coming, coming

__all__ = ["Coming", "coming"]
