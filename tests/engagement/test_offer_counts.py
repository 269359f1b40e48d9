"""What becomes of each opportunity: the same figures from events and from counts, and the same as the report's."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from engagement.catalogue import EventName
from engagement.counting import Fact, OfferRow, count_offers
from engagement.facts import offer_counts
from engagement.models import CountedOffer, CountedPeriod, Event
from engagement.reporting import report
from engagement.retention import apply_retention
from engagement.services import count_finished
from opportunities.models import Opportunity
from tests.engagement.happenings import HISTORY, moment, write
from tests.factories import OpportunityFactory, PartnerFactory
from tests.numbers import examples

FIRST = date(2026, 10, 23)  # the clocks go back two days later
LAST = FIRST + timedelta(days=6)
LATER = datetime(2026, 12, 1, 12, tzinfo=UTC)
SEARCHED, VIEWED, ASKED = EventName.SEARCH_PERFORMED, EventName.OPPORTUNITY_VIEWED, EventName.CONTACT_REVEALED


def fact(name: EventName, minute: int, search: str = "s1", **others: Any) -> Fact:
    return Fact(name, moment(FIRST, 0, minute), search=search, **others)


def opportunities_of_two() -> list[Opportunity]:
    partner = PartnerFactory.create()
    return [*OpportunityFactory.create_batch(3, offered_by=partner), OpportunityFactory.create()]


def totals(opportunities: list[Opportunity]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for _, row in offer_counts([each.pk for each in opportunities], FIRST, LAST):
        held = found.setdefault(row.opportunity, [0, 0, 0])
        for place, count in enumerate((row.searches, row.views, row.actions)):
            held[place] += count
    return found


@pytest.mark.engine_only
def test_a_search_counts_once_for_each_opportunity_that_it_showed_or_led_to() -> None:
    facts = [
        fact(SEARCHED, 1, total=2, offers=frozenset({70, 71})),
        fact(SEARCHED, 2, total=1, offers=frozenset({70})),
        fact(VIEWED, 3, opportunity=72),
        fact(ASKED, 4, opportunity=72),
        fact(SEARCHED, 5, search="s2", offers=frozenset({70})),
        fact(VIEWED, 6, search="", opportunity=71),
        fact(EventName.SHORTLISTED, 7, search="", opportunity=73),
        fact(EventName.ACTION_BEGUN, 8, search="", opportunity=71, begun="wanted"),
    ]
    assert count_offers(FIRST, facts) == (OfferRow(70, 2, 0, 0), OfferRow(71, 1, 1, 0), OfferRow(72, 1, 1, 1))


@pytest.mark.engine_only
def test_a_search_over_midnight_counts_on_the_day_it_began_and_a_view_on_its_own() -> None:
    facts = [
        Fact(SEARCHED, moment(FIRST, 0, 24 * 60 - 1), search="s1", offers=frozenset({70})),
        Fact(VIEWED, moment(FIRST, 1, 1), search="s1", opportunity=70),
    ]
    assert count_offers(FIRST, facts) == (OfferRow(70, 1, 0, 0),)
    assert count_offers(FIRST + timedelta(days=1), facts) == (OfferRow(70, 0, 1, 0),)


@pytest.mark.django_db
@examples(12, 150)
@given(HISTORY, st.sampled_from([0, 26, 27, 50, 51, 200]))
def test_the_figures_are_the_same_from_events_and_from_counts_and_as_in_the_report(history: Any, hours: int) -> None:
    with transaction.atomic():
        opportunities = opportunities_of_two()
        write(history, FIRST, opportunities)
        with time_machine.travel(LATER, tick=False):
            before = totals(opportunities)
            for now in (moment(FIRST, 0, 60 * hours), LATER, LATER):
                count_finished(now)
                assert totals(opportunities) == before
            views: Counter[int] = Counter()
            for each in opportunities:
                views[each.offered_by_id] += before.get(each.pk, [0, 0, 0])[1]
            for partner, count in views.items():
                assert report(FIRST, LAST, partner).whole.uses[VIEWED] == count
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_only_what_is_asked_for_is_told() -> None:
    first, second = OpportunityFactory.create_batch(2)
    Event.objects.bulk_create(
        Event(name=VIEWED, at=moment(FIRST, 0, 60), opportunity=each, partner=each.offered_by)
        for each in (first, first, second)
    )
    with time_machine.travel(LATER, tick=False):
        for _ in range(2):
            assert list(offer_counts([first.pk], FIRST, LAST)) == [(FIRST, OfferRow(first.pk, 0, 2, 0))]
            assert list(offer_counts([], FIRST, LAST)) == []
            count_finished(LATER)


@pytest.mark.django_db
def test_days_counted_before_this_was_counted_are_made_up_from_their_events() -> None:
    opportunity = OpportunityFactory.create()
    Event.objects.create(name=VIEWED, at=moment(FIRST, 0, 60), opportunity=opportunity, partner=opportunity.offered_by)
    count_finished(LATER)
    CountedOffer.objects.all().delete()
    CountedPeriod.objects.filter(length="offer").delete()
    # Nothing goes before it is counted so, too.
    apply_retention(LATER + timedelta(days=500))
    assert Event.objects.exists()
    count_finished(LATER)
    assert list(CountedOffer.objects.values_list("day", "views")) == [(FIRST, 1)]
    count_finished(LATER + timedelta(days=500))
    apply_retention(LATER + timedelta(days=500))
    assert not Event.objects.exists()
    assert list(offer_counts([opportunity.pk], FIRST, LAST)) == [(FIRST, OfferRow(opportunity.pk, 0, 1, 0))]
