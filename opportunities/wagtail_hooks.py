"""Opportunities in the CMS."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of an opportunity can say, besides what Wagtail says itself."""
    actions.register_action("opportunities.decide_safeguarding", "Safeguarding decision", "Decided on the safeguarding answers")
    actions.register_action("opportunities.add_session", "Add session", "Added a session")
    actions.register_action("opportunities.set_places", "Set places", "Set the places of a session")
    actions.register_action("opportunities.delete_session", "Delete session", "Deleted a session")
