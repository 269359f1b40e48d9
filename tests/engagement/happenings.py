"""Random histories of the site: events as they might have been recorded, for properties of what is counted from them."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st

from engagement.catalogue import WANTED, EventName, Surface
from engagement.models import Event
from engagement.tokens import LASTS
from opportunities.models import Opportunity

#: A minute of a day, and how long after its search began something happened.
minutes = st.integers(0, 24 * 60 - 1)
later = st.integers(0, int(LASTS.total_seconds()) // 60)
#: What may happen, with the kind of an action; all but notes of what is missing happen to an opportunity or its partner.
DONE: tuple[tuple[EventName, dict[str, str]], ...] = (
    (EventName.OPPORTUNITY_VIEWED, {}),
    (EventName.OPPORTUNITY_VIEWED, {}),
    (EventName.PARTNER_VIEWED, {}),
    (EventName.CONTACT_REVEALED, {}),
    (EventName.WEBSITE_OPENED, {}),
    (EventName.SHORTLISTED, {}),
    (EventName.ACTION_BEGUN, {"kind": "request"}),
    (EventName.ACTION_BEGUN, {"kind": "wanted"}),
)
refinement = st.tuples(later, st.integers(0, 2), st.sampled_from(["", "clay", "Clay pots", "ink"]), st.booleans())
follow_up = st.tuples(later, st.sampled_from(DONE), st.integers(0, 3))
#: Day and minute at which it begins, its surface, refinements, and what it leads to.
search = st.tuples(
    st.integers(0, 3),
    minutes,
    st.sampled_from(list(Surface)),
    st.lists(refinement, min_size=1, max_size=3),
    st.lists(follow_up, max_size=4),
)
#: What happens without a search.
alone = st.tuples(st.integers(0, 3), minutes, st.sampled_from(DONE), st.integers(0, 3))
HISTORY = st.tuples(st.lists(search, max_size=8), st.lists(alone, max_size=8))


def moment(first: date, days: int, minute: int) -> datetime:
    """A minute of a day in London."""
    begins = datetime.combine(first + timedelta(days=days), time.min, timezone.get_default_timezone())
    return begins + timedelta(minutes=minute)


def write(history: tuple[Sequence[Any], Sequence[Any]], first: date, opportunities: Sequence[Opportunity]) -> None:
    """Writes a history as events; what a search led to twice stands once, as when it is recorded."""
    searches, rest = history
    events = []
    for number, (day, minute, surface, refinements, follow_ups) in enumerate(searches):
        begun = moment(first, day, minute)
        # The first refinement is the beginning of the search.
        for order, (after, total, terms, chosen) in enumerate(refinements):
            data = {"total": total, "shown": [opportunities[0].pk][:total]}
            data |= {"selections": {"skill": ["creativity"], "borough": ["hackney"]}} if chosen else {}
            at = begun + timedelta(minutes=after if order else 0)
            events.append(
                Event(
                    name=EventName.SEARCH_PERFORMED, at=at, surface=surface, search=f"s{number}", terms=terms, data=data
                )
            )
        for after, (name, data), which in follow_ups:
            events.append(_event(name, begun + timedelta(minutes=after), f"s{number}", data, opportunities[which]))
            events[-1].surface = surface
    for day, minute, (name, data), which in rest:
        events.append(_event(name, moment(first, day, minute), "", data, opportunities[which]))
    Event.objects.bulk_create(events, ignore_conflicts=True)


def _event(name: EventName, at: datetime, search: str, data: dict[str, str], of: Opportunity) -> Event:
    # A note of what is missing is about nothing that is here.
    is_note = data.get("kind") == WANTED
    about = None if is_note or name == EventName.PARTNER_VIEWED else of.pk
    partner = None if is_note else of.offered_by_id
    return Event(name=name, at=at, search=search, data=data, opportunity_id=about, partner_id=partner)
