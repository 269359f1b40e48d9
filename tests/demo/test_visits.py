"""The made-up use of the demonstration: of twelve weeks, once, counted, and the same each time."""

import csv
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
import time_machine
from django.utils import timezone

from demo import visits
from demo.term_dates import is_school_day
from engagement.catalogue import EVENT_DAYS, TERMS_DAYS, EventName
from engagement.facts import counted_days
from engagement.models import CountedOffer, CountedPeriod, Event
from engagement.reporting import report
from engagement.retention import apply_retention
from opportunities.models import Opportunity
from partners.models import Partner
from search.criteria import FACET_NAMES
from tests.factories import OpportunityFactory, PartnerFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)
FIRST = date(2026, 8, 31)
YESTERDAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24T09:00:00Z", tick=False):
        yield


@pytest.fixture
def offers() -> list[Opportunity]:
    partners = [PartnerFactory.create(reference=reference) for reference in ("PA01", "PA02", "PX01")]
    kinds = ("visit", "placement", "talk", "course")
    return [
        OpportunityFactory.create(
            reference=f"OX{number:03}", offered_by=partners[number % 3], kind=kinds[number % 4], title=f"Print {number}"
        )
        for number in range(24)
    ]


def test_it_lies_in_the_twelve_weeks_before_and_is_shaped_like_a_term(offers: list[Opportunity]) -> None:
    recorded = visits.load(TODAY)
    assert recorded == Event.objects.count() > 1000
    days = Counter(timezone.localdate(at) for at in Event.objects.values_list("at", flat=True))
    assert (min(days), max(days)) == (FIRST, YESTERDAY)
    _says_that_it_is_made_up()
    _is_shaped_like_a_term(days)
    _knows_some_offers_well(offers)


def _says_that_it_is_made_up() -> None:
    searches = Event.objects.exclude(search="")
    assert searches.count() == searches.filter(search__startswith="demo-").count()
    # Requests and referrals are not built, and no officer was left a note.
    assert not Event.objects.filter(name=EventName.ACTION_BEGUN).exists()


def _is_shaped_like_a_term(days: Counter[date]) -> None:
    half_term = [day for day in days if day.month == 10 and day.weekday() < 5 and not is_school_day(day)]
    assert len(half_term) == 5
    quietest_tuesday = min(days[day] for day in days if day.weekday() == 1 and is_school_day(day))
    assert max(days[day] for day in half_term) < quietest_tuesday
    assert max(days[day] for day in days if day.weekday() == 5) < quietest_tuesday


def _knows_some_offers_well(offers: list[Opportunity]) -> None:
    views = Counter[int | None]()
    for row in CountedOffer.objects.all():
        views[row.opportunity_id] += row.views
    known = Partner.objects.get(reference="PA02")
    assert sum(views[each.pk] for each in offers if each.offered_by_id == known.pk) > sum(views.values()) / 3
    assert min(views[each.pk] for each in offers) * 10 < max(views.values())


def test_every_day_is_counted_once_beside_what_was_really_used(offers: list[Opportunity]) -> None:
    Event.objects.create(name=EventName.OPPORTUNITY_VIEWED, at=timezone.now(), opportunity=offers[0])
    visits.load(TODAY)
    before = Event.objects.count()
    assert visits.load(TODAY) == 0
    assert Event.objects.count() == before
    # Yesterday’s searches may lead to something for two hours after midnight, and those are over at nine.
    assert len(counted_days(FIRST, YESTERDAY)) == 85
    assert len(counted_days(FIRST, YESTERDAY, CountedPeriod.Length.OFFERS)) == 85
    counted = report(FIRST, YESTERDAY)
    assert 0 < counted.whole.acted < counted.whole.viewed < counted.whole.searches
    assert 0 < counted.whole.empty < counted.whole.searches
    CountedPeriod.objects.all().delete()
    assert report(FIRST, YESTERDAY) == counted


def test_it_does_not_come_back_once_the_events_are_gone(offers: list[Opportunity]) -> None:
    visits.load(TODAY)
    with time_machine.travel("2028-02-01T09:00:00Z", tick=False):
        apply_retention(timezone.now())
        assert not Event.objects.exists()
        assert visits.load(TODAY) == 0


def test_it_is_the_same_from_the_same_seed(offers: list[Opportunity]) -> None:
    first, again, other = (list(visits.Visits(random.Random(seed)).between(FIRST, TODAY)) for seed in (1, 1, 2))
    assert first == again != other


def test_without_opportunities_nothing_was_used() -> None:
    assert visits.load(TODAY) == 0
    assert not Event.objects.exists()


def test_what_is_searched_for_can_be_chosen_and_is_kept_no_longer_than_it_may() -> None:
    with visits.FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["facet"] for row in rows} - {""} <= set(FACET_NAMES)
    assert all(row["terms"] or row["facet"] for row in rows)
    assert visits.WEEKS * 7 + 6 <= TERMS_DAYS < EVENT_DAYS
