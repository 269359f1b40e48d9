"""Reading one partner with everything that stands on its page."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from directory.contacts import visible_contacts
from opportunities.selectors import of_partners, requirements_by_kind, with_parts
from partners.assurances import Standing, all_in_date, standings
from partners.models import Partner
from partners.selectors import public
from search.results import Hit
from taxonomy.models import FusionSkill

from .cards import hits_of


def public_partner(pk: int) -> Partner | None:
    """A partner that the public sees now, with its sites and documents; None if there is none."""
    return _with_parts(pk).first()


def _with_parts(pk: int) -> Any:
    return public().filter(pk=pk).select_related("image").prefetch_related("assurances")


def partner_context(partner: Partner, user: User | AnonymousUser) -> dict[str, Any]:
    """What the template `directory/partner.html` asks for, of a public partner or a draft."""
    offers = list(with_parts(of_partners([partner.pk])))
    hosted = [offer.kind for offer in offers if offer.host.pk == partner.pk]
    held = needed_standings(partner, hosted)
    hits = hits_of(offers)
    return {
        "partner": partner,
        "sites": list(partner.sites.select_related("outward_code__borough").prefetch_related("access_features")),
        "standings": held,
        "documents_in_date": bool(hosted) and bool(held) and all_in_date(held),
        "recognitions": list(
            partner.recognitions.filter(Q(expires=None) | Q(expires__gte=timezone.localdate())).select_related(
                "recognition"
            )
        ),
        "hits": hits,
        "skills": skill_counts(hits),
        "contacts": visible_contacts(user, partner, offers),
    }


def needed_standings(partner: Partner, hosted_kinds: Iterable[str]) -> list[Standing]:
    """How the documents stand that what it hosts needs; where it hosts nothing, those that it has shown."""
    needed = requirements_by_kind()
    kinds = {kind for hosted in hosted_kinds for kind in needed.get(hosted, frozenset())}
    seen = list(partner.assurances.all())
    return standings(partner, kinds or {document.kind for document in seen}, seen, timezone.localdate())


def skill_counts(hits: Iterable[Hit]) -> list[dict[str, Any]]:
    """All fusion skills with how many of the hits practise each, most first."""
    counts = Counter(skill.slug for hit in hits for skill in hit.card.skills)
    skills = FusionSkill.objects.filter(active=True).select_related("family")
    rows = [
        {"slug": each.slug, "name": each.name, "family": each.family.slug, "count": counts[each.slug]}
        for each in skills
    ]
    return sorted(rows, key=lambda row: (-row["count"], row["name"]))
