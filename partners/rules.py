"""Who may: people of a partner."""

import rules
from django.contrib.auth.models import AnonymousUser

from accounts.models import User

from .models import Partner, PartnerMembership


def _serves(user: User | AnonymousUser, partner: Partner | None, **role: str) -> bool:
    return (
        partner is not None
        and isinstance(user, User)
        and user.is_active
        and user.partner_memberships.filter(partner=partner, **role).exists()
    )


@rules.predicate
def is_partner_member(user: User | AnonymousUser, partner: Partner | None) -> bool:
    """Acts for this partner."""
    return _serves(user, partner)


@rules.predicate
def is_partner_owner(user: User | AnonymousUser, partner: Partner | None) -> bool:
    """Acts for this partner, and manages who else does."""
    return _serves(user, partner, role=PartnerMembership.Role.OWNER)
