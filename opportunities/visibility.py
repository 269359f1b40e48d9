"""Whether the public sees an opportunity, and until when. Pure rules; `selectors.public` says the same in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from django.utils import timezone

from partners.assurances import Standing, State, all_in_date

from .requirements import QUESTIONS, needs_decision

if TYPE_CHECKING:
    from partners.models import Partner

    from .models import Opportunity, SafeguardingDecision, Session


class Hidden(Enum):
    """Why the public does not see an opportunity, in words for its partner and officers."""

    NOT_LIVE = "It is not published."
    EXPIRED = "Its last day has passed."
    DEADLINE = "Its deadline has passed."
    OVER = "Its last session is over or cancelled."
    PARTNER = "The partner is not public."
    HELD = "An officer has still to decide on the safeguarding answers."
    LAPSED = "A document that the host needs has lapsed."


@dataclass(frozen=True, slots=True)
class Visibility:
    """Whether it shows now, why not, and when the clock alone will change that or what it says."""

    reasons: tuple[Hidden, ...]
    visible_until: datetime | None
    documents_in_date: bool

    @property
    def visible(self) -> bool:
        """Whether the public sees it."""
        return not self.reasons


def end_of_day(day: date) -> datetime:
    """The first moment after the day, in London."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def is_over(
    opportunity: Opportunity, last_session: datetime | None, now: datetime, *, called_off: bool = False
) -> bool:
    """Whether its deadline is past, or it is dated and its last session (None: there is none) is.

    Cancelled sessions do not count; `called_off` says that there are no others.
    """
    if opportunity.deadline and end_of_day(opportunity.deadline) <= now:
        return True
    over = called_off if last_session is None else last_session <= now
    return opportunity.availability == opportunity.Availability.DATED and over


def decision_holds(opportunity: Opportunity, decisions: Iterable[SafeguardingDecision]) -> bool:
    """Whether publication waits for an officer: a yes, and no acceptance as the latest word on exactly these answers.

    A decision on other answers, such as those of a draft, says nothing of these.
    """
    if not needs_decision(opportunity):
        return False
    answers = [bool(getattr(opportunity, question)) for question in QUESTIONS]
    same = (each for each in decisions if [getattr(each, question) for question in QUESTIONS] == answers)
    latest = max(same, key=lambda decision: (decision.decided_at, decision.pk), default=None)
    return latest is None or not latest.accepted


def _partner_is_public(partner: Partner, now: datetime) -> bool:
    shown = partner.live and partner.suspended_at is None and partner.hidden_on is None
    return shown and (partner.expire_at is None or partner.expire_at > now)


def judge(
    opportunity: Opportunity,
    *,
    sessions: Sequence[Session],
    standings: Sequence[Standing],
    decisions: Iterable[SafeguardingDecision],
    now: datetime,
) -> Visibility:
    """Judges one opportunity. `standings` are those of the host, for the kinds that its kind needs.

    A document never seen does not hide an opportunity (it only lacks the mark “Documents in date”);
    one that was seen and has lapsed does. A dated opportunity is over with its last session that is
    not cancelled; one without any session yet shows as “dates to come”.
    """
    partners = [opportunity.offered_by, opportunity.host]
    ends: list[datetime] = [partner.expire_at for partner in partners if partner.expire_at]
    if opportunity.expire_at:
        ends.append(opportunity.expire_at)
    if opportunity.deadline:
        ends.append(end_of_day(opportunity.deadline))
    dated = opportunity.availability == opportunity.Availability.DATED
    last_session = max((session.ends for session in sessions if not session.is_cancelled), default=None)
    if dated and last_session:
        ends.append(last_session)
    ends += [end_of_day(held.expires) for held in standings if held.expires]

    checks = (
        (Hidden.NOT_LIVE, not opportunity.live),
        (Hidden.EXPIRED, bool(opportunity.expire_at and opportunity.expire_at <= now)),
        (Hidden.DEADLINE, bool(opportunity.deadline and end_of_day(opportunity.deadline) <= now)),
        (Hidden.OVER, dated and bool(sessions) and (last_session is None or last_session <= now)),
        (Hidden.PARTNER, not all(_partner_is_public(partner, now) for partner in partners)),
        (Hidden.HELD, decision_holds(opportunity, decisions)),
        (Hidden.LAPSED, any(held.state is State.LAPSED for held in standings)),
    )
    return Visibility(
        reasons=tuple(reason for reason, holds in checks if holds),
        visible_until=min(ends, default=None),
        documents_in_date=bool(standings) and all_in_date(standings),
    )
