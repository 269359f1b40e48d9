"""Reading partners: which the public sees, and what needs an officer's attention."""

from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet
from django.utils import timezone

from .models import Assurance, Partner

CONFIRM_WITHIN_DAYS = 180
DUE_WITHIN_DAYS = 60


def public() -> QuerySet[Partner]:
    """The partners that the public sees now."""
    return Partner.objects.filter(Partner.unexpired(), suspended_at__isnull=True)


def unconfirmed(today: date | None = None) -> QuerySet[Partner]:
    """Public partners that have not said for 180 days that all is still right."""
    oldest = (today or timezone.localdate()) - timedelta(days=CONFIRM_WITHIN_DAYS)
    return public().filter(Q(confirmed_on__isnull=True) | Q(confirmed_on__lt=oldest)).order_by("confirmed_on", "name")


def expiring_assurances(today: date | None = None) -> QuerySet[Assurance]:
    """The newest document of each kind and public partner that lapses within 60 days, or has lapsed; soonest first."""
    day = today or timezone.localdate()
    last = (
        Assurance.objects.filter(partner__in=public())
        .values("partner", "kind")
        .annotate(latest=Max("expires"), endless=Count("pk", filter=Q(expires__isnull=True)))
        .filter(latest__lte=day + timedelta(days=DUE_WITHIN_DAYS), endless=0)
    )
    wanted = Q(pk__in=[])
    for row in last:
        wanted |= Q(partner=row["partner"], kind=row["kind"], expires=row["latest"])
    return Assurance.objects.filter(wanted).select_related("partner").order_by("expires", "partner__name")
