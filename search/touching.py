"""Which documents a changed object touches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from opportunities.models import AssuranceRequirement, Opportunity, SafeguardingDecision, Session
from partners.models import Assurance, Site


@dataclass
class Touched:
    """Opportunities and partners, by id, whose documents must be made anew."""

    opportunities: set[int] = field(default_factory=set)
    partners: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.opportunities) + len(self.partners)


_Ids = frozenset[int]
_Finder = Callable[[_Ids], Iterable[int]]


def _where(*conditions: str) -> _Finder:
    """Finds opportunities that have the changed objects under any of the lookups."""

    def find(ids: _Ids) -> Iterable[int]:
        found: set[int] = set()
        # One query for each lookup: together they would join, and so multiply, all the tables.
        for condition in conditions:
            found.update(Opportunity.objects.filter(Q(**{f"{condition}__in": ids})).values_list("pk", flat=True))
        return found

    return find


def _of_sessions(ids: _Ids) -> Iterable[int]:
    return Session.objects.filter(pk__in=ids).values_list("opportunity_id", flat=True)


def _of_decisions(ids: _Ids) -> Iterable[int]:
    return SafeguardingDecision.objects.filter(pk__in=ids).values_list("opportunity_id", flat=True)


def _of_partners(ids: _Ids) -> Iterable[int]:
    return _where("offered_by", "hosted_by", "co_offers__partner")(ids)


def _of_sites(ids: _Ids) -> Iterable[int]:
    partners = Site.objects.filter(pk__in=ids).values_list("partner_id", flat=True)
    return {*_where("site")(ids), *_of_partners(frozenset(partners))}


def _of_assurances(ids: _Ids) -> Iterable[int]:
    partners = Assurance.objects.filter(pk__in=ids).values_list("partner_id", flat=True)
    return _where("offered_by", "hosted_by")(frozenset(partners))


def _of_requirements(ids: _Ids) -> Iterable[int]:
    """All of the kinds concerned; all of every kind when a requirement is gone, for it no longer says whose it was."""
    kinds = dict(AssuranceRequirement.objects.filter(pk__in=ids).values_list("pk", "opportunity_kind"))
    opportunities = Opportunity.objects.filter(live=True)
    if len(kinds) == len(ids):
        opportunities = opportunities.filter(kind__in=kinds.values())
    return opportunities.values_list("pk", flat=True)


def _nothing(_ids: _Ids) -> Iterable[int]:
    return ()


#: For each kind of tracked object, the opportunities whose documents show something of it.
TOUCHES: Mapping[str, _Finder] = {
    "opportunities.opportunity": lambda ids: ids,
    "opportunities.session": _of_sessions,
    "opportunities.safeguardingdecision": _of_decisions,
    "opportunities.campaign": _where("campaign"),
    "opportunities.assurancerequirement": _of_requirements,
    "partners.partner": _of_partners,
    "partners.site": _of_sites,
    "partners.assurance": _of_assurances,
    "partners.partnerrecognition": _nothing,
    "taxonomy.fusionskill": _where("skill_items__tag"),
    "taxonomy.skillfamily": _where("skill_items__tag__family"),
    "taxonomy.audience": _where("audience_items__tag"),
    "taxonomy.sector": _where("sector_items__tag"),
    "taxonomy.theme": _where("theme_items__tag"),
    "taxonomy.subject": _where("subject_items__tag"),
    "taxonomy.accessfeature": _where("access__feature", "site__access_features"),
    "taxonomy.recognition": _nothing,
    "taxonomy.place": _nothing,
}


def touched_by(changed: Iterable[tuple[str, int]]) -> Touched:
    """The documents that changed objects touch, each object given as its model's label and id."""
    by_model: dict[str, set[int]] = {}
    for model, pk in changed:
        by_model.setdefault(model, set()).add(pk)
    touched = Touched()
    for model, ids in by_model.items():
        touched.opportunities.update(TOUCHES.get(model, _nothing)(frozenset(ids)))
        if model == "partners.partner":
            touched.partners.update(ids)
    return touched
