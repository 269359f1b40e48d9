"""An opportunity as a row of a table says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Model

from opportunities.models import (
    CoOffer,
    Opportunity,
    OpportunityAccess,
    OpportunityAudience,
    OpportunitySector,
    OpportunitySkill,
    OpportunitySubject,
    OpportunityTheme,
    Pathway,
    TimetableItem,
)
from partners.resources import replace_terms
from taxonomy.models import AccessFeature, Audience, Borough, FusionSkill, Sector, Subject, Theme

Range = tuple[int | None, int | None]
NO_RANGE: Range = (None, None)


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A fusion skill and how it is practised."""

    slug: str
    practice: str


@dataclass(frozen=True, slots=True)
class TimetableLine:
    """What happens when."""

    when: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class AccessLine:
    """An access feature that is there, or known to be missing."""

    slug: str
    present: bool
    note: str


@dataclass(frozen=True, slots=True)
class Residence:
    """Where people must live; borough slugs where it is some boroughs."""

    rule: str = Opportunity.Residence.ANYWHERE.value
    boroughs: tuple[str, ...] = ()


@dataclass
class OpportunityRecord:
    """One attribute for each column. Partners, sites and other opportunities are given by their ids."""

    reference: str = ""
    title: str = ""
    kind: str = ""
    partner: int | None = None
    host: int | None = None
    with_partners: tuple[int, ...] = ()
    summary: str = ""
    description: str = ""
    format: str = Opportunity.Format.IN_PERSON.value
    place: str = Opportunity.Place.PARTNER_SITE.value
    site: str | int | None = None
    outward_code: str | None = None
    availability: str = Opportunity.Availability.DATED.value
    times: tuple[str, ...] = ("daytime",)
    years: Range = NO_RANGE
    ages: Range = NO_RANGE
    audiences: tuple[str, ...] = ()
    skills: tuple[SkillLine, ...] = ()
    sectors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()
    group_size: Range = NO_RANGE
    adult_ratio: int | None = None
    timetable: tuple[TimetableLine, ...] = ()
    cost: str = Opportunity.Cost.FREE.value
    cost_amount: Decimal | None = None
    cost_unit: str = ""
    family_price: Decimal | None = None
    cost_help: str = ""
    access: tuple[AccessLine, ...] = ()
    access_route: str = ""
    personal_connection: bool = False
    eligible_ages: Range = NO_RANGE
    eligible_employment: str = Opportunity.Employment.ANYONE.value
    eligible_level: int | None = None
    eligible_income: int | None = None
    eligible_residence: Residence = Residence()
    hours_per_week: Decimal | None = None
    weeks: int | None = None
    sourcing_team: int | None = None
    deadline: date | None = None
    campaign: int | None = None
    leads_to: tuple[int | str, ...] = ()
    placement_type: str = ""
    tasks: str = ""
    supervisor_role: str = ""
    days_and_hours: str = ""
    expenses: str = ""
    course_level: str = ""
    funded: str = ""
    pay_amount: Decimal | None = None
    pay_unit: str = ""
    private_home: bool | None = None
    alone_with_one_adult: bool | None = None
    under_16: bool | None = None


# Field of the model -> column, where one holds what the other says.
FIELDS: Mapping[str, str] = {
    **{
        name: name
        for name in (
            "reference", "title", "kind", "summary", "description", "format", "place", "availability", "adult_ratio",
            "cost", "cost_amount", "cost_unit", "family_price", "cost_help", "access_route", "personal_connection",
            "eligible_employment", "eligible_level", "eligible_income", "hours_per_week", "weeks", "deadline",
            "placement_type", "tasks", "supervisor_role", "days_and_hours", "expenses", "funded", "pay_amount", "pay_unit",
            "alone_with_one_adult", "under_16",
        )
    },
    "offered_by_id": "partner",
    "hosted_by_id": "host",
    "site_id": "site",
    "outward_code_id": "outward_code",
    "sourcing_team_id": "sourcing_team",
    "campaign_id": "campaign",
    "level": "course_level",
    "in_private_home": "private_home",
}  # fmt: skip

# Column -> the fields of its two ends.
RANGES: Mapping[str, tuple[str, str]] = {
    "years": ("year_from", "year_to"),
    "ages": ("age_from", "age_to"),
    "group_size": ("group_min", "group_max"),
    "eligible_ages": ("eligible_age_from", "eligible_age_to"),
}

TIMES: Mapping[str, str] = {"daytime": "in_daytime", "evening": "in_evening", "weekend": "at_weekend"}

# Column -> the draft's rows of terms, their model and vocabulary.
TERMS: Mapping[str, tuple[str, Any, Any]] = {
    "audiences": ("audience_items", OpportunityAudience, Audience),
    "sectors": ("sector_items", OpportunitySector, Sector),
    "themes": ("theme_items", OpportunityTheme, Theme),
    "subjects": ("subject_items", OpportunitySubject, Subject),
}

# Where a field of the model is called otherwise than its column: for its error messages.
COLUMNS_OF_FIELDS: Mapping[str, str] = {
    **{field.removesuffix("_id"): column for field, column in FIELDS.items()},
    **{field: column for column, fields in RANGES.items() for field in fields},
    **dict.fromkeys(TIMES.values(), "times"),
}


def record_of(draft: Opportunity) -> OpportunityRecord:
    """What a draft says."""
    record = OpportunityRecord()
    for field, column in FIELDS.items():
        setattr(record, column, getattr(draft, field))
    for column, (low, high) in RANGES.items():
        setattr(record, column, (getattr(draft, low), getattr(draft, high)))
    for column, (items, _, _) in TERMS.items():
        setattr(record, column, tuple(sorted(item.tag.slug for item in getattr(draft, items).all())))
    record.times = tuple(name for name, field in TIMES.items() if getattr(draft, field))
    record.with_partners = tuple(offer.partner_id for offer in draft.co_offers.all())
    record.skills = tuple(SkillLine(item.tag.slug, item.practice) for item in draft.skill_items.all())
    record.timetable = tuple(TimetableLine(line.when, line.title, line.text) for line in draft.timetable.all())
    record.access = tuple(AccessLine(line.feature.slug, line.present, line.note) for line in draft.access.all())
    record.eligible_residence = Residence(
        draft.eligible_residence, tuple(sorted(borough.slug for borough in draft.eligible_boroughs.all()))
    )
    record.leads_to = tuple(pathway.target_id for pathway in draft.leads_to.all())
    return record


class Terms:
    """The terms and boroughs by slug, each vocabulary read once for a whole import."""

    def __init__(self) -> None:
        self._known: dict[type[Model], dict[str, Any]] = {}

    def find(self, model: type[Model], slugs: Iterable[str]) -> list[Any]:
        """What the slugs name, in their order. They have been looked up before."""
        if model not in self._known:
            self._known[model] = {one.slug: one for one in model._default_manager.all()}  # type: ignore[attr-defined]
        return [self._known[model][slug] for slug in slugs]


def assign(draft: Opportunity, record: OpportunityRecord, before: OpportunityRecord | None, terms: Terms) -> None:
    """Makes a draft say what the record says; rows that already say it are left alone. Writes nothing."""
    for field, column in FIELDS.items():
        setattr(draft, field, getattr(record, column))
    for column, fields in RANGES.items():
        for field, value in zip(fields, getattr(record, column), strict=True):
            setattr(draft, field, value)
    for name, field in TIMES.items():
        setattr(draft, field, name in record.times)
    for column, (items, through, vocabulary) in TERMS.items():
        replace_terms(getattr(draft, items), through, terms.find(vocabulary, getattr(record, column)))
    draft.eligible_residence = record.eligible_residence.rule
    draft.eligible_boroughs.set(terms.find(Borough, record.eligible_residence.boroughs))
    for column, rows in _rows(record, terms).items():
        if before is None or getattr(before, column) != getattr(record, column):
            getattr(
                draft, "skill_items" if column == "skills" else "co_offers" if column == "with_partners" else column
            ).set(rows)


def _rows(record: OpportunityRecord, terms: Terms) -> dict[str, list[Any]]:
    """Column -> new rows that say what it says."""
    skills = terms.find(FusionSkill, (line.slug for line in record.skills))
    features = terms.find(AccessFeature, (line.slug for line in record.access))
    return {
        "skills": [
            OpportunitySkill(tag=skill, practice=line.practice)
            for skill, line in zip(skills, record.skills, strict=True)
        ],
        "with_partners": [CoOffer(partner_id=pk, sort_order=n) for n, pk in enumerate(record.with_partners)],
        "timetable": [
            TimetableItem(when=line.when, title=line.title, text=line.text, sort_order=n)
            for n, line in enumerate(record.timetable)
        ],
        "access": [
            OpportunityAccess(feature=feature, present=line.present, note=line.note, sort_order=n)
            for n, (feature, line) in enumerate(zip(features, record.access, strict=True))
        ],
        "leads_to": [
            Pathway(target_id=pk, sort_order=n) for n, pk in enumerate(record.leads_to) if isinstance(pk, int)
        ],
    }
