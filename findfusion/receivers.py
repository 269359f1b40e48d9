"""What other projects send by themselves, and this one must not."""

from wagtail.models import TaskState, WorkflowState
from wagtail.signals import task_submitted, workflow_approved, workflow_rejected, workflow_submitted

# Wagtail's mail about moderation: signal, sender, name of the handler.
CMS_MAIL = (
    (task_submitted, TaskState, "group_approval_task_submitted_email_notification"),
    (workflow_submitted, WorkflowState, "workflow_state_submitted_email_notification"),
    (workflow_rejected, WorkflowState, "workflow_state_rejected_email_notification"),
    (workflow_approved, WorkflowState, "workflow_state_approved_email_notification"),
)


def disconnect_cms_mail() -> None:
    """Silences it: it is sent inside the transaction, so before what it tells is true, and links to the CMS.

    Raises RuntimeError if a handler is not there, as when an upgrade renames it.
    """
    for signal, sender, name in CMS_MAIL:
        if not signal.disconnect(sender=sender, dispatch_uid=name):
            raise RuntimeError(f"Wagtail has no mail handler {name!r}: see whether it has a new name.")
