"""Stops an upload that is larger than a file of a response may be while it comes in, so that it
fills no disk. The rest of the form is read on: a file that is refused takes nothing with it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from consultation.actions.attaching import MEGABYTE

FIELD = "files"
"""The name of a file input, or its beginning: "files-<key of the question>"."""


class BoundedUpload(FileUploadHandler):
    """The first of the upload handlers (FILE_UPLOAD_HANDLERS): it acts on the file inputs of a
    response and lets every other upload pass. `refused` are the fields and names that it stopped."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.refused: list[tuple[str, str]] = []
        self.bounded = bool(request) and request.path_info.startswith("/consultations/")
        self.seen = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.seen = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.bounded and self.seen > settings.CONSULTATION_FILE_MEGABYTES * MEGABYTE:
            self.refused.append((self.field_name or "", self.file_name or ""))
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """The handlers after this one keep the file."""
