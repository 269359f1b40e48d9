"""Who may: the City's own roles."""

import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q

from .models import ADMINISTRATORS, EDITORS, OFFICERS, User

Visitor = User | AnonymousUser


def signed_in(visitor: Visitor) -> User:
    """The user who asks. Raises PermissionDenied for anybody who is not signed in."""
    if isinstance(visitor, User):
        return visitor
    raise PermissionDenied


def _in_group(user: Visitor, name: str) -> bool:
    return user.is_authenticated and user.is_active and user.groups.filter(name=name).exists()


@rules.predicate
def is_administrator(user: Visitor) -> bool:
    """Looks after users, roles and settings."""
    return user.is_active and (user.is_superuser or _in_group(user, ADMINISTRATORS))


@rules.predicate
def is_officer(user: Visitor) -> bool:
    """Moderates what partners publish, and reviews partnerships."""
    return is_administrator(user) or _in_group(user, OFFICERS)


@rules.predicate
def is_editor(user: Visitor) -> bool:
    """Keeps the pages."""
    return is_administrator(user) or _in_group(user, EDITORS)


@rules.predicate
def is_adviser(user: Visitor) -> bool:
    """Helps adult learners in a team of Connecting Communities."""
    return isinstance(user, User) and user.is_active and user.adviser_memberships.exists()


@rules.predicate
def needs_second_factor(user: Visitor) -> bool:
    """Works in the CMS or in one of its groups: what they change, everybody sees. One query."""
    if not isinstance(user, User) or not user.is_active:
        return False
    if user.is_superuser:
        return True
    access = {"content_type__app_label": "wagtailadmin", "codename": "access_admin"}
    theirs = Q(groups__name__in=(OFFICERS, EDITORS, ADMINISTRATORS))
    for way in ("groups__permissions", "user_permissions"):
        theirs |= Q(**{f"{way}__{name}": value for name, value in access.items()})
    return User.objects.filter(theirs, pk=user.pk).exists()
