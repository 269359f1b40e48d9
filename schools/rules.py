"""Who may: school staff."""

import rules
from django.contrib.auth.models import AnonymousUser

from accounts.models import User


@rules.predicate
def is_verified_school_staff(user: User | AnonymousUser) -> bool:
    """Has a role in a school that has confirmed it."""
    return (
        isinstance(user, User) and user.is_active and user.school_memberships.filter(verified_at__isnull=False).exists()
    )
