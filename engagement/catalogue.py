"""The closed catalogue of what is counted: every event, what it keeps, what for, and for how long.

Nothing outside it is recorded (`events.Happening` refuses it), and a test proves that each event is
recorded somewhere. `docs/privacy.md` and the public privacy pages are held to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: Events as they happened live so long; then only counted rows remain.
EVENT_DAYS = 396
#: What was typed into a search lives so long inside its event.
TERMS_DAYS = 90
LONGEST_TERMS = 80
#: What was typed is shown to people, and kept for longer, only if at least so many searches asked for it.
FEWEST_SEARCHES = 5


class EventName(StrEnum):
    """What can happen."""

    SEARCH_PERFORMED = "search_performed"
    OPPORTUNITY_VIEWED = "opportunity_viewed"
    PARTNER_VIEWED = "partner_viewed"
    SHORTLISTED = "shortlisted"
    CONTACT_REVEALED = "contact_revealed"
    WEBSITE_OPENED = "website_opened"
    CALENDAR_SAVED = "calendar_saved"
    PRINTED = "printed"
    SHARED = "shared"
    ACTION_BEGUN = "action_begun"


class Surface(StrEnum):
    """Where it happened: on the public site, in the adviser's workspace, or by way of a paper."""

    SITE = "site"
    ADVISER = "adviser"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class EventType:
    """One kind of event.

    `fields` are the names that its `data` may hold, with what they are in plain words; `purpose` says in plain
    words what it is for. `about` names what it is about: "opportunity", "partner", both, or neither.
    """

    name: EventName
    title: str
    purpose: str
    about: frozenset[str] = frozenset()
    fields: tuple[tuple[str, str], ...] = ()
    days: int = EVENT_DAYS

    @property
    def field_names(self) -> frozenset[str]:
        """The names that its data may hold."""
        return frozenset(name for name, _ in self.fields)


_OPPORTUNITY = frozenset({"opportunity", "partner"})
_EITHER = "To see which opportunities and partners people go on with, so that each partnership is reviewed on evidence."

_TYPES = (
    EventType(
        EventName.SEARCH_PERFORMED,
        "Somebody searched",
        "To see what people look for, and what they look for and do not find.",
        fields=(
            ("terms", f"the words searched for, cleaned of addresses, numbers and postcodes, kept {TERMS_DAYS} days"),
            ("selections", "the choices made beside them, such as the kind or the borough"),
            ("total", "how many results there were"),
            ("shown", "the numbers of the opportunities on the first page"),
            ("took_ms", "how long the search took, in thousandths of a second"),
        ),
    ),
    EventType(
        EventName.OPPORTUNITY_VIEWED, "The page of an opportunity was opened",
        "To see which opportunities are looked at, and whether searches lead to something.", _OPPORTUNITY,
    ),
    EventType(
        EventName.PARTNER_VIEWED, "The page of a partner was opened",
        "To see which partners are looked at.", frozenset({"partner"}),
    ),
    EventType(EventName.SHORTLISTED, "An opportunity was put on a shortlist", _EITHER, _OPPORTUNITY),
    EventType(EventName.CONTACT_REVEALED, "Somebody asked to see whom to contact", _EITHER, _OPPORTUNITY),
    EventType(EventName.WEBSITE_OPENED, "Somebody went on to a partner’s website", _EITHER, _OPPORTUNITY),
    EventType(EventName.CALENDAR_SAVED, "A session was saved to a calendar", _EITHER, _OPPORTUNITY),
    EventType(
        EventName.PRINTED, "A page or a shortlist was made for printing",
        "To see what is used on paper, by people who are not online.", _OPPORTUNITY,
        fields=(("what", "an opportunity, a desk sheet or a shortlist"),),
    ),
    EventType(
        EventName.SHARED, "A page or a shortlist was shared", _EITHER, _OPPORTUNITY,
        fields=(("what", "an opportunity, a partner or a shortlist"),),
    ),
    EventType(
        EventName.ACTION_BEGUN, "Somebody began to ask for something",
        "To see whether searches lead to something.", _OPPORTUNITY,
        fields=(("kind", "what was begun: a request for places, a referral, or a note of what is missing"),),
    ),
)  # fmt: skip

CATALOGUE: dict[EventName, EventType] = {each.name: each for each in _TYPES}

#: What counts as going on with something that was found (kinds of `action_begun` besides: request, referral).
ACTIONS = (EventName.CONTACT_REVEALED, EventName.WEBSITE_OPENED, EventName.CALENDAR_SAVED, EventName.ACTION_BEGUN)
#: The kinds of `action_begun`; a note of what is missing is begun for want of something to go on with.
ACTION_KINDS = ("request", "referral", "wanted")
WANTED = "wanted"
VIEWS = (EventName.OPPORTUNITY_VIEWED, EventName.PARTNER_VIEWED)
