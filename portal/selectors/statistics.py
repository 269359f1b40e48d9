"""How a partner's opportunities are found and used, week by week, with small numbers held back.

What is public of a week is decided once, by opportunity, week and measure (`figures.suppression`); whatever a page or
file adds up is added up from that. Weeks are whole, from Monday to Sunday in London, in every period.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Self

from django.utils import timezone

from engagement.facts import offer_counts
from figures.academic_years import AcademicYear
from figures.suppression import Figure
from opportunities.models import Opportunity
from opportunities.recurrence import Term, school_holiday
from partners.models import Partner
from schools.selectors import term_periods

#: A week belongs to the holidays if schools are closed on so many of its five weekdays.
MOST_OF_A_WEEK = 3
#: What is told of each opportunity, with the noun for one and for several.
MEASURES = {"searches": ("search", "searches"), "views": ("view", "views"), "actions": ("action", "actions")}
WEEKS = 13
WEEK = timedelta(days=7)
NOTHING = Figure()


@dataclass(frozen=True, slots=True)
class Period:
    """Some whole weeks, the last of which has not ended: `slug` stands in the address, `label` on the page."""

    slug: str
    label: str
    first: date
    today: date

    @classmethod
    def named(cls, slug: str, today: date) -> Self:
        """The period of this name; the last thirteen weeks for any other."""
        if slug == "year":
            starts = AcademicYear.of(today).starts
            return cls("year", f"Since {starts:%B %Y}", _monday(starts), today)
        return cls("weeks", f"The last {WEEKS} weeks", _monday(today) - (WEEKS - 1) * WEEK, today)

    @property
    def weeks(self) -> tuple[date, ...]:
        """The Mondays."""
        return tuple(self.first + number * WEEK for number in range((self.today - self.first).days // 7 + 1))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True, slots=True)
class OfferUse:
    """The use of one opportunity: `cells` holds, by measure and Monday, what is told of a week that had any."""

    opportunity: Opportunity
    cells: Mapping[tuple[str, date], Figure] = field(default_factory=dict)

    def of_week(self, measure: str, week: date) -> Figure:
        """What is told of a week."""
        return self.cells.get((measure, week), NOTHING)

    def total(self, measure: str) -> Figure:
        """What follows of the whole period."""
        return Figure.sum(figure for (name, _), figure in self.cells.items() if name == measure)

    @property
    def totals(self) -> list[Figure]:
        """The same for each measure, in order."""
        return [self.total(measure) for measure in MEASURES]


@dataclass(frozen=True)
class UseReport:
    """The use of all opportunities of a partner that had any, or are public; the most viewed first."""

    period: Period
    offers: Sequence[OfferUse]

    @cached_property
    def by_opportunity(self) -> dict[int, OfferUse]:
        """The same by the key of the opportunity."""
        return {each.opportunity.pk: each for each in self.offers}

    def weekly(self, measure: str) -> list[Figure]:
        """What is told of each week, of all opportunities together."""
        return [Figure.sum(each.of_week(measure, week) for each in self.offers) for week in self.period.weeks]

    def total(self, measure: str) -> Figure:
        """What is told of the whole period and all opportunities together."""
        return Figure.sum(each.total(measure) for each in self.offers)


def use_of(partner: Partner, period: Period, opportunity_pk: int | None = None) -> UseReport:
    """The use of what a partner offers: of all of it, or of one opportunity (none, if it is another partner's).

    What it hosts for others is told to those who offer it.
    """
    offered = Opportunity.objects.filter(offered_by=partner).only("title", "live", "offered_by")
    if opportunity_pk is not None:
        offered = offered.filter(pk=opportunity_pk)
    found = {each.pk: each for each in offered}
    counts: Counter[tuple[int, str, date]] = Counter()
    for day, row in offer_counts(found, period.first, period.today):
        for measure in MEASURES:
            counts[row.opportunity, measure, _monday(day)] += getattr(row, measure)
    cells: dict[int, dict[tuple[str, date], Figure]] = {key: {} for key in found}
    for (key, measure, week), count in counts.items():
        cells[key][measure, week] = Figure.of(count)
    used = [
        OfferUse(opportunity, cells[key])
        for key, opportunity in found.items()
        if opportunity.live or cells[key] or opportunity_pk is not None
    ]
    return UseReport(period, sorted(used, key=_most_viewed_first))


def holidays(weeks: Sequence[date]) -> dict[date, str]:
    """How the weeks are called in which most weekdays lie in the holidays of London's schools, by their Mondays.

    Weeks of years whose term dates are not known are left out.
    """
    weekdays = {week: [week + timedelta(days=number) for number in range(5)] for week in weeks}
    years = {AcademicYear.of(day) for days in weekdays.values() for day in days}
    terms = {year: [Term(one.name, one.starts, one.ends) for one in term_periods(year)] for year in years}
    found = {}
    for week, days in weekdays.items():
        words = list(filter(None, (school_holiday(day, terms[AcademicYear.of(day)]) for day in days)))
        if len(words) >= MOST_OF_A_WEEK:
            found[week] = words[0]
    return found


def _most_viewed_first(use: OfferUse) -> tuple[int, str, int]:
    return -use.total("views").low, use.opportunity.title, use.opportunity.pk


def recent_use(partner: Partner) -> UseReport:
    """The last thirteen weeks of all that a partner offers."""
    return use_of(partner, Period.named("weeks", timezone.localdate()))
