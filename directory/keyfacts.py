"""The strip of key facts under the opener of an opportunity: when, where, cost or pay, group, for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from directory import words

if TYPE_CHECKING:
    from opportunities.models import Opportunity, Session

TIMES = (("in_daytime", "daytimes"), ("in_evening", "evenings"), ("at_weekend", "weekends"))


@dataclass(frozen=True, slots=True)
class KeyFact:
    """One fact: the icon and the name of what it tells, the fact, and a note in smaller print."""

    icon: str
    label: str
    fact: str
    note: str = ""


def key_facts(
    opportunity: Opportunity,
    sessions: Sequence[Session],
    today: date,
    *,
    near: str = "",
    miles: float | None = None,
    called_off: bool = False,
) -> list[KeyFact]:
    """The facts that this opportunity has. `sessions` are the coming ones, in order; `miles` is the way from `near`.

    `called_off` says that there were dates to come, and that all of them are cancelled.
    """
    facts = [
        _when(opportunity, sessions, today, called_off=called_off),
        _where(opportunity, near, miles),
        _money(opportunity),
        _group(opportunity),
        _hours(opportunity),
        audience(opportunity),
    ]
    return [fact for fact in facts if fact is not None]


def _when(opportunity: Opportunity, sessions: Sequence[Session], today: date, *, called_off: bool) -> KeyFact:
    if sessions:
        line, note = words.dates_words([(each.starts, each.ends) for each in sessions], today)
        return KeyFact("calendar", "When", line, note)
    if called_off:
        return KeyFact("calendar", "When", "Cancelled", "No other date yet")
    times = [word for field, word in TIMES if getattr(opportunity, field)]
    note = words.list_words(times) if 0 < len(times) < len(TIMES) else ""
    if opportunity.deadline:
        return KeyFact(
            "calendar", "When", f"Apply by {words.day_words(opportunity.deadline, today, weekday=False)}", note
        )
    return KeyFact("calendar", "When", words.availability_words(opportunity.availability), note)


def borough_name(opportunity: Opportunity) -> str:
    """The borough in which it happens, or nothing where none is known."""
    code = opportunity.site.outward_code if opportunity.site else opportunity.outward_code
    return code.borough.name if code and code.borough else ""


def place_in_full(opportunity: Opportunity) -> str:
    """Where it happens, as closely as pages may say: "The print room, 1 High Street, Tower Hamlets, E1"."""
    if opportunity.place == opportunity.Place.YOUR_SCHOOL:
        return "At your school"
    if opportunity.place == opportunity.Place.ONLINE:
        return "Online"
    site, code = opportunity.site, opportunity.site.outward_code if opportunity.site else opportunity.outward_code
    street = site.address if site and not opportunity.in_private_home else ""
    borough = borough_name(opportunity)
    named = [site.name if site else "", street, "" if street.endswith(borough) else borough]
    parts = [*named, code.code if code else ""]
    return ", ".join(filter(None, parts)) or "Place agreed with you"


def _where(opportunity: Opportunity, near: str, miles: float | None) -> KeyFact:
    code = opportunity.site.outward_code_id if opportunity.site else opportunity.outward_code_id
    hybrid = opportunity.format == opportunity.Format.HYBRID
    line = words.where_words(opportunity.place, borough_name(opportunity), code or "", hybrid=hybrid)
    icon = {"online": "online", "your_school": "school"}.get(opportunity.place, "pin")
    if miles is None or not near or opportunity.place in {"online", "your_school"}:
        return KeyFact(icon, "Where", line, opportunity.site.name if opportunity.site else "")
    way = words.distance_words(miles)
    return KeyFact(icon, "Where", line, f"{way} from {near}" if way[0].isdigit() else way)


def _money(opportunity: Opportunity) -> KeyFact:
    if opportunity.pay_amount is not None:
        return KeyFact("cost", "Pay", words.pay_words(opportunity.pay_amount, opportunity.pay_unit))
    cost = (opportunity.cost, opportunity.cost_amount, opportunity.cost_unit, opportunity.family_price)
    return KeyFact("cost", "Cost", words.cost_words(*cost), words.cost_note(*cost) or opportunity.cost_help)


def _size(low: int | None, high: int | None) -> str:
    if low is None:
        return f"Up to {high}"
    if high is None:
        return f"{low} or more"
    return f"{low}" if low == high else f"{low} to {high}"


def _group(opportunity: Opportunity) -> KeyFact | None:
    low, high = opportunity.group_min, opportunity.group_max
    if low is None and high is None:
        return None
    pupils = opportunity.year_from is not None or any(item.tag.under_18 for item in opportunity.audience_items.all())
    noun = words.plural(high or low or 0, *(("pupil", "pupils") if pupils else ("person", "people")))
    ratio = opportunity.adult_ratio
    note = f"one adult for every {words.number_words(ratio)}" if ratio else ""
    return KeyFact("group", "Group", f"{_size(low, high)} {noun}", note)


def _hours(opportunity: Opportunity) -> KeyFact | None:
    hours, weeks = opportunity.hours_per_week, opportunity.weeks
    length = f"{weeks} {words.plural(weeks, 'week')}" if weeks else ""
    if hours is None:
        return KeyFact("clock", "How long", length) if length else None
    a_week = f"{hours.normalize():f} {words.plural(int(hours) if hours == int(hours) else 2, 'hour')} a week"
    return KeyFact("clock", "Hours", a_week, f"for {length}" if length else "")


def audience(opportunity: Opportunity) -> KeyFact | None:
    """For whom it is: years first, then audiences, then ages; the first two of these that are stated."""
    names = [item.tag.name for item in sorted(opportunity.audience_items.all(), key=lambda item: item.tag.order)]
    years = words.years_words(opportunity.year_from, opportunity.year_to)
    ages = words.ages_words(opportunity.age_from, opportunity.age_to)
    # In the middle of a phrase: "16 to 18 and adults 18+".
    listed = words.list_words([*names[:1], *map(words.lower_first, names[1:])])
    facts = [each for each in (years, listed, ages) if each]
    return KeyFact("user", "For", facts[0], facts[1] if len(facts) > 1 else "") if facts else None
