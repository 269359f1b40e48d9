"""What the clock does about partners that say nothing: asks, warns, and at last hides them. Safe to run twice or late."""

import logging
from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from wagtail.log_actions import log

from notices.catalogue import PAGE_HIDDEN, PAGE_LEAVES, STILL_RIGHT, Kind
from notices.services import send

from . import still_right
from .freshness import ASK_AFTER_DAYS, Step, due
from .models import Partner
from .selectors import addresses_of, public

logger = logging.getLogger(__name__)

KIND_OF: dict[Step, Kind] = {
    Step.ASK: STILL_RIGHT,
    Step.ASK_AGAIN: STILL_RIGHT,
    Step.WARN: PAGE_LEAVES,
    Step.LAST_CALL: PAGE_LEAVES,
    Step.HIDE: PAGE_HIDDEN,
}


def remind_to_confirm(today: date) -> int:
    """Does what is due for each public partner on this day; how many steps. Raises RuntimeError at the end if some failed."""
    long_ago = today - timedelta(days=ASK_AFTER_DAYS)
    silent = public().filter(Q(confirmed_on__isnull=True) | Q(confirmed_on__lte=long_ago) | Q(warned_on__isnull=False))
    return each_by_itself(
        list(silent.order_by("pk").values_list("pk", flat=True)), lambda pk: _do_what_is_due(pk, today)
    )


def each_by_itself(keys: list[int], do: Callable[[int], int]) -> int:
    """The sum of what comes of each, one transaction each: what fails for one keeps nothing from the others.

    Raises RuntimeError at the end if any failed, so that the task counts as failed too.
    """
    done, failed = 0, list[int]()
    for key in keys:
        try:
            with transaction.atomic():
                done += do(key)
        except Exception:
            logger.exception("Reminding failed for number %s.", key)
            failed.append(key)
    if failed:
        raise RuntimeError(f"Reminding failed for {len(failed)} of {len(keys)}; the log says why.")
    return done


def _do_what_is_due(pk: int, today: date) -> int:
    # Under the row's lock: a confirmation of this moment comes before or after it, whole.
    partner = public().select_for_update().filter(pk=pk).first()
    step = due(partner.freshness, today) if partner else None
    if partner is None or step is None:
        return 0
    moved = False
    if step is Step.WARN and partner.warned_on is None:
        partner.warned_on, moved = today, True
        partner.save(update_fields=["warned_on"])
        log(instance=partner, action="partners.warn", data={"leaves_on": str(partner.freshness.leaves_on)})
    if step is Step.HIDE:
        partner.hidden_on, moved = today, True
        partner.save(update_fields=["hidden_on"])
        log(instance=partner, action="partners.hide", data={"confirmed_on": str(partner.confirmed_on)})
    return int(bool(_tell(partner, step)) or moved)


def _tell(partner: Partner, step: Step) -> int:
    """Writes to its people about this step, each once; how many."""
    key = f"partner {partner.pk}, confirmed {partner.confirmed_on or 'never'}, {step.value}"
    if partner.warned_on:
        key += f", warned {partner.warned_on}"
    context = {
        "partner": partner,
        "leaves_on": partner.freshness.leaves_on,
        "last_call": step is Step.LAST_CALL,
        "confirm_url": settings.SITE_URL + reverse("still-right", args=[still_right.sign(partner)]),
        "portal_url": settings.SITE_URL + reverse("portal", args=[partner.pk]),
        "good_for_days": still_right.GOOD_FOR.days,
    }
    return sum(send(KIND_OF[step], address, key=key, context=context) is not None for address in addresses_of(partner))
