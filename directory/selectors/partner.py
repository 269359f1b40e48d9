"""Reading one partner with everything that stands on its page."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from directory.contacts import visible_contacts
from directory.paging import Paging
from opportunities.models import Opportunity
from opportunities.selectors import requirements_by_kind, with_parts
from partners.assurances import Standing, all_in_date, standings
from partners.models import Partner, Site
from partners.selectors import public

from .cards import hits_of
from .offers import offers_of, skill_counts

#: Named on top of the page; the sites at its side say the rest.
MOST_PLACES = 3


def public_partner(pk: int) -> Partner | None:
    """A partner that the public sees now, with its sites and documents; None if there is none."""
    return _with_parts(pk).first()


def _with_parts(pk: int) -> Any:
    return public().filter(pk=pk).select_related("image").prefetch_related("assurances")


def partner_context(partner: Partner, user: User | AnonymousUser, page: int = 1) -> dict[str, Any]:
    """What the template `directory/partner.html` asks for, of a public partner or a draft.

    `page` is which twenty of what it offers are shown, from 1; one beyond the last is the last.
    """
    offers = offers_of(partner.pk)
    paging = Paging(len(offers.keys), page)
    held = needed_standings(partner, offers.hosted_kinds)
    sites = list(partner.sites.select_related("outward_code__borough").prefetch_related("access_features"))
    places = list(dict.fromkeys(_place_words(site) for site in sites))
    return {
        "partner": partner,
        "sites": sites,
        "places": places[:MOST_PLACES],
        "places_left": len(places[MOST_PLACES:]),
        "standings": held,
        "documents_in_date": bool(offers.hosted_kinds) and bool(held) and all_in_date(held),
        "recognitions": list(
            partner.recognitions.filter(Q(expires=None) | Q(expires__gte=timezone.localdate())).select_related(
                "recognition"
            )
        ),
        "hits": hits_of(with_parts(Opportunity.objects.filter(pk__in=paging.of(offers.keys)))),
        "paging": paging,
        "kinds": offers.kinds,
        "skills": skill_counts(offers.keys),
        "contacts": visible_contacts(user, partner),
    }


def _place_words(site: Site) -> str:
    """Where a site is, as closely as the top of the page says: "Tower Hamlets, E1"."""
    borough = site.outward_code.borough
    return f"{borough.name}, {site.outward_code_id}" if borough else str(site.outward_code_id)


def needed_standings(partner: Partner, hosted_kinds: Iterable[str]) -> list[Standing]:
    """How the documents stand that what it hosts needs; where it hosts nothing, those that it has shown."""
    needed = requirements_by_kind()
    kinds = {kind for hosted in hosted_kinds for kind in needed.get(hosted, frozenset())}
    seen = list(partner.assurances.all())
    return standings(partner, kinds or {document.kind for document in seen}, seen, timezone.localdate())
