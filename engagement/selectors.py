"""Reading: who asks, and how many events were lost."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib.auth.models import AnonymousUser, Group
from django.db.models import Exists, OuterRef, Sum

from accounts.models import ADMINISTRATORS, EDITORS, OFFICERS, AdviserMembership, User
from schools.models import SchoolMembership

from .drops import drops
from .models import DroppedEvents
from .visits import ANYBODY, Visitor

_STAFF = (OFFICERS, EDITORS, ADMINISTRATORS)


def visitor_of(user: User | AnonymousUser) -> Visitor:
    """What counting must know of a visitor: one query for somebody who is signed in, none for others.

    Of somebody who belongs to several kinds of organisation, the first of school, adviser, partner counts.
    """
    if not isinstance(user, User) or not user.is_active:
        return ANYBODY
    if user.is_superuser:
        return Visitor(staff=True)
    of_user = {"user": OuterRef("pk")}
    found = list(
        User.objects.filter(pk=user.pk).values_list(
            Exists(Group.objects.filter(name__in=_STAFF, user=OuterRef("pk"))),
            Exists(SchoolMembership.objects.filter(**of_user, verified_at__isnull=False)),
            Exists(AdviserMembership.objects.filter(**of_user)),
            "partner_memberships__partner",
        )
    )
    # One row for each partner, or a single one without.
    partners = frozenset(partner for *_, partner in found if partner is not None)
    staff, school, adviser = found[0][:3] if found else (False, False, False)
    kind = "school" if school else "adviser" if adviser else "partner" if partners else ""
    return Visitor(kind, staff, partners)


def dropped_events(today: date) -> tuple[int, int]:
    """How many events were lost today, and in the last seven days with today.

    Those written down by any process count, and those that this process still has to write down.
    """
    since = today - timedelta(days=6)
    written = DroppedEvents.objects.filter(day__gte=since)
    by_day = dict(written.values_list("day").annotate(Sum("count")))
    for day, count in drops.pending().items():
        by_day[day] = by_day.get(day, 0) + count
    return by_day.get(today, 0), sum(count for day, count in by_day.items() if day >= since)
