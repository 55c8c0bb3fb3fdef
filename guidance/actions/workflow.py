"""What happens when a workflow approves a page (the setting WAGTAIL_FINISH_WORKFLOW_ACTION)."""

from __future__ import annotations

from typing import Any

from wagtail.models import WorkflowState
from wagtail.workflows import publish_workflow_state

from guidance.models import EditionPage, SectionPage


def finish(workflow_state: WorkflowState, user: Any = None) -> None:
    """Publish the page, as Wagtail does; but leave an edition or section approved and a draft,
    since it is issued with its whole edition and not before."""
    if not isinstance(workflow_state.content_object, EditionPage | SectionPage):
        publish_workflow_state(workflow_state, user=user)
