"""Shows confidential words and hands out files to those who may have them; each time is written in
the audit log before anything is shown."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from consultation.actions.masking import Sight, is_marked
from consultation.models import Attachment, Response

READ, REVEAL = "consultation.view_response", "consultation.view_confidential"
logger = logging.getLogger("consultation")


def reveal(*, user: Any, response: Response) -> Sight:
    """The whole of a response, for one look. PermissionDenied."""
    if not (user.has_perm(READ) and user.has_perm(REVEAL)):
        raise PermissionDenied
    log(instance=response, action="consultation.read_confidential", user=user)
    logger.info("event=confidential_read response=%s user=%s", response.pk, user.pk)
    return Sight(response, open=True)


def hand_out(*, user: Any, attachment: Attachment) -> Attachment:
    """A file, to be sent; PermissionDenied. One that is kept back is not, so nothing is logged."""
    if not user.has_perm(READ):
        raise PermissionDenied
    response = attachment.response
    secret = is_confidential(attachment)
    if secret and not user.has_perm(REVEAL):
        raise PermissionDenied
    if not attachment.openable:
        return attachment
    with transaction.atomic():
        data = {"file": str(attachment.key), "confidential": secret}
        if secret:
            log(instance=response, action="consultation.read_confidential", user=user, data=data)
        log(instance=response, action="consultation.download", user=user, data=data)
    logger.info("event=file_downloaded file=%s user=%s", attachment.pk, user.pk)
    return attachment


def is_confidential(attachment: Attachment) -> bool:
    """Whether only those may have it who may read confidential words."""
    response = attachment.response
    return Sight(response).hides(attachment, marked=is_marked(response))
