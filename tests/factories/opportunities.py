"""Opportunities and their sessions."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from opportunities.models import (
    Campaign,
    CoOffer,
    Opportunity,
    OpportunityAccess,
    OpportunityAudience,
    OpportunitySector,
    OpportunitySkill,
    OpportunitySubject,
    OpportunityTheme,
    Pathway,
    SafeguardingDecision,
    Session,
)
from opportunities.requirements import QUESTIONS
from taxonomy.models import AccessFeature, Audience, FusionSkill, Sector, Subject, Theme

from .accounts import OfficerFactory
from .partners import PartnerFactory, SiteFactory
from .taxonomy import term, terms

# What a kind must say before it is published, and no more.
NEEDED: dict[str, dict[str, Any]] = {
    "placement": {
        "placement_type": "block",
        "tasks": "Set and print a poster.",
        "supervisor_role": "Senior printer",
        "days_and_hours": "Monday to Friday, 9.30am to 4pm",
        "expenses": "Travel and lunch",
        "year_from": 10,
        "year_to": 13,
    },
    "course": {"level": "2", "funded": "yes"},
    "job": {"pay_amount": "14.80", "pay_unit": "hour", "hours_per_week": "20"},
    "internship": {"pay_amount": "14.80", "pay_unit": "hour"},
    "apprenticeship": {"level": "3", "pay_amount": "14.80", "pay_unit": "hour"},
}
ANSWERED = dict.fromkeys(QUESTIONS, False)
ASKED = ("placement", "internship", "apprenticeship", "mentoring", "volunteering", "job")


class OpportunityFactory(DjangoModelFactory[Opportunity]):
    """A live, public opportunity on request that says what its kind must say.

    Beside the fields of the model: `skills` (slugs, or slug -> practice), `audiences`, `sectors`, `themes`,
    `subjects` (slugs), `with_partners`, `leads_to` (objects), `access` (slug -> whether it is there),
    `years=(7, 9)`, and `postcode`, which makes a site of the host there.
    """

    class Meta:
        model = Opportunity

    class Params:
        years: tuple[int, int] | None = None

    title = factory.Sequence(lambda n: f"Opportunity {n}")
    kind = "visit"
    offered_by = factory.SubFactory(PartnerFactory)
    summary = "Make something and take it home."
    description = "A day in the workshop."
    availability = Opportunity.Availability.ON_REQUEST
    live = True
    has_unpublished_changes = factory.LazyAttribute(lambda o: not o.live)

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        kind = str(kwargs["kind"])
        years = kwargs.pop("years", None)
        needed = NEEDED.get(kind, {}) | (ANSWERED if kind in ASKED else {})
        if years is not None:
            needed = needed | {"year_from": years[0], "year_to": years[1]}
        return needed | kwargs

    @classmethod
    def _create(cls, model_class: type[Opportunity], *args: Any, **kwargs: Any) -> Opportunity:
        skills: Mapping[str, str] | Iterable[str] = kwargs.pop("skills", ())
        practices = dict(skills) if isinstance(skills, Mapping) else dict.fromkeys(skills, "")
        sets = {
            "skill_items": [
                OpportunitySkill(tag=term(FusionSkill, slug), practice=text) for slug, text in practices.items()
            ],
            "audience_items": [OpportunityAudience(tag=tag) for tag in terms(Audience, kwargs.pop("audiences", ()))],
            "sector_items": [OpportunitySector(tag=tag) for tag in terms(Sector, kwargs.pop("sectors", ()))],
            "theme_items": [OpportunityTheme(tag=tag) for tag in terms(Theme, kwargs.pop("themes", ()))],
            "subject_items": [OpportunitySubject(tag=tag) for tag in terms(Subject, kwargs.pop("subjects", ()))],
            "co_offers": [
                CoOffer(partner=partner, sort_order=n) for n, partner in enumerate(kwargs.pop("with_partners", ()))
            ],
            "leads_to": [Pathway(target=target, sort_order=n) for n, target in enumerate(kwargs.pop("leads_to", ()))],
            "access": [
                OpportunityAccess(feature=term(AccessFeature, slug), present=present, sort_order=n)
                for n, (slug, present) in enumerate(kwargs.pop("access", {}).items())
            ],
        }
        postcode = kwargs.pop("postcode", None)
        opportunity = model_class(**kwargs)
        if postcode:
            opportunity.site = SiteFactory.create(partner=opportunity.host, postcode=postcode)
        for name, rows in sets.items():
            getattr(opportunity, name).set(rows)
        opportunity.save()
        return opportunity


class SessionFactory(DjangoModelFactory[Session]):
    """Two hours at 10am on a day to come, with 30 places; `in_days` moves it (negative: over).

    Without `opportunity` it makes one that is on set dates.
    """

    class Meta:
        model = Session

    class Params:
        in_days = 14
        hours = 2

    opportunity = factory.SubFactory(OpportunityFactory, availability=Opportunity.Availability.DATED)
    starts = factory.LazyAttribute(
        lambda o: timezone.localtime().replace(hour=10, minute=0, second=0, microsecond=0) + timedelta(days=o.in_days)
    )
    ends = factory.LazyAttribute(lambda o: o.starts + timedelta(hours=o.hours))
    capacity = 30


class CampaignFactory(DjangoModelFactory[Campaign]):
    """A campaign of a week, from next week on."""

    class Meta:
        model = Campaign

    name = factory.Sequence(lambda n: f"Campaign {n}")
    slug = factory.Sequence(lambda n: f"campaign-{n}")
    starts_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=7))
    ends_on = factory.LazyAttribute(lambda o: o.starts_on + timedelta(days=6))


class SafeguardingDecisionFactory(DjangoModelFactory[SafeguardingDecision]):
    """An officer accepts the answers of an opportunity as they stand."""

    class Meta:
        model = SafeguardingDecision

    opportunity = factory.SubFactory(OpportunityFactory, kind="placement", under_16=True)
    accepted = True
    reason = "The host told us how adults are vetted, and two are always in the room."
    decided_by = factory.SubFactory(OfficerFactory)
    decided_at = factory.LazyFunction(timezone.now)

    @classmethod
    def _adjust_kwargs(cls, **kwargs: Any) -> dict[str, Any]:
        opportunity = kwargs["opportunity"]
        return {question: bool(getattr(opportunity, question)) for question in QUESTIONS} | kwargs
