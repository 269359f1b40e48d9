"""Many dates by a rule, and which of them to leave out. Pure: what is known goes in, proposals come out.

A session begins at the same time by the clock on the wall in London, whatever daylight saving does to the hours
between.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

from figures.academic_years import AcademicYear
from figures.bank_holidays import bank_holiday

LONDON = ZoneInfo("Europe/London")
#: So many sessions can be added at a time, and no further from the first day than this.
MOST = 200
FURTHEST = timedelta(days=731)


class Every(StrEnum):
    """How often. A number is every so many weeks; the others are weeks of a month."""

    ONCE = "once"
    WEEK = "1"
    TWO_WEEKS = "2"
    THREE_WEEKS = "3"
    FOUR_WEEKS = "4"
    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    FOURTH = "fourth"
    LAST = "last"

    @property
    def label(self) -> str:
        """For a choice in a form."""
        return {
            Every.ONCE: "Once, on the first date",
            Every.WEEK: "Every week",
            Every.TWO_WEEKS: "Every second week",
            Every.THREE_WEEKS: "Every third week",
            Every.FOUR_WEEKS: "Every fourth week",
        }.get(self) or f"{self.value.capitalize()} of the month"


_PLACE_IN_MONTH = {Every.FIRST: 1, Every.SECOND: 2, Every.THIRD: 3, Every.FOURTH: 4, Every.LAST: -1}


class LeaveOut(StrEnum):
    """Kinds of days that are left out, unless they are put back one by one."""

    SCHOOL_HOLIDAYS = "school"
    BANK_HOLIDAYS = "bank"
    DAYS_TAKEN = "taken"


class TooManyDatesError(Exception):
    """A rule makes more dates than can be added at a time."""


@dataclass(frozen=True, slots=True)
class Rule:
    """On which weekdays (Monday is 0), how often, between which days (both included), and at what time in London.

    Each session begins at `starts` and ends at `ends`, on its last day where it takes several `running` in a row.
    """

    weekdays: frozenset[int]
    every: Every
    first: date
    last: date
    starts: time
    ends: time
    running: int = 1


@dataclass(frozen=True, slots=True)
class Term:
    """Days on which schools are open, both ends included."""

    name: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class There:
    """A session that is there already."""

    starts: datetime
    label: str = ""
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the days. A year without terms is not known yet, and nothing is guessed of it."""

    now: datetime
    terms: Mapping[AcademicYear, Sequence[Term]] = field(default_factory=dict)
    there: Sequence[There] = ()


@dataclass(frozen=True, slots=True)
class Proposal:
    """A date that the rule makes. `left_out` says why it is left out; `final` that it cannot be put back."""

    day: date
    starts: datetime
    ends: datetime
    left_out: str = ""
    final: bool = False


def days(rule: Rule) -> list[date]:
    """The days that the rule makes, in order, each once. Raises TooManyDatesError."""
    if rule.every is Every.ONCE:
        return [rule.first]
    chosen = sorted(rule.weekdays)
    place = _PLACE_IN_MONTH.get(rule.every)
    made = rrule(
        WEEKLY if place is None else MONTHLY,
        interval=int(rule.every) if place is None else 1,
        byweekday=[weekday(day, place) for day in chosen],
        wkst=0,
        dtstart=datetime.combine(rule.first, time.min),
        until=datetime.combine(rule.last, time.min),
    )
    found = [each.date() for each in islice(made, MOST + 1)] if chosen else []
    if len(found) > MOST:
        raise TooManyDatesError
    return found


def propose(rule: Rule, known: Known, leave_out: Iterable[LeaveOut], label: str = "") -> list[Proposal]:
    """Each day of the rule, and why it is left out if it is. Raises TooManyDatesError."""
    wanted = frozenset(leave_out)
    return [_proposal(rule, day, known, wanted, label) for day in days(rule)]


def unknown_years(rule: Rule, known: Known) -> list[AcademicYear]:
    """The academic years of the rule's days of which no term dates are known. Raises TooManyDatesError."""
    return [year for year in sorted({AcademicYear.of(day) for day in days(rule)}) if not known.terms.get(year)]


def moment(day: date, at: time) -> datetime | None:
    """That time on the clock on the wall in London; None where the clocks skip it."""
    local = datetime.combine(day, at, LONDON)
    read_back = local.astimezone(UTC).astimezone(LONDON)
    return local if read_back.replace(tzinfo=None) == local.replace(tzinfo=None) else None


def _proposal(rule: Rule, day: date, known: Known, leave_out: frozenset[LeaveOut], label: str) -> Proposal:
    run = [day + timedelta(days=n) for n in range(rule.running)]
    starts, ends = moment(day, rule.starts), moment(run[-1], rule.ends)
    if starts is None or ends is None:
        whole_day = datetime.combine(day, time.min, LONDON)
        return Proposal(day, whole_day, whole_day + timedelta(days=1), "the clocks change then", final=True)
    final = _final_reason(starts, known, label)
    if final:
        return Proposal(day, starts, ends, final, final=True)
    reasons = (
        (LeaveOut.BANK_HOLIDAYS, _first(bank_holiday(each) for each in run)),
        (
            LeaveOut.SCHOOL_HOLIDAYS,
            _first(school_holiday(each, known.terms.get(AcademicYear.of(each), ())) for each in run),
        ),
        (LeaveOut.DAYS_TAKEN, _first(_taken(each, known.there) for each in run)),
    )
    return Proposal(day, starts, ends, next((reason for kind, reason in reasons if reason and kind in leave_out), ""))


def _first(reasons: Iterable[str]) -> str:
    """The first that says something."""
    return next((reason for reason in reasons if reason), "")


def _final_reason(starts: datetime, known: Known, label: str) -> str:
    if starts <= known.now:
        return "already begun"
    same = next((one for one in known.there if one.starts == starts and one.label == label), None)
    if same is None:
        return ""
    return "cancelled for good" if same.cancelled else "there already"


def _taken(day: date, there: Sequence[There]) -> str:
    same_day = any(one.starts.astimezone(LONDON).date() == day for one in there if not one.cancelled)
    return "another date that day" if same_day else ""


def school_holiday(day: date, terms: Sequence[Term]) -> str:
    """What the holiday is called in which the day lies; empty in term time, and where no terms are known."""
    if not terms or any(term.starts <= day <= term.ends for term in terms):
        return ""
    before = max((term for term in terms if term.ends < day), key=lambda term: term.ends, default=None)
    after = min((term for term in terms if term.starts > day), key=lambda term: term.starts, default=None)
    halves = before is not None and after is not None and _season(before) == _season(after)
    return "half-term" if halves else "school holiday"


def _season(term: Term) -> str:
    """The first word of its name: both halves of a term share it."""
    return term.name.replace(",", " ").split()[0].casefold() if term.name.split() else term.name
