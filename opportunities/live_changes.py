"""What a partner may change on a live offer without a check: the last day to apply, and a price that gets lower.

Sessions and their places are outside the revision, so they change through their own services. Officers read all of it
afterwards (`portal.selectors.live_changes`).
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision, TaskState

from accounts.models import User

from .models import Opportunity
from .models.choices import Cost
from .prices import FIELDS as PRICE_FIELDS
from .prices import Price, is_lower

ALLOWED = frozenset({*PRICE_FIELDS, "deadline"})
NOT_LIVE = "This is not public now. Change its draft instead."
NOT_LOWER = "A price may only get lower this way. To raise it, change the draft and send it to the officers."
PAST = "This day has passed. Type one that is still to come, or leave it empty."


def change_live(opportunity: Opportunity, changes: Mapping[str, Any], user: User) -> Opportunity:
    """Changes these fields at once, in the public version and in whatever waits to take its place, and says so in the history.

    Allowed are `deadline` (a day to come, or None) and the price (`cost`, `cost_amount`, `cost_unit`, `family_price`) where
    nobody pays more than before. Raises ValidationError by field for anything else, and if it is not live.
    """
    if changes.keys() - ALLOWED:
        raise ValidationError(f"{', '.join(sorted(changes.keys() - ALLOWED))}: this needs a check by officers.")
    with transaction.atomic():
        live = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
        if not live.live:
            raise ValidationError(NOT_LIVE)
        before = {field: getattr(live, field) for field in ALLOWED}
        _set(live, changes)
        after = {field: getattr(live, field) for field in ALLOWED if getattr(live, field) != before[field]}
        if not after:
            return live
        _check(live, before, after)
        live.save(update_fields=sorted(after))
        _carry_over(live, after)
        data = {field: [_plain(before[field]), _plain(value)] for field, value in sorted(after.items())}
        log(instance=live, action="opportunities.change_live", user=user, data={"changed": data})
    return live


def _set(live: Opportunity, changes: Mapping[str, Any]) -> None:
    for field, value in changes.items():
        setattr(live, field, value)
    if live.cost == Cost.FREE:
        live.cost_amount, live.cost_unit, live.family_price = None, "", None


def _check(live: Opportunity, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
    if "deadline" in after and live.deadline is not None and live.deadline < timezone.localdate():
        raise ValidationError({"deadline": PAST})
    live.clean_fields(exclude=[field.name for field in live._meta.fields if field.name not in after])
    if after.keys() & set(PRICE_FIELDS):
        old = Price(*(before[field] for field in PRICE_FIELDS))
        if not is_lower(Price.of(live), old):
            raise ValidationError({"cost_amount": NOT_LOWER})
    live.clean()


def _carry_over(live: Opportunity, after: Mapping[str, Any]) -> None:
    """Writes the change into every revision that is public or may yet be: accepting or scheduling one must not undo it.

    Each stays the revision that it is: what officers have before them is still what they read, and this they need not check.
    """
    under_review = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, revision__object_id=str(live.pk))
    waiting = Revision.objects.for_instance(live).filter(
        Q(pk__in=[live.latest_revision_id, live.live_revision_id])
        | Q(approved_go_live_at__isnull=False)
        | Q(pk__in=under_review.values("revision"))
    )
    held = live.serializable_data()
    for revision in waiting.select_for_update():
        revision.content = {**revision.content, **{field: held[field] for field in after}}
        revision.save(update_fields=["content"])


def _plain(value: Any) -> str | None:
    return None if value in (None, "") else str(value)
