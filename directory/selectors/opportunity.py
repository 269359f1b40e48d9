"""Reading one opportunity with everything that stands on its page."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.models import User
from directory import words
from directory.contacts import visible_contacts
from opportunities.models import Opportunity, OpportunityAudience, Session
from opportunities.selectors import host_standings, is_for_under_18, of_partners, public, with_parts
from partners.assurances import all_in_date
from partners.models import Partner
from partners.selectors import public as public_partners
from search.criteria import KM_PER_MILE, SearchCriteria, Sort
from search.engines.base import SearchUnavailableError
from search.results import Hit
from search.selectors import search

SIMILAR = 3
SIMILAR_WITHIN_MILES = 5
MORE_OF_PARTNER = 3
# The path has room for a few stops: where it leads counts more than where it comes from.
MOST_SOURCES = 2


def public_opportunity(pk: int) -> Opportunity | None:
    """An opportunity that the public sees now, with all its parts; None if there is none."""
    return with_parts(public().filter(pk=pk)).first()


def opportunity_context(opportunity: Opportunity, user: User | AnonymousUser) -> dict[str, Any]:
    """What the template `directory/opportunity.html` asks for, of a public opportunity or a draft."""
    standings = host_standings(opportunity)
    similar, similar_heading = _similar(opportunity)
    others = of_partners([opportunity.offered_by_id]).exclude(pk=opportunity.pk)
    return {
        "opportunity": opportunity,
        "sessions": coming_sessions(opportunity),
        "standings": standings,
        "documents_in_date": bool(standings) and all_in_date(standings),
        "co_partners": _co_partners(opportunity),
        "for_under_18": is_for_under_18(opportunity),
        "sources": _leading_here(opportunity),
        "targets": _led_to(opportunity),
        "contacts": visible_contacts(user, opportunity),
        "more": list(others.order_by("title")[:MORE_OF_PARTNER]),
        "similar": similar,
        "similar_heading": similar_heading,
    }


def coming_sessions(opportunity: Opportunity) -> list[Session]:
    """Its sessions that are not over, in order."""
    now = timezone.now()
    return [each for each in opportunity.sessions.all() if each.ends > now]


def _co_partners(opportunity: Opportunity) -> list[Partner]:
    """Who offers it too and is public, in the order in which they are named."""
    keys = [row.partner_id for row in opportunity.co_offers.all()]
    found = public_partners().in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _with_audiences(opportunities: QuerySet[Opportunity]) -> dict[int, Opportunity]:
    audiences = Prefetch("audience_items", OpportunityAudience.objects.select_related("tag"))
    return {each.pk: each for each in opportunities.prefetch_related(audiences)}


def _led_to(opportunity: Opportunity) -> list[Opportunity]:
    """The public opportunities that it names as what comes next, in its order."""
    keys = [row.target_id for row in opportunity.leads_to.all()]
    found = _with_audiences(public().filter(pk__in=keys)) if keys else {}
    return [found[key] for key in keys if key in found]


def _leading_here(opportunity: Opportunity) -> list[Opportunity]:
    """The public opportunities that name it as what comes next, unless it names them, too; the youngest people's first."""
    after = {row.target_id for row in opportunity.leads_to.all()}
    found = _with_audiences(public().filter(leads_to__target=opportunity.pk))
    before = [each for pk, each in found.items() if pk not in after]
    return sorted(before, key=lambda each: (each.year_from is None, each.year_from or 0, each.title))[:MOST_SOURCES]


def _similar(opportunity: Opportunity) -> tuple[list[Hit], str]:
    """Others for the same audiences, the nearest first, and the words over them."""
    audiences = sorted((item.tag for item in opportunity.audience_items.all()), key=lambda tag: tag.order)
    if not audiences:
        return [], ""
    code = opportunity.site.outward_code_id if opportunity.site else opportunity.outward_code_id
    criteria = SearchCriteria(
        audience=tuple(tag.slug for tag in audiences),
        near=code,
        radius_km=SIMILAR_WITHIN_MILES * KM_PER_MILE if code else None,
        sort=Sort.NEAREST if code else Sort.SOONEST,
    )
    try:
        hits = search(criteria).hits
    except SearchUnavailableError:
        # The page says everything about this opportunity without it; /health/ says what is wrong.
        return [], ""
    own = opportunity.offered_by.get_absolute_url()
    others = [hit for hit in hits if hit.card.id != opportunity.pk and hit.card.partner_url != own]
    named = words.list_words([words.lower_first(tag.name) for tag in audiences])
    heading = f"Also for {named}{', near here' if code else ''}"
    return others[:SIMILAR], heading
