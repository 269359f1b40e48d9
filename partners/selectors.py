"""Reading partners: which the public sees, and what needs an officer's attention."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.models import User

from .assurances import DUE_WITHIN_DAYS
from .models import Assurance, AssuranceKind, Partner

CONFIRM_WITHIN_DAYS = 180


def served_by(user: User) -> QuerySet[Partner]:
    """The partners for which somebody acts. None while suspended: an officer has ended what its people may do."""
    return Partner.objects.filter(memberships__user=user, suspended_at__isnull=True).order_by("name", "pk")


def public() -> QuerySet[Partner]:
    """The partners that the public sees now."""
    return Partner.objects.filter(Partner.unexpired(), suspended_at__isnull=True)


def unconfirmed(today: date | None = None) -> QuerySet[Partner]:
    """Public partners that have not said for 180 days that all is still right."""
    oldest = (today or timezone.localdate()) - timedelta(days=CONFIRM_WITHIN_DAYS)
    return public().filter(Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=oldest)).order_by("confirmed_on", "name")


def expiring_assurances(today: date | None = None) -> QuerySet[Assurance]:
    """The document that lasts longest of each kind and public partner, if it lapses within 60 days or has; soonest first.

    Without those that a partner is exempt from.
    """
    last_day = (today or timezone.localdate()) + timedelta(days=DUE_WITHIN_DAYS)
    same = Assurance.objects.filter(partner=OuterRef("partner"), kind=OuterRef("kind"))
    lasting = same.filter(
        Q(expires__isnull=True)
        | Q(expires__gt=OuterRef("expires"))
        | Q(expires=OuterRef("expires"), pk__gt=OuterRef("pk"))
    )
    return (
        Assurance.objects.filter(partner__in=public(), expires__lte=last_day)
        .exclude(Exists(lasting))
        .exclude(kind=AssuranceKind.EMPLOYERS_LIABILITY, partner__has_employees=False)
        .select_related("partner")
        .order_by("expires", "partner__name", "pk")
    )
