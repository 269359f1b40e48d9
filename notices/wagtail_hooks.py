"""Messages to people, in the CMS."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry
from wagtail.permissions import register_permission_policy

from .desks import NoticeViewSet
from .models import Notice
from .rules import ReadOnly

register_permission_policy(Notice, ReadOnly(Notice))


@hooks.register("register_admin_viewset")
def register_notices() -> NoticeViewSet:
    """What was sent, for administrators."""
    return NoticeViewSet("notice", url_prefix="messages")


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of a message can say."""
    actions.register_action("notices.send_again", "Send again", "Sent once more")
