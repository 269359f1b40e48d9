"""What the pages show of opportunities."""

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from opportunities.kinds import Strand
from opportunities.models import Campaign, Opportunity, Session
from opportunities.selectors import public, with_parts
from partners.models import Partner
from partners.selectors import public as public_partners
from search.criteria import SearchCriteria, Sort
from search.engines.base import SearchUnavailableError
from search.results import Hit
from search.selectors import search
from taxonomy.models import FusionSkill, SkillFamily

from .programme import Item, Programme

logger = logging.getLogger(__name__)

UPCOMING = 3


@dataclass(frozen=True, slots=True)
class SkillCount:
    """A fusion skill and how many opportunities practise it; None while search does not answer."""

    skill: FusionSkill
    count: int | None


@dataclass(frozen=True, slots=True)
class FamilyOfSkills:
    """A family with its skills."""

    family: SkillFamily
    skills: tuple[SkillCount, ...]


@dataclass(frozen=True, slots=True)
class CampaignBand:
    """What the band on the home page says of a campaign."""

    campaign: Campaign
    url: str


def home() -> dict[str, Any]:
    """`families`: the skills with counts; `upcoming`: three hits with places left, of different strands where
    there are; `with_places`, `opportunities`, `partners`: how many there are.
    """
    try:
        everything = search(SearchCriteria())
        open_ones = search(SearchCriteria(open_only=True, sort=Sort.SOONEST))
    except SearchUnavailableError:
        logger.exception("The home page shows no counts: search does not answer.")
        return {"families": _families(None), "upcoming": [], "partners": public_partners().count()}
    counts = {choice.value: choice.count for choice in everything.facet("skill").choices}
    return {
        "families": _families(counts),
        "upcoming": different_strands(open_ones.hits, UPCOMING),
        "with_places": open_ones.total,
        "opportunities": everything.total,
        "partners": public_partners().count(),
    }


def _families(counts: dict[str, int] | None) -> list[FamilyOfSkills]:
    skills = FusionSkill.objects.filter(active=True).select_related("family").order_by("order")
    found: dict[SkillFamily, list[SkillCount]] = {}
    for skill in skills:
        found.setdefault(skill.family, []).append(
            SkillCount(skill, None if counts is None else counts.get(skill.slug, 0))
        )
    return [
        FamilyOfSkills(family, tuple(rows)) for family, rows in sorted(found.items(), key=lambda pair: pair[0].order)
    ]


def different_strands(hits: tuple[Hit, ...], wanted: int) -> list[Hit]:
    """The first dated hits, at most one a strand while there are other strands; then the first of the rest."""
    dated = [hit for hit in hits if hit.card.next_start]
    seen: set[str] = set()
    first: list[Hit] = []
    for hit in dated:
        if hit.card.strand not in seen and hit.card.strand in Strand.values:
            seen.add(hit.card.strand)
            first.append(hit)
    rest = [hit for hit in dated if hit not in first]
    return sorted([*first, *rest][:wanted], key=lambda hit: str(hit.card.next_start))


def campaign_band(campaign: Campaign | None, today: date | None = None) -> CampaignBand | None:
    """The band for a campaign that is not over and has a live page; None otherwise."""
    if campaign is None or campaign.ends_on < (today or timezone.localdate()):
        return None
    page = campaign.pages.live().first()  # type: ignore[attr-defined]  # related name of CampaignPage
    return CampaignBand(campaign, page.url) if page is not None and page.url else None


def programme(campaign: Campaign) -> Programme:
    """Every session on offer within the campaign's days, of its opportunities that the public sees. A fixed number of queries."""
    opportunities = list(with_parts(public().filter(campaign=campaign)))
    items = [
        _item(opportunity, session)
        for opportunity in opportunities
        for session in opportunity.sessions.all()
        if not session.is_cancelled
        and campaign.starts_on <= timezone.localtime(session.starts).date() <= campaign.ends_on
    ]
    return Programme(tuple(sorted(items, key=lambda item: (item.starts, item.title))))


def _item(opportunity: Opportunity, session: Session) -> Item:
    place = opportunity.outward_code or (opportunity.site.outward_code if opportunity.site else None)
    present = {line.feature.slug for line in opportunity.access.all() if line.present}
    return Item(
        starts=session.starts,
        title=opportunity.title,
        url=opportunity.get_absolute_url(),
        partner=opportunity.offered_by.name,
        with_partners=tuple(offer.partner.name for offer in opportunity.co_offers.all()),
        sectors=tuple((item.tag.slug, item.tag.name) for item in opportunity.sector_items.all()),
        place=opportunity.place,
        borough=str(place.borough or "") if place else "",
        outcode=place.code if place else "",
        captions="captions" in present,
        step_free="step-free" in present,
        year_from=opportunity.year_from,
        year_to=opportunity.year_to,
        capacity=session.capacity,
        places_left=session.places_left,
        waiting=session.waiting,
        label=session.label,
        cost=opportunity.cost,
        host=opportunity.host.pk,
        host_is_self_employed=opportunity.host.kind == Partner.Kind.SELF_EMPLOYED,
        kind=opportunity.kind,
        kind_label=opportunity.get_kind_display(),
        strand=opportunity.strand.value,
    )
