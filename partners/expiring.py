"""When a partner is told that a document lapses. A pure rule over days in London."""

from __future__ import annotations

from datetime import date

# Days before the last day on which the document holds.
REMIND_DAYS = (60, 30, 7)
LAPSED = 0
# A clock that stood still for longer than this says nothing any more of what lapsed meanwhile. It must be shorter than
# messages are kept (`notices.models.KEPT_DAYS`): they are what says that somebody was told.
TELL_WITHIN_DAYS = 60


def due(expires: date | None, today: date) -> int | None:
    """The stage that is due on this day, and none that should have come before it: 60, 30 or 7 days, or LAPSED.

    The last day itself still counts among the 7; on the day after, the document has lapsed.
    """
    if expires is None:
        return None
    left = (expires - today).days
    if left < 0:
        return LAPSED if -left <= TELL_WITHIN_DAYS else None
    return min((days for days in REMIND_DAYS if left <= days), default=None)
