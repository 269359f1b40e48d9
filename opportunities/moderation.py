"""What happens when moderators accept. Wagtail imports this before its models exist, so imports wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import Revision, WorkflowState

    from accounts.models import User


def check_reviewed(revision: Revision) -> None:
    """Raises ValidationError if a revision may not go public after all.

    Another may have taken its reference meanwhile, or a safeguarding decision may be missing.
    """
    from partners.models import Publishable

    from .models import Opportunity
    from .services import check_publishable

    reviewed = revision.as_object()
    if isinstance(reviewed, Publishable):
        reviewed.full_clean()
    if isinstance(reviewed, Opportunity):
        check_publishable(reviewed)


def publish_reviewed_revision(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Publishes exactly the revision that the moderator read, not a later one (WAGTAIL_FINISH_WORKFLOW_ACTION).

    Raises ValidationError if it may not go public after all: the approval is then undone.
    """
    from partners.four_eyes import check_not_asked_by
    from partners.models import Publishable

    revision = workflow_state.current_task_state.revision
    check_reviewed(revision)
    if user is not None and isinstance(workflow_state.content_object, Publishable):
        check_not_asked_by(user, workflow_state.content_object, workflow_state)
    revision.publish(user=user)
