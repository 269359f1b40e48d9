"""The steps in which a partner describes an opportunity of each kind: one table of what is asked on which page.

Beside the steps declared here stand the dates, which are sessions of their own, and reading once before sending.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from .kinds import ASKED_SAFEGUARDING, Kind
from .requirements import QUESTIONS


class Look(Enum):
    """How a group of fields stands on its page."""

    COLUMN = "column"
    PAIR = "pair"
    TRIO = "trio"
    SAFEGUARD = "safeguard"
    FOLDED = "folded"  # behind a line that opens it: what few need


@dataclass(frozen=True, slots=True)
class Group:
    """Fields, or the one set of rows, that belong together. A set is named like the relation that holds its rows."""

    names: tuple[str, ...]
    look: Look = Look.COLUMN
    title: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One page: what it is called, and what it asks. `slug` stands in its address."""

    slug: str
    title: str
    groups: tuple[Group, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """All its fields and sets, in their order."""
        return tuple(name for group in self.groups for name in group.names)

    @property
    def fields(self) -> tuple[str, ...]:
        """Its fields, without the sets of rows."""
        return tuple(name for name in self.names if name not in SETS)

    @property
    def sets(self) -> tuple[str, ...]:
        """Its sets of rows."""
        return tuple(name for name in self.names if name in SETS)


# Relations that are written row by row, and what a row says.
SETS: dict[str, tuple[str, ...]] = {
    "timetable": ("when", "title", "text"),
    "skill_items": ("tag", "practice"),
    "access": ("feature", "present", "note"),
    "leads_to": ("target",),
}
# Fields that hold several terms or boroughs -> the relation, and what it points to, as a revision keeps them.
SEVERAL: dict[str, str] = {
    "audiences": "audience_items",
    "sectors": "sector_items",
    "themes": "theme_items",
    "subjects": "subject_items",
}
# The other way round.
HELD_BY: dict[str, str] = {relation: name for name, relation in SEVERAL.items()}

WHAT = Step("what", "What it is", (Group(("title", "summary", "description")), Group(("image",))))
DOING = Step(
    "doing",
    "What they will do",
    (
        Group(("timetable",), title="Hour by hour"),
        Group(("skill_items",), title="Fusion skills"),
        Group(("sectors", "themes", "subjects"), Look.FOLDED, "Sectors, themes and subjects"),
    ),
)
YEARS = Group(("year_from", "year_to"), Look.PAIR)
AGES = Group(("age_from", "age_to"), Look.PAIR)
ELIGIBLE = (
    Group(("eligible_age_from", "eligible_age_to"), Look.PAIR, "Who is eligible"),
    Group(("eligible_employment", "eligible_level", "eligible_income")),
    Group(("eligible_residence",)),
    Group(("eligible_boroughs",), Look.FOLDED, "Boroughs"),
)
GROUPS = Group(("group_min", "group_max", "adult_ratio"), Look.TRIO)
WHO = "Who it is for"
FOR_CLASSES = Step("who", WHO, (Group(("audiences",)), YEARS, AGES, GROUPS))
FOR_PUPILS = Step("who", WHO, (Group(("audiences",)), YEARS, AGES, Group(("group_max",))))
FOR_PLACEMENTS = Step("who", WHO, (Group(("audiences",)), YEARS, Group(("group_max",))))
FOR_EDUCATORS = Step("who", WHO, (Group(("audiences",)), Group(("group_min", "group_max"), Look.PAIR)))
FOR_ADULTS = Step("who", WHO, (Group(("audiences",)), AGES, *ELIGIBLE))

PAY = Group(("pay_amount", "pay_unit"), Look.PAIR)
HOURS = Group(("hours_per_week", "weeks"), Look.PAIR)
DAYS = Group(("days_and_hours",))
PEOPLE = Group(("tasks", "supervisor_role"))
QUESTIONED = Group(QUESTIONS, Look.SAFEGUARD, "Three safeguarding questions")

# What the work or the course is like, by kind; kinds without an entry have no such step.
WORK: dict[str, Step] = {
    Kind.PLACEMENT: Step(
        "work",
        "Days, hours and people",
        (
            Group(("placement_type", "days_and_hours")),
            HOURS,
            Group(("tasks", "supervisor_role", "expenses")),
        ),
    ),
    Kind.INTERNSHIP: Step("work", "Pay, hours and people", (PAY, HOURS, DAYS, PEOPLE)),
    Kind.APPRENTICESHIP: Step("work", "Level, pay and people", (Group(("level",)), PAY, HOURS, DAYS, PEOPLE)),
    Kind.JOB: Step("work", "Pay and hours", (PAY, HOURS, DAYS)),
    Kind.MENTORING: Step("work", "Hours and people", (HOURS, DAYS)),
    Kind.VOLUNTEERING: Step("work", "Hours and people", (HOURS, DAYS, PEOPLE, Group(("expenses",)))),
    Kind.COURSE: Step("work", "Level and hours", (Group(("level", "funded"), Look.PAIR), HOURS, DAYS)),
}

PLACE = Step(
    "place",
    "Place and access",
    (
        Group(("format", "place")),
        Group(("hosted_by", "site", "outward_code")),
        Group(("availability",)),
        Group(("in_daytime", "in_evening", "at_weekend"), title="At what times?"),
        Group(("access",), title="Access, good and bad"),
    ),
)
ROUTE = (
    Group(("access_route", "personal_connection")),
    Group(("deadline",)),
    Group(("leads_to",), title="What it leads to"),
    Group(("campaign",)),
)
COST = (
    Group(("cost",)),
    Group(("cost_amount", "cost_unit"), Look.PAIR),
    Group(("family_price",)),
    Group(("cost_help",)),
)
COSTING = Step("part", "Cost and taking part", (*COST, *ROUTE))
APPLYING = Step("part", "Taking part", ROUTE)

WHO_BY_KIND: dict[str, Step] = {
    Kind.VISIT: FOR_CLASSES,
    Kind.OUTDOOR: FOR_CLASSES,
    Kind.WORKPLACE: FOR_CLASSES,
    Kind.TALK: FOR_CLASSES,
    Kind.PLACEMENT: FOR_PLACEMENTS,
    Kind.MENTORING: FOR_PUPILS,
    Kind.CPD: FOR_EDUCATORS,
    Kind.INTERNSHIP: FOR_ADULTS,
    Kind.APPRENTICESHIP: FOR_ADULTS,
    Kind.COURSE: FOR_ADULTS,
    Kind.VOLUNTEERING: FOR_ADULTS,
    Kind.JOB: FOR_ADULTS,
}
# Those who take part are paid, or give their time: nobody asks them for money.
WITHOUT_COST = frozenset({Kind.PLACEMENT, Kind.INTERNSHIP, Kind.APPRENTICESHIP, Kind.JOB, Kind.VOLUNTEERING})


def _steps(kind: Kind) -> tuple[Step, ...]:
    work = WORK.get(kind)
    if work is not None and kind in ASKED_SAFEGUARDING:
        work = Step(work.slug, work.title, (*work.groups, QUESTIONED))
    steps = (WHAT, DOING, WHO_BY_KIND[kind], work, PLACE, APPLYING if kind in WITHOUT_COST else COSTING)
    return tuple(step for step in steps if step is not None)


STEPS: dict[str, tuple[Step, ...]] = {kind: _steps(kind) for kind in Kind}

# What the portal does not ask: it is given, or officers keep it.
NOT_ASKED = frozenset({"kind", "offered_by", "co_offers", "reference", "sourcing_team"})


def find_step(kind: str, slug: str) -> Step | None:
    """The step of a kind by the word in its address, if the kind has it."""
    return next((step for step in STEPS[kind] if step.slug == slug), None)


def step_of(kind: str, name: str) -> Step | None:
    """Where a field or set is asked for, if it is."""
    return next((step for step in STEPS[kind] if name in step.names), None)


def groups_of(kind: str, fields: Collection[str]) -> tuple[Group, ...]:
    """The groups of a kind's steps cut down to these fields and sets, as the model or a form names them, nothing folded.

    What no step of the kind asks is left out.
    """
    wanted = {HELD_BY.get(name, name) for name in fields}
    found = []
    for group in (each for step in STEPS[kind] for each in step.groups):
        names = tuple(name for name in group.names if name in wanted)
        look = group.look if group.look in {Look.PAIR, Look.TRIO} and len(names) > 1 else Look.COLUMN
        title = group.title if group.look is not Look.SAFEGUARD and len(names) > 1 else ""
        if names:
            found.append(Group(names, look, title))
    return tuple(found)


class Standing(Enum):
    """How far a step is."""

    DONE = "done"
    TO_DO = "to do"
    TO_MEND = "to mend"


def standing(step: Step, filled: Collection[str], problems: Iterable[str]) -> tuple[Standing, int]:
    """How far a step is, and how much of it is to mend.

    `filled` are the fields and sets that say more than a new draft does; `problems` those that keep it from being sent.
    Nothing is to mend where nothing was begun: that is still to do.
    """
    wrong = len(set(problems) & set(step.names))
    begun = bool(set(filled) & set(step.names))
    if not begun:
        return Standing.TO_DO, wrong
    return (Standing.TO_MEND, wrong) if wrong else (Standing.DONE, 0)
