"""What a partner or an opportunity says, aspect by aspect, in words of the public."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from directory import words
from directory.keyfacts import TIMES
from directory.terms import terms
from opportunities.models import Opportunity
from partners.aspects import Aspect, differs
from partners.models import Partner, Publishable

from .differences import Difference, Said, difference
from .in_full import field_by_field, in_full

Words = Callable[[Any], Said]


def said(thing: Publishable, aspect: Aspect) -> Said:
    """What it says in this aspect; empty if nothing."""
    found = _WORDS[type(thing)].get(aspect.slug) or _of_field(aspect.fields[0])
    return found(thing)


def told_apart(old: Publishable | None, new: Publishable, aspect: Aspect) -> Difference:
    """Both sides of an aspect, never alike where the fields are not: then what the public does not read is said too."""
    if old is None:
        return difference("", said(new, aspect))
    shown = difference(said(old, aspect), said(new, aspect))
    if not shown.is_none or not differs(old, new, aspect):
        return shown
    full = difference(_with_more(old, aspect), _with_more(new, aspect))
    return difference(field_by_field(old, aspect), field_by_field(new, aspect)) if full.is_none else full


def _with_more(thing: Publishable, aspect: Aspect) -> Said:
    public = said(thing, aspect)
    lines = (public,) if isinstance(public, str) else public
    return (*filter(None, lines), *in_full(thing, aspect))


def _of_field(name: str) -> Words:
    """What one field holds: a choice by its label, a row of another table by its name, a text as it is."""

    def of(thing: Any) -> Said:
        display = getattr(thing, f"get_{name}_display", None)
        held = display() if display else getattr(thing, name)
        return "" if held is None else str(held).replace("\r\n", "\n").strip()

    return of


def _answer(name: str) -> Words:
    def of(thing: Any) -> Said:
        held = getattr(thing, name)
        return "" if held is None else ("Yes" if held else "No")

    return of


def _terms(name: str) -> Words:
    """The terms of a set, in their order: it says nothing that one was chosen before another."""

    def of(thing: Any) -> Said:
        tags = sorted((item.tag for item in getattr(thing, name).all()), key=lambda tag: (tag.order, tag.name))
        return tuple(tag.name for tag in tags)

    return of


def _skills(opportunity: Opportunity) -> Said:
    items = sorted(opportunity.skill_items.all(), key=lambda item: (item.tag.order, item.tag.name))
    return tuple(f"{item.tag.name}: {words.lower_first(item.practice)}" if item.practice else item.tag.name for item in items)  # fmt: skip


def _in_order(rows: Any) -> list[Any]:
    return sorted(rows, key=lambda row: row.sort_order or 0)


def _timetable(opportunity: Opportunity) -> Said:
    rows = _in_order(opportunity.timetable.all())
    return tuple(
        f"{words.timetable_words(row.when)}: {row.title}" + (f". {row.text}" if row.text else "") for row in rows
    )


def _together_with(opportunity: Opportunity) -> Said:
    return tuple(row.partner.name for row in _in_order(opportunity.co_offers.all()))


def _access(opportunity: Opportunity) -> Said:
    rows = _in_order(opportunity.access.all())
    return tuple(words.access_words(row.feature.name if row.present else row.feature.absent, row.note) for row in rows)


def _leads_to(opportunity: Opportunity) -> Said:
    return tuple(row.target.title for row in _in_order(opportunity.leads_to.all()))


def _place(opportunity: Opportunity) -> Said:
    where = opportunity.get_place_display()
    named = [str(each) for each in (opportunity.site, opportunity.outward_code) if each is not None]
    return ", ".join((opportunity.get_format_display(), words.lower_first(where), *named))


def _when(opportunity: Opportunity) -> Said:
    times = [word for field, word in TIMES if getattr(opportunity, field)]
    kind = opportunity.get_availability_display()
    return f"{kind}, {words.list_words(times)}" if times else kind


def _length(opportunity: Opportunity) -> Said:
    hours, weeks = opportunity.hours_per_week, opportunity.weeks
    spelt = f"{hours.normalize():f} hours a week" if hours is not None else ""
    return ", ".join(filter(None, (spelt, words.counted(weeks, "week") if weeks is not None else "")))


def _group(opportunity: Opportunity) -> Said:
    low, high, ratio = opportunity.group_min, opportunity.group_max, opportunity.adult_ratio
    size = f"{low} to {high}" if low is not None and high is not None else ""
    if not size:
        size = f"{low} or more" if low is not None else (f"up to {high}" if high is not None else "")
    adults = f"one adult for every {words.number_words(ratio)}" if ratio else ""
    return ", ".join(filter(None, (f"{size} people" if size else "", adults))).capitalize()


def _cost(opportunity: Opportunity) -> Said:
    cost = (opportunity.cost, opportunity.cost_amount, opportunity.cost_unit, opportunity.family_price)
    return ", ".join(filter(None, (words.cost_words(*cost), words.cost_note(*cost))))


def _pay(opportunity: Opportunity) -> Said:
    if opportunity.pay_amount is None:
        return f"Not said yet how much {opportunity.get_pay_unit_display()}" if opportunity.pay_unit else ""
    return words.pay_words(opportunity.pay_amount, opportunity.pay_unit)


def _eligible(opportunity: Opportunity) -> Said:
    return tuple(f"{row.key}: {row.value}" for row in terms(opportunity).eligible)


def _deadline(opportunity: Opportunity) -> Said:
    return words.full_date_words(opportunity.deadline) if opportunity.deadline else ""


def _dates(thing: Publishable) -> Said:
    spelt = [
        f"{label} {words.full_date_words(words.local(moment).date())}, {words.clock_words(words.local(moment).time())}"
        for label, moment in (("From", thing.go_live_at), ("Until", thing.expire_at))
        if moment is not None
    ]
    return tuple(spelt)


def _connection(opportunity: Opportunity) -> Said:
    return "Only people who know somebody there can take part" if opportunity.personal_connection else ""


def _employees(partner: Partner) -> Said:
    return "Employs people" if partner.has_employees else "Works without employees"


_WORDS: Mapping[type[Publishable], Mapping[str, Words]] = {
    Partner: {"sectors": _terms("sector_items"), "employees": _employees, "dates": _dates},
    Opportunity: {
        "timetable": _timetable,
        "together-with": _together_with,
        "private-home": _answer("in_private_home"),
        "one-adult": _answer("alone_with_one_adult"),
        "under-16": _answer("under_16"),
        "audiences": _terms("audience_items"),
        "years": lambda thing: words.years_words(thing.year_from, thing.year_to),
        "ages": lambda thing: words.ages_words(thing.age_from, thing.age_to),
        "group": _group,
        "eligible": _eligible,
        "skills": _skills,
        "sectors": _terms("sector_items"),
        "themes": _terms("theme_items"),
        "subjects": _terms("subject_items"),
        "place": _place,
        "when": _when,
        "length": _length,
        "deadline": _deadline,
        "access": _access,
        "cost": _cost,
        "connection": _connection,
        "leads-to": _leads_to,
        "pay": _pay,
        "dates": _dates,
    },
}
