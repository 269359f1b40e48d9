"""Whether a partner has said lately that all is still right, and what is due if not. Pure rules over days in London.

All that the clock does about silence is decided here; `reminders` does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

# Days since the partner last confirmed (or was first published).
ASK_AFTER_DAYS = 150
ASK_AGAIN_AFTER_DAYS = 173
CONFIRM_WITHIN_DAYS = 180
# Days between being told that the page leaves, and its leaving: the whole of it, whenever the clock ran.
NOTICE_DAYS = 28
LAST_CALL_DAYS = 7
# Somebody who comes back later than this is shown again by an officer, not by the button.
RETURN_WITHIN_DAYS = 365


class Step(Enum):
    """What is due, in the order in which it comes."""

    ASK = "ask"
    ASK_AGAIN = "ask again"
    WARN = "warn"
    LAST_CALL = "last call"
    HIDE = "hide"


@dataclass(frozen=True, slots=True)
class Freshness:
    """What is known of a partner's confirmations: days in London.

    `warned_on`: when it was told that its page leaves; `hidden_on`: when that happened. Both count only while no
    confirmation has come since.
    """

    confirmed_on: date | None
    public_since: date | None
    warned_on: date | None = None
    hidden_on: date | None = None

    def overdue(self, today: date) -> bool:
        """Whether it was not confirmed in time: officers see a mark then."""
        since = self.confirmed_on or self.public_since
        return since is None or (today - since).days > CONFIRM_WITHIN_DAYS

    @property
    def leaves_on(self) -> date | None:
        """The day on which it is hidden; None as long as nobody was told so."""
        return self.warned_on + timedelta(days=NOTICE_DAYS) if self.warned_on else None


def due(known: Freshness, today: date) -> Step | None:
    """What is due on this day, and nothing that should have come before it: after a gap, the latest step alone.

    It is due every day until the next step: whoever does it remembers what was sent. Nothing is hidden without its whole
    notice, whatever days the clock missed.
    """
    if known.hidden_on is not None:
        return None
    if known.leaves_on is not None:
        if today >= known.leaves_on:
            return Step.HIDE
        return Step.LAST_CALL if (known.leaves_on - today).days <= LAST_CALL_DAYS else Step.WARN
    if known.overdue(today):
        return Step.WARN
    silent = (today - (known.confirmed_on or known.public_since or today)).days
    if silent >= ASK_AGAIN_AFTER_DAYS:
        return Step.ASK_AGAIN
    return Step.ASK if silent >= ASK_AFTER_DAYS else None


def returns_by_confirming(hidden_on: date, today: date) -> bool:
    """Whether the partner's own confirmation shows it again, or an officer has to look first."""
    return (today - hidden_on).days <= RETURN_WITHIN_DAYS
