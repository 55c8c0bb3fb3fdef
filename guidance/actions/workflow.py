"""What happens when a workflow approves a page (the setting WAGTAIL_FINISH_WORKFLOW_ACTION).

Wagtail imports this while it defines its own models, so no models are imported here.
"""

from __future__ import annotations

from typing import Any

from wagtail.workflows import publish_workflow_state


def finish(workflow_state: Any, user: Any = None) -> None:
    """Publish the page, as Wagtail does; but leave an edition or section approved and a draft,
    since it is issued with its whole edition and not before."""
    page = workflow_state.content_object
    if not getattr(getattr(page, "specific", page), "issued_whole", False):
        publish_workflow_state(workflow_state, user=user)
