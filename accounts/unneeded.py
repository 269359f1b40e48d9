"""Accounts that nobody needs any more: told a month before, then erased.

An account is needed as long as its person has a place: in the CMS, in a team of the City, or in an organisation that a
room above this one knows. Those rooms name the relations to it when they are loaded (`keep_accounts`), so that this one
need not know them.
"""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import ModelLogEntry

from notices.catalogue import ACCOUNT_LEAVES
from notices.services import send

from .models import UNUSED_DAYS, WARNED_DAYS, User

#: The names of relations from other models to users, any of which keeps an account.
_PLACES: set[str] = {"groups", "user_permissions", "department_memberships", "adviser_memberships"}

logger = logging.getLogger(__name__)


def keep_accounts(*relations: str) -> None:
    """Accounts that one of these relations leads to are needed. Rooms above call it when they are loaded."""
    _PLACES.update(relations)


def places() -> frozenset[str]:
    """The relations that keep an account."""
    return frozenset(_PLACES)


def unneeded(now: datetime, *, days: int) -> QuerySet[User]:
    """Accounts without any place whose person did not sign in for so many days, nor got the account within them."""
    past = now - timedelta(days=days)
    nowhere = Q(is_superuser=False, is_staff=False) & Q(**{f"{name}__isnull": True for name in _PLACES})
    unused = Q(last_login__lte=past) | Q(last_login=None)
    return User.objects.filter(nowhere & unused, date_joined__lte=past)


def warn_of_leaving(now: datetime) -> int:
    """Tells people that their unneeded account will be erased, once each; how many. Safe to run again, and late.

    Whoever signed in or got a place since is warned no longer. Closed accounts are not written to.
    """
    due = unneeded(now, days=UNUSED_DAYS - WARNED_DAYS)
    spared = User.objects.exclude(warned_at=None).exclude(pk__in=due.values("pk"))
    spared.update(warned_at=None)
    return sum(_warn(key, now) for key in list(due.filter(warned_at=None).order_by("pk").values_list("pk", flat=True)))


def _warn(key: int, now: datetime) -> int:
    with transaction.atomic():
        if _held(key) is None:
            return 0
        user = unneeded(now, days=UNUSED_DAYS - WARNED_DAYS).filter(pk=key, warned_at=None).first()
        if user is None:
            return 0
        user.warned_at = now
        user.save(update_fields=["warned_at"])
        if user.is_active:
            leaves_on = timezone.localdate(now + timedelta(days=WARNED_DAYS))
            send(ACCOUNT_LEAVES, user.email, key=f"account {key}, {leaves_on}", context={"leaves_on": leaves_on})
    return 1


def erase(warned: QuerySet[Any]) -> int:
    """Erases those of the accounts, all warned long enough ago, that are still unneeded; how many.

    Called by the nightly job of retention (`User.retention`). What the person did stays in the history, by number.
    """
    return sum(_erase(key) for key in list(warned.order_by("pk").values_list("pk", flat=True)))


def _erase(key: int) -> int:
    with transaction.atomic():
        if _held(key) is None:
            return 0
        now = timezone.now()
        # Warned anew a moment ago, they have the month before them once more.
        told = now - timedelta(days=WARNED_DAYS)
        user = unneeded(now, days=UNUSED_DAYS).filter(pk=key, warned_at__lte=told).first()
        if user is None:
            return 0
        _leave_numbers_only(user)
        user.delete()
    logger.info("The account %s was erased: nobody needs it any more.", key)
    return 1


def _held(key: int) -> User | None:
    """The row, locked: who signs in or joins at this moment comes before or after, whole."""
    return User.objects.select_for_update().filter(pk=key).first()


def _leave_numbers_only(user: User) -> None:
    """Takes name and address out of what the history calls the account, and the places that it had."""
    of_account = ModelLogEntry.objects.get_for_model(User)
    of_account.filter(object_id=str(user.pk)).update(label=f"Account {user.pk}", data={})
    kinds = ContentType.objects.get_for_models(
        *(each.related_model for each in User._meta.related_objects if each.get_accessor_name() in _PLACES)
    )
    of_places = ModelLogEntry.objects.filter(content_type__in=kinds.values())
    for told in {str(user), user.email}:
        # "Hana Okafor in Planning" and "Hana Okafor, Teacher at …", but not "Hana Okafor-Reid". Of two people of one
        # name nobody can say any more whose place it was, so it names neither.
        for entry in of_places.filter(label__startswith=told).iterator():
            rest = entry.label.removeprefix(told)
            if rest.startswith((" in ", " at ", ", ")):
                of_places.filter(pk=entry.pk).update(label=f"Somebody{rest}")
