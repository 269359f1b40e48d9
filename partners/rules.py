"""Who may: people of a partner."""

import rules
from django.contrib.auth.models import AnonymousUser

from accounts.models import User

from .models import Partner


@rules.predicate
def is_partner_member(user: User | AnonymousUser, partner: Partner | None) -> bool:
    """Acts for this partner."""
    return (
        partner is not None
        and isinstance(user, User)
        and user.is_active
        and user.partner_memberships.filter(partner=partner).exists()
    )
