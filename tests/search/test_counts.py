"""Totals and facet counts equal a count by hand over the database, on random criteria."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.utils import timezone

from opportunities.kinds import STRAND_OF, Kind
from opportunities.models import Opportunity, Session
from opportunities.selectors import public
from partners.models import Partner, Site
from search.criteria import FACET_NAMES, SearchCriteria, Sort
from search.selectors import search
from search.vocabulary import gazetteer
from taxonomy.models import AccessFeature, Audience, FusionSkill, Sector, Subject, Theme
from tests.factories import OpportunityFactory, PartnerFactory, SessionFactory, SiteFactory
from tests.numbers import full
from tests.search.conftest import LiveIndex

pytestmark = pytest.mark.django_db

POSTCODES = ("EC2Y 8DS", "E8 1HH", "E17 4QJ", "SE1 9DD", "M1 1AE")
NEAR = ("EC2Y", "E8", "SE1")


class World:
    """Some partners and opportunities of all sorts."""

    def __init__(self, count: int) -> None:
        self.chance = random.Random(11)
        self.terms = {
            "skills": self._slugs(FusionSkill),
            "audiences": self._slugs(Audience),
            "sectors": self._slugs(Sector),
            "themes": self._slugs(Theme),
            "subjects": self._slugs(Subject),
        }
        self.access = self._slugs(AccessFeature)
        self.partners = [
            PartnerFactory.create(kind=kind, live=number > 0) for number, kind in enumerate(Partner.Kind.values)
        ]
        self.sites = [
            SiteFactory.create(partner=partner, postcode=postcode, access=self.some(self.access, 2))
            for partner in self.partners
            for postcode in self.some(POSTCODES, 2)
        ]
        for _ in range(count):
            self._opportunity()

    def _slugs(self, model: type) -> list[str]:
        return list(model._default_manager.order_by("slug").values_list("slug", flat=True))[:5]  # type: ignore[attr-defined]

    def some(self, values: list[str] | tuple[str, ...], most: int) -> list[str]:
        return self.chance.sample(list(values), self.chance.randint(0, most))

    def _opportunity(self) -> None:
        pick, partner = self.chance.choice, self.chance.choice(self.partners)
        host: Partner | None = pick([None, None, *self.partners])
        sites = [site for site in self.sites if site.partner in (partner, host)]
        online = self.chance.random() < 0.15
        opportunity = OpportunityFactory.create(
            kind=pick(("visit", "talk", "outdoor", "course", "cpd")),
            offered_by=partner,
            hosted_by=host,
            with_partners=[pick(self.partners)] if self.chance.random() < 0.2 else [],
            site=pick([None, *sites]),
            format="online" if online else pick(("in_person", "in_person", "hybrid")),
            place="online" if online else pick(("partner_site", "your_school", "outdoors")),
            availability=pick(("dated", "dated", "on_request", "always")),
            cost=pick(Opportunity.Cost.values),
            access={slug: self.chance.random() < 0.7 for slug in self.some(self.access, 3)},
            deadline=pick((None, None, timezone.localdate() + timedelta(days=pick((-3, 3))))),
            live=self.chance.random() > 0.1,
            **{name: self.some(slugs, 3) for name, slugs in self.terms.items()},
        )
        for number in range(self.chance.randint(0, 3) if opportunity.availability == "dated" else 0):
            capacity = pick((None, 10))
            taken = pick((0, 10)) if capacity else 0
            days = self.chance.randint(-5, 60)
            SessionFactory.create(
                opportunity=opportunity,
                in_days=days,
                hours=pick((2, 50)),
                capacity=capacity,
                taken=taken,
                label=str(number),
            )

    def criteria(self, records: list["Record"]) -> SearchCriteria:
        """Random ones."""
        values: dict[str, object] = {}
        for name in self.chance.sample(FACET_NAMES, self.chance.randint(0, 3)):
            found = sorted({value for each in records for value in each.facets[name]})
            values[name] = tuple(self.chance.sample(found, min(len(found), self.chance.randint(1, 3))))
        if self.chance.random() < 0.4:
            begin = timezone.localdate() + timedelta(days=self.chance.randint(-5, 50))
            values["date_from"] = self.chance.choice((None, begin))
            values["date_to"] = self.chance.choice((None, begin + timedelta(days=self.chance.randint(0, 20))))
        values["open_only"] = self.chance.random() < 0.3
        if self.chance.random() < 0.4:
            values["near"] = self.chance.choice(NEAR)
            values["radius_km"] = self.chance.choice((None, 1.0, 5.0, 15.0))
        values["sort"] = self.chance.choice(list(Sort))
        return SearchCriteria(**values)  # type: ignore[arg-type]


def offering(it: Opportunity) -> list[Partner]:
    return [it.offered_by, *(row.partner for row in it.co_offers.all())]


def site_of(it: Opportunity) -> Site | None:
    return it.site or it.host.sites.order_by("order", "id").first()


def outcode(it: Opportunity) -> str | None:
    site = site_of(it)
    return None if it.format == "online" or it.place == "online" or site is None else site.outward_code_id


def borough(it: Opportunity) -> set[str]:
    site = site_of(it)
    found = site.outward_code.borough if site and outcode(it) else None
    return {found.slug} if found else set()


def features(it: Opportunity) -> set[str]:
    said = {row.feature.slug: row.present for row in it.access.select_related("feature")}
    of_site = set(it.site.access_features.values_list("slug", flat=True)) if it.site else set()
    return {slug for slug, present in said.items() if present} | {slug for slug in of_site if said.get(slug, True)}


FACETS: dict[str, Callable[[Opportunity], set[str]]] = {
    "kind": lambda it: {it.kind},
    "strand": lambda it: {STRAND_OF[Kind(it.kind)].value},
    "skill": lambda it: set(it.skills.slugs()),
    "audience": lambda it: set(it.audiences.slugs()),
    "sector": lambda it: set(it.sectors.slugs()),
    "theme": lambda it: set(it.themes.slugs()),
    "subject": lambda it: set(it.subjects.slugs()),
    "borough": borough,
    "place": lambda it: {it.place},
    "cost": lambda it: {it.cost},
    "partner_kind": lambda it: {partner.kind for partner in offering(it)},
    "access": features,
}


def runs_in(session: Session, criteria: SearchCriteria) -> bool:
    first, last = timezone.localdate(session.starts), timezone.localdate(session.ends)
    return (criteria.date_from or date.min) <= last and first <= (criteria.date_to or date.max)


class Record:
    """A public opportunity as plain values, read from the database once."""

    def __init__(self, it: Opportunity) -> None:
        self.pk = it.pk
        self.availability = it.availability
        self.sessions = [session for session in it.sessions.all() if session.ends > timezone.now()]
        self.only_there = it.format == "in_person" and it.place != "online"
        self.outcode = outcode(it)
        self.facets = {name: find(it) for name, find in FACETS.items()}

    def matches(self, criteria: SearchCriteria) -> bool:
        """Whether it meets all but the facets of the criteria."""
        dated = self.availability == "dated"
        candidates = [each for each in self.sessions if dated and not (criteria.open_only and each.is_full)]
        if criteria.open_only and dated and not candidates:
            return False
        within = self.availability == "always" or any(runs_in(session, criteria) for session in candidates)
        if (criteria.date_from or criteria.date_to) and not within:
            return False
        if criteria.near and criteria.radius_km is not None and self.only_there:
            return self.outcode is not None and gazetteer().distances(criteria.near)[self.outcode] <= criteria.radius_km
        return True

    def chosen(self, criteria: SearchCriteria, leaving_out: str = "") -> bool:
        """Whether it has one of the values chosen in each facet."""
        wanted = (pair for pair in criteria.selections.items() if pair[0] != leaving_out)
        return all(self.facets[name] & set(values) for name, values in wanted)


@pytest.mark.prove
@pytest.mark.timeout(1500)
def test_counts_equal_a_count_by_hand_over_the_database(index: LiveIndex) -> None:
    world = World(60)
    index.drain()
    records = [Record(each) for each in public()]
    assert 20 < len(records) < 60
    for _ in range(full(50, 2000)):
        criteria = world.criteria(records)
        results = search(criteria)
        within = [record for record in records if record.matches(criteria)]
        hits = {record.pk for record in within if record.chosen(criteria)}
        assert results.total == len(hits), criteria
        found = [hit.card.id for page in range(1, results.pages + 1) for hit in search(criteria.on_page(page)).hits]
        assert len(found) == len(set(found))
        assert set(found) == hits, criteria
        for facet in results.facets:
            others = (record for record in within if record.chosen(criteria, facet.name))
            counted = Counter(value for record in others for value in record.facets[facet.name])
            shown = {choice.value: choice.count for choice in facet.choices}
            assert {value: number for value, number in shown.items() if number} == dict(counted), (facet.name, criteria)
            assert set(criteria.selected(facet.name)) <= set(shown)
