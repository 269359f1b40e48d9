"""What an opportunity or a partner holds in an aspect beyond what the public reads of it, in words.

Officers see every change. Where two versions read alike to the public, what differs is said here: a price that is kept
behind a free offer, or boroughs behind an offer to everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from directory import words
from opportunities.models import Opportunity
from partners.aspects import Aspect
from partners.models import Publishable

NOT_SHOWN = "Not shown to the public: "


def in_full(thing: Publishable, aspect: Aspect) -> tuple[str, ...]:
    """Lines on what the public does not read in this aspect; none if there is nothing, or no words for it."""
    found = _HELD.get(aspect.slug)
    return tuple(found(thing)) if found is not None else ()


def field_by_field(thing: Publishable, aspect: Aspect) -> tuple[str, ...]:
    """Each field of an aspect by its name, where no words tell two versions apart."""
    lines = []
    for name in aspect.fields:
        field: Any = thing._meta.get_field(name)
        held = getattr(thing, f"get_{name}_display", lambda name=name: getattr(thing, name))()
        if hasattr(held, "all"):
            held = ", ".join(str(each) for each in held.all())
        title = str(getattr(field, "verbose_name", name))
        lines.append(f"{title[:1].upper()}{title[1:]}: {_value(held) or 'nothing'}")
    return tuple(lines)


def _value(held: Any) -> str:
    if held is None:
        return ""
    if isinstance(held, bool):
        return "yes" if held else "no"
    return f"{held.normalize():f}" if isinstance(held, Decimal) else str(held)


def _cost(opportunity: Opportunity) -> Iterator[str]:
    """The price with what it is for, and what the Family of Schools pays."""
    amount, family = opportunity.cost_amount, opportunity.family_price
    unit = opportunity.get_cost_unit_display() if opportunity.cost_unit else ""
    is_free = words.cost_words(opportunity.cost, amount, opportunity.cost_unit, family) == "Free"
    before = "Not shown while it is free: " if is_free else "In full: "
    if amount is not None or unit:
        price = _price(amount)
        yield " ".join(filter(None, (f"{before}{price}", unit)))
    if family is not None:
        yield f"{before}{_price(family)} for Family of Schools"


def _price(amount: Decimal | None) -> str:
    if amount is None:
        return "a price that is not said"
    return f"a price of {words.money_words(amount)}" if amount else "no price"


def _boroughs(opportunity: Opportunity) -> Iterator[str]:
    """Boroughs that nobody must live in, or that nobody has named."""
    names = sorted(borough.name for borough in opportunity.eligible_boroughs.all())
    if opportunity.eligible_residence != "boroughs" and names:
        yield f"{NOT_SHOWN}{words.list_words(names)} as boroughs to live in"
    if opportunity.eligible_residence == "boroughs" and not names:
        yield f"{NOT_SHOWN}boroughs to live in, none of which is named yet"


def _access(opportunity: Opportunity) -> Iterator[str]:
    """What is there and what is not, whatever its note makes of it."""
    for row in opportunity.access.all():
        yield f"{'There' if row.present else 'Not there'}: {words.access_words(row.feature.name, '')}"


def _timetable(opportunity: Opportunity) -> Iterator[str]:
    """Times as they were typed, which are read alike however that was."""
    for row in opportunity.timetable.all():
        yield f"Typed as {row.when}: {row.title}"


def _picture(thing: Any) -> Iterator[str]:
    """Two pictures of one title are told apart by when they came."""
    if thing.image is not None:
        at = words.local(thing.image.created_at)
        when = f"{words.full_date_words(at.date())}, {words.clock_words(at.time())}"
        yield f"Sent on {when}: {thing.image.width} by {thing.image.height} points, number {thing.image.pk}"


_HELD: Mapping[str, Callable[[Any], Iterator[str]]] = {
    "cost": _cost,
    "eligible": _boroughs,
    "access": _access,
    "timetable": _timetable,
    "image": _picture,
}
