"""Where the picture of a figure is served from."""

from __future__ import annotations

from wagtail.images import get_image_model

LARGEST = "max-1400x1400"


def image_address(image_id: int) -> str | None:
    """The address of a picture no larger than a page needs; None where it cannot be had."""
    image = get_image_model().objects.filter(pk=image_id).first()
    if image is None:
        return None
    try:
        return str(image.get_rendition(LARGEST).url)
    except OSError:  # the file behind the row is gone or cannot be read as a picture
        return None
