"""Reading what somebody saves or reports: the thing itself, without all that stands on its page."""

from opportunities.models import Opportunity
from opportunities.selectors import public
from partners.models import Partner
from partners.selectors import public as public_partners


def public_offer(pk: int) -> Opportunity | None:
    """An opportunity that the public sees now, with who offers it; None if there is none."""
    return public().select_related("offered_by").filter(pk=pk).first()


def public_organisation(pk: int) -> Partner | None:
    """A partner that the public sees now; None if there is none."""
    return public_partners().filter(pk=pk).first()
