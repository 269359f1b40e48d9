"""The list of a partner's opportunities, as its people work on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from opportunities.discarding import Discardable, discardable
from opportunities.kinds import Kind
from opportunities.models import Opportunity
from partners.models import Partner
from partners.selectors import moderation_of
from partners.states import PublishingState, judge_state

from .selectors import of_partner


@dataclass(frozen=True, slots=True)
class Listed:
    """One opportunity in the partner's list, as its latest draft calls it."""

    opportunity: Opportunity
    title: str
    kind: str
    state: PublishingState
    coming: int
    saved_at: datetime | None
    discardable: Discardable = Discardable.NOTHING


def listing(partner: Partner) -> list[tuple[PublishingState, list[Listed]]]:
    """The partner's opportunities by state, those that wait for it first. A fixed number of queries."""
    now = timezone.now()
    found = list(
        of_partner(partner)
        .select_related("latest_revision", "offered_by", "hosted_by")
        .prefetch_related("sessions")
        .annotate(coming=Count("sessions", filter=Q(sessions__ends__gt=now, sessions__cancelled_at=None)))
        .order_by("title", "pk")
    )
    moderation = moderation_of(Opportunity, [each.pk for each in found])
    by_state: dict[PublishingState, list[Listed]] = {}
    for each in found:
        status = moderation[each.pk].status if each.pk in moderation else None
        state = judge_state(each, status, now, over=each.is_over, hidden=each.is_hidden)
        by_state.setdefault(state, []).append(_listed(each, state))
    order = [PublishingState.CHANGES, PublishingState.DRAFT, PublishingState.BEING_CHECKED]
    rest = [state for state in PublishingState if state not in order]
    return [(state, by_state[state]) for state in (*order, *rest) if state in by_state]


def _listed(opportunity: Any, state: PublishingState) -> Listed:
    revision = opportunity.latest_revision
    content = revision.content if revision is not None and opportunity.has_unpublished_changes else {}
    kind = content.get("kind", opportunity.kind)
    return Listed(
        opportunity,
        content.get("title", opportunity.title),
        Kind(kind).label,
        state,
        opportunity.coming,
        revision.created_at if revision is not None else None,
        Discardable.NOTHING if state.waits_on_officers else discardable(opportunity),
    )
