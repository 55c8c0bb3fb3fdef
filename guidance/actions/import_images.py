"""Pictures of an imported document: which can be kept, and keeping them."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image as Picture
from PIL import UnidentifiedImageError
from wagtail.images import get_image_model

FORMATS = {"PNG": "png", "JPEG": "jpg", "GIF": "gif", "WEBP": "webp"}
"""The formats that browsers show, and the ending of each."""

MAX_PIXELS = 40_000_000


def keepable(data: bytes) -> bool:
    """Whether the bytes are a picture of a reasonable size that browsers show."""
    return _ending(data) is not None


def store_figures(images: Mapping[str, str], user: Any) -> dict[str, int]:
    """Store the pictures (base64, by the provisional identity of their figure); their image ids."""
    stored = {}
    for identity, encoded in images.items():
        data = base64.b64decode(encoded)
        name = f"figure-{identity}.{_ending(data) or 'png'}"
        image = get_image_model()(title="Figure", uploaded_by_user=user)
        image.file = ImageFile(BytesIO(data), name=name)
        image.save()
        stored[identity] = image.pk
    return stored


def _ending(data: bytes) -> str | None:
    try:
        with Picture.open(BytesIO(data), formats=tuple(FORMATS)) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return None
            return FORMATS.get(picture.format or "")
    except (UnidentifiedImageError, OSError, ValueError, Picture.DecompressionBombError):
        return None
