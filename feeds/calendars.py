"""Sessions as iCalendar (RFC 5545, RFC 7986). Pure: rows in, bytes out, the same bytes for the same rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vDuration, vText, vUri

from directory.keyfacts import place_in_full
from opportunities.models import Session

TYPE = "text/calendar; charset=utf-8"
#: How often a calendar program shall ask again.
REFRESH = timedelta(hours=12)
# SEQUENCE is a number that grows with each change: seconds since then fit into it until 2088.
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """A session with its opportunity, partner and place at hand, and when any of it was last changed (if known)."""

    session: Session
    changed: datetime | None = None


def calendar(name: str, address: str, entries: Iterable[Entry], site_url: str) -> bytes:
    """A calendar to save or to follow. `name` says what it holds, `address` is the page that shows the same."""
    name = _printable(name)
    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", "-//Find Fusion//Sessions//EN")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", vText(name))
    made.add("x-wr-calname", vText(name))
    made.add("url", vUri(address))
    made.add("refresh-interval", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(REFRESH))
    for entry in entries:
        made.add_component(_event(entry, site_url))
    return bytes(made.to_ical())


def _event(entry: Entry, site_url: str) -> Event:
    session, opportunity = entry.session, entry.session.opportunity
    address = f"{site_url}{opportunity.get_absolute_url()}"
    changed = (entry.changed or BEGINNING).astimezone(UTC).replace(microsecond=0)
    event = Event()
    # The number of the session alone: a calendar knows it again whatever is renamed or moved.
    event.add("uid", f"session-{session.pk}@{urlsplit(site_url).hostname or 'find-fusion'}")
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("sequence", max(int((changed - BEGINNING).total_seconds()), 0))
    event.add("dtstart", session.starts.astimezone(UTC))
    event.add("dtend", session.ends.astimezone(UTC))
    name = ", ".join(filter(None, (opportunity.title, session.label)))
    # Some programs show no status.
    event.add("summary", f"Cancelled: {name}" if session.is_cancelled else name)
    event.add("location", place_in_full(opportunity))
    event.add("description", _description(session, address))
    event.add("url", vUri(address))
    event.add("categories", [opportunity.get_kind_display()])
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    # To have saved it is not to have a place.
    event.add("transp", "TRANSPARENT")
    return event


def _description(session: Session, address: str) -> str:
    opportunity = session.opportunity
    return "\n".join(
        (
            *([f"Cancelled: {session.cancelled_because}"] if session.is_cancelled else []),
            opportunity.summary,
            f"Offered by {opportunity.offered_by.name}.",
            "This is no booking. Places change: look again before you travel.",
            address,
        )
    )


def _printable(text: str) -> str:
    return "".join(each for each in text if each.isprintable())
