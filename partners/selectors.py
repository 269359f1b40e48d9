"""Reading partners: which the public sees, and what needs an officer's attention."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from wagtail.models import WorkflowState

from accounts.models import User

from .assurances import DUE_WITHIN_DAYS
from .models import Assurance, AssuranceKind, Partner, Publishable
from .states import PublishingState, judge_state

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


def moderation_of(model: type[Publishable], keys: Iterable[int]) -> Mapping[int, WorkflowState]:
    """The moderation under way, or that asked for changes, of those of these partners or opportunities that have one.

    One query, with the officer's answer to each (`current_task_state`).
    """
    found = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(model, for_concrete_model=False),
        object_id__in=[str(key) for key in keys],
        status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES),
    ).select_related("current_task_state")
    return {int(state.object_id): state for state in found}


def state_of(thing: Publishable) -> PublishingState:
    """How far this is on its way to the public. One query, and those of its sessions."""
    moderation = moderation_of(type(thing), [thing.pk]).get(thing.pk)
    return judge_state(
        thing,
        moderation.status if moderation else None,
        timezone.now(),
        suspended=thing.is_suspended,
        over=thing.is_over,
    )
