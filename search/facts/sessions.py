"""When an opportunity is."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils import timezone

from opportunities.models import Opportunity, Session
from search.document import ANYTIME, ONLINE, OPEN, day_number, moment, newest_key, rank_key
from search.facts.judged import Judged

#: A session that runs longer than this many days is found by its first days only.
_LONGEST_RUN = 400


class SessionFacts(Judged):
    """Facts of sessions, places and the clock."""

    @cached_property
    def upcoming(self) -> list[Session]:
        """The sessions on offer: neither over nor cancelled, in order."""
        if self.opportunity.availability != Opportunity.Availability.DATED:
            return []
        sessions = [
            session
            for session in self.opportunity.sessions.all()
            if session.ends > self.now and not session.is_cancelled
        ]
        return sorted(sessions, key=lambda session: (session.starts, session.pk))

    @cached_property
    def shown(self) -> Session | None:
        """The session that a card names: the next to begin with a place, else the next to begin, else one under way."""
        ahead = [session for session in self.upcoming if session.starts > self.now]
        candidates = ahead or self.upcoming
        return next((session for session in candidates if not session.is_full), next(iter(candidates), None))

    @property
    def is_full(self) -> bool:
        """Whether it has sessions to come and none of them has a place."""
        return bool(self.upcoming) and all(session.is_full for session in self.upcoming)

    def traits(self) -> str:
        it = self.opportunity
        dated = it.availability == Opportunity.Availability.DATED
        held = {
            ONLINE: it.format != Opportunity.Format.IN_PERSON or it.place == Opportunity.Place.ONLINE,
            ANYTIME: it.availability == Opportunity.Availability.ALWAYS,
            OPEN: not dated or any(not session.is_full for session in self.upcoming),
        }
        return " ".join(trait for trait, holds in held.items() if holds)

    def days(self) -> tuple[int, ...]:
        return _days(self.upcoming)

    def open_days(self) -> tuple[int, ...]:
        return _days(session for session in self.upcoming if not session.is_full)

    def rank_key(self) -> int:
        return rank_key(self._next_day, self.opportunity.pk)

    def newest_key(self) -> int:
        published = self.opportunity.first_published_at
        return newest_key(_day(published) if published else 0, self._next_day, self.opportunity.pk)

    @property
    def _next_day(self) -> int | None:
        return _day(self.shown.starts) if self.shown else None

    def visible_until(self) -> int:
        return moment(self.visibility.visible_until)

    def next_change_at(self) -> int:
        """The next moment at which the clock alone makes another document of it, or none."""
        moments = [time for session in self.upcoming for time in (session.starts, session.ends)]
        if self.visibility.visible_until:
            moments.append(self.visibility.visible_until)
        return moment(min((time for time in moments if time > self.now), default=None))


def _day(time: datetime) -> int:
    return day_number(timezone.localdate(time))


def _days(sessions: Iterable[Session]) -> tuple[int, ...]:
    """The London days on which sessions run."""
    return tuple(sorted({day_number(day) for session in sessions for day in _run(session)}))


def _run(session: Session) -> Iterator[date]:
    first, last = timezone.localdate(session.starts), timezone.localdate(session.ends)
    for offset in range(min((last - first).days, _LONGEST_RUN) + 1):
        yield first + timedelta(days=offset)
