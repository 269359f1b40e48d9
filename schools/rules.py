"""Who may: school staff."""

import rules
from django.contrib.auth.models import AnonymousUser

from accounts.models import User

from .models import School, SchoolMembership

Role = SchoolMembership.Role
#: Who say which colleagues work at the school. The school itself gave them these roles.
CONFIRM_COLLEAGUES = (Role.CAREERS_LEADER, Role.VISITS_COORDINATOR, Role.DSL)


@rules.predicate
def is_verified_school_staff(user: User | AnonymousUser) -> bool:
    """Has a role in a school that has confirmed it."""
    return (
        isinstance(user, User) and user.is_active and user.school_memberships.filter(verified_at__isnull=False).exists()
    )


def _works_at(user: User | AnonymousUser, school: School | None, roles: tuple[str, ...]) -> bool:
    return (
        school is not None
        and isinstance(user, User)
        and user.is_active
        and user.school_memberships.filter(school=school, role__in=roles, verified_at__isnull=False).exists()
    )


@rules.predicate
def works_at(user: User | AnonymousUser, school: School | None) -> bool:
    """Has a role in this school that it has confirmed."""
    return _works_at(user, school, tuple(Role))


@rules.predicate
def may_confirm_colleagues(user: User | AnonymousUser, school: School | None) -> bool:
    """Says for this school who works there: confirms, invites and removes its people."""
    return _works_at(user, school, CONFIRM_COLLEAGUES)


@rules.predicate
def is_dsl_of(user: User | AnonymousUser, school: School | None) -> bool:
    """Is the designated safeguarding lead of this school, or one of them."""
    return _works_at(user, school, (Role.DSL,))
