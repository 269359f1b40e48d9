"""Partners in the CMS."""

from wagtail import hooks
from wagtail.log_actions import LogActionRegistry


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the history of a partner can say, besides what Wagtail says itself."""
    actions.register_action("partners.confirm", "Confirm", "Confirmed that all is still right")
    actions.register_action("partners.suspend", "Suspend", "Suspended")
    actions.register_action("partners.lift_suspension", "Lift suspension", "Suspension lifted")
    actions.register_action("partners.assure", "Document seen", "Recorded a document as seen")
