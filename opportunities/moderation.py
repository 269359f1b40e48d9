"""What happens when moderators accept. Wagtail imports this before its models exist, so imports wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import WorkflowState

    from accounts.models import User


def publish_reviewed_revision(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Publishes exactly the revision that the moderator read, not a later one (WAGTAIL_FINISH_WORKFLOW_ACTION).

    Raises ValidationError if it may not go public after all, as when another took its reference meanwhile or
    a safeguarding decision is missing: the approval is then undone.
    """
    from partners.models import Publishable

    from .models import Opportunity
    from .services import check_publishable

    revision = workflow_state.current_task_state.revision
    reviewed = revision.as_object()
    if isinstance(reviewed, Publishable):
        reviewed.full_clean()
    if isinstance(reviewed, Opportunity):
        check_publishable(reviewed)
    revision.publish(user=user)
