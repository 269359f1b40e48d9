"""Whether a partner's documents are in date. Pure rules over what officers have seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Protocol

from .models import AssuranceKind, Partner

if TYPE_CHECKING:
    from .models import Assurance

DUE_WITHIN_DAYS = 60


class State(Enum):
    """How one kind of assurance stands on a day."""

    IN_DATE = "in date"
    DUE = "due"
    LAPSED = "lapsed"
    NEVER_SEEN = "never seen"
    EXEMPT = "exempt"


class SeenDocument(Protocol):
    """What the rules read of an assurance."""

    kind: str
    expires: date | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How one kind stands, with the document that counts and its last day (None: no expiry)."""

    kind: AssuranceKind
    state: State
    expires: date | None = None
    document: Assurance | None = None


def is_exempt(partner: Partner, kind: str) -> bool:
    """Sole traders without employees need no employers' liability insurance (Employers' Liability Act 1969, s. 2)."""
    return kind == AssuranceKind.EMPLOYERS_LIABILITY and not partner.has_employees


def standing(partner: Partner, kind: AssuranceKind, seen: Iterable[Assurance], today: date) -> Standing:
    """How one kind of assurance stands today. The document that lasts longest counts."""
    if is_exempt(partner, kind):
        return Standing(kind, State.EXEMPT)
    documents = [document for document in seen if document.kind == kind]
    if not documents:
        return Standing(kind, State.NEVER_SEEN)
    best = max(documents, key=lambda document: document.expires or date.max)
    if best.expires is None:
        state = State.IN_DATE
    elif best.expires < today:
        state = State.LAPSED
    elif (best.expires - today).days <= DUE_WITHIN_DAYS:
        state = State.DUE
    else:
        state = State.IN_DATE
    return Standing(kind, state, best.expires, best)


def standings(partner: Partner, kinds: Iterable[str], seen: Iterable[Assurance], today: date) -> list[Standing]:
    """How each of these kinds stands today, in the order of AssuranceKind."""
    wanted, documents = set(kinds), list(seen)
    return [standing(partner, kind, documents, today) for kind in AssuranceKind if kind in wanted]


def all_in_date(held: Iterable[Standing]) -> bool:
    """Whether nothing that is needed is missing or lapsed."""
    return all(one.state in {State.IN_DATE, State.DUE, State.EXEMPT} for one in held)
