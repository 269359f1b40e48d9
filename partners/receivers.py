"""What follows when something is sent to officers, accepted or returned, wherever that happens: here or in the CMS."""

from typing import Any

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import published, task_approved, task_submitted, workflow_approved, workflow_rejected

from .models import Publishable
from .moderation import settle_all, settle_mended
from .notices import tell_accepted, tell_returned


def thing_of(workflow_state: WorkflowState) -> Publishable | None:
    """The partner or opportunity that is moderated; None for a page, and for what is gone."""
    thing = workflow_state.content_object
    return thing if isinstance(thing, Publishable) else None


def sent(instance: TaskState, **_: Any) -> None:
    """Something is before the officers: what was mended is settled."""
    thing = thing_of(instance.workflow_state)
    if thing is not None:
        settle_mended(thing, instance.revision)


def accepted(instance: TaskState, **_: Any) -> None:
    """Officers have accepted: nothing is asked for any more."""
    thing = thing_of(instance.workflow_state)
    if thing is not None:
        settle_all(thing)


def made_public(instance: Any, **_: Any) -> None:
    """An officer has published it in the CMS, which accepts it too."""
    if isinstance(instance, Publishable):
        settle_all(instance)


def acceptance_finished(instance: WorkflowState, **_: Any) -> None:
    """It is public, or will be on its day: the partner is told."""
    thing = thing_of(instance)
    if thing is not None and instance.current_task_state is not None:
        tell_accepted(thing, instance.current_task_state)


def returned(instance: WorkflowState, **_: Any) -> None:
    """Officers ask for changes: the partner is told."""
    thing = thing_of(instance)
    if thing is not None and instance.current_task_state is not None:
        tell_returned(thing, instance.current_task_state)


def connect() -> None:
    """Listens to Wagtail's moderation."""
    task_submitted.connect(sent, dispatch_uid="partners.sent")
    task_approved.connect(accepted, dispatch_uid="partners.accepted")
    published.connect(made_public, dispatch_uid="partners.made_public")
    workflow_approved.connect(acceptance_finished, dispatch_uid="partners.acceptance_finished")
    workflow_rejected.connect(returned, dispatch_uid="partners.returned")
