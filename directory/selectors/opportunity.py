"""Reading one opportunity with everything that stands on its page."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from accounts.models import User
from directory import words
from directory.contacts import visible_contacts
from directory.paging import Paging
from opportunities.models import Opportunity, OpportunityAudience, Pathway, Session
from opportunities.selectors import has_page, host_standings, is_for_under_18, public, with_parts
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
#: Dates that will not happen, with the words of whoever cancelled them: the soonest matter most.
MOST_CANCELLED = 10


def public_opportunity(pk: int) -> Opportunity | None:
    """An opportunity that the public sees now, with all its parts; None if there is none.

    One whose dates to come are all cancelled is still there, to say so. The rule is asked of the parts that the page
    needs anyway: building its SQL costs more than all their queries.
    """
    found = with_parts(Opportunity.objects.filter(pk=pk)).first()
    return found if found is not None and has_page(found) else None


def public_opportunity_in_brief(pk: int) -> Opportunity | None:
    """The same without most parts: for what leads on from its page. It knows its partner, place and audiences."""
    return in_brief(public(called_off=True).filter(pk=pk)).first()


def in_brief(queryset: QuerySet[Opportunity]) -> QuerySet[Opportunity]:
    """Loads what a card to print or an entry in a calendar needs, in two queries."""
    return queryset.select_related(
        "offered_by", "hosted_by", "site__outward_code__borough", "outward_code__borough"
    ).prefetch_related(Prefetch("audience_items", OpportunityAudience.objects.select_related("tag")))


def opportunity_context(opportunity: Opportunity, user: User | AnonymousUser, page: int = 1) -> dict[str, Any]:
    """What the template `directory/opportunity.html` asks for, of a public opportunity or a draft.

    `page` is which twenty of its dates are shown, from 1; one beyond the last is the last.
    """
    standings = host_standings(opportunity)
    sessions = coming_sessions(opportunity)
    cancelled = cancelled_sessions(opportunity)
    paging = Paging(len(sessions), page)
    similar, similar_heading = _similar(opportunity)
    around = _around(opportunity)
    return {
        "opportunity": opportunity,
        "sessions": sessions,
        "paging": paging,
        "dates": paging.of(sessions),
        "cancelled": cancelled,
        "cancelled_shown": cancelled[:MOST_CANCELLED],
        "cancelled_left": len(cancelled[MOST_CANCELLED:]),
        "standings": standings,
        "documents_in_date": bool(standings) and all_in_date(standings),
        "co_partners": _co_partners(opportunity),
        "for_under_18": is_for_under_18(opportunity),
        "sources": around.sources,
        "targets": around.targets,
        "contacts": visible_contacts(user, opportunity),
        "more": around.more,
        "similar": similar,
        "similar_heading": similar_heading,
    }


def coming_sessions(opportunity: Opportunity) -> list[Session]:
    """Its sessions on offer, neither over nor cancelled, in order."""
    now = timezone.now()
    return [each for each in opportunity.sessions.all() if each.ends > now and not each.is_cancelled]


def cancelled_sessions(opportunity: Opportunity) -> list[Session]:
    """Its cancelled sessions that would not be over yet, in order."""
    now = timezone.now()
    return [each for each in opportunity.sessions.all() if each.ends > now and each.is_cancelled]


def _co_partners(opportunity: Opportunity) -> list[Partner]:
    """Who offers it too and is public, in the order in which they are named."""
    keys = [row.partner_id for row in opportunity.co_offers.all()]
    found = public_partners().in_bulk(keys)
    return [found[key] for key in keys if key in found]


@dataclass(frozen=True, slots=True)
class _Around:
    """The public opportunities that lead here, that it leads to, and that its partner offers besides."""

    sources: list[Opportunity]
    targets: list[Opportunity]
    more: list[Opportunity]


def _around(opportunity: Opportunity) -> _Around:
    """All of them in one question, since asking what is public costs most; loaded are those few that show."""
    after = [row.target_id for row in opportunity.leads_to.all()]
    # Where two name each other as what comes next, this page tells of its own way on.
    before = set(Pathway.objects.filter(target=opportunity.pk).values_list("opportunity", flat=True)).difference(after)
    found = public().filter(Q(pk__in=[*after, *before]) | Q(offered_by=opportunity.offered_by_id))
    rows = list(found.exclude(pk=opportunity.pk).order_by().values_list("title", "pk", "year_from", "offered_by"))
    leading = sorted((year is None, year or 0, title, pk) for title, pk, year, _ in rows if pk in before)
    sources = [pk for *_, pk in leading[:MOST_SOURCES]]
    there = {pk for _, pk, *_ in rows}
    targets = [pk for pk in after if pk in there]
    own = sorted((title, pk) for title, pk, _, partner in rows if partner == opportunity.offered_by_id)
    more = [pk for _, pk in own[:MORE_OF_PARTNER]]
    by_key = Opportunity.objects.defer("description").in_bulk([*sources, *targets, *more])
    around = _Around(*([by_key[pk] for pk in keys if pk in by_key] for keys in (sources, targets, more)))
    audiences = Prefetch("audience_items", OpportunityAudience.objects.select_related("tag"))
    prefetch_related_objects([*around.sources, *around.targets], audiences)
    return around


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
