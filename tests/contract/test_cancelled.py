"""A cancelled session is not on offer, on any engine; documents are made of what stands in the database."""

from datetime import timedelta

import pytest
from django.utils import timezone

from opportunities.models import Session
from opportunities.services import cancel_session
from search.criteria import SearchCriteria
from search.indexing import opportunity_batch
from tests.contract.engines import Harness
from tests.factories import OfficerFactory, OpportunityFactory, SessionFactory

pytestmark = pytest.mark.django_db


def index(engine: Harness, *keys: int) -> None:
    batch = opportunity_batch(keys)
    engine.put(batch.documents, batch.deleted)


def test_a_cancelled_date_is_found_neither_by_its_day_nor_as_open(engine: Harness) -> None:
    full = SessionFactory.create(in_days=30, capacity=10, taken=10)
    opportunity = full.opportunity
    cancelled = SessionFactory.create(opportunity=opportunity, in_days=20)
    other = SessionFactory.create(in_days=20).opportunity
    day = timezone.localdate(cancelled.starts)
    on_the_day, open_only = SearchCriteria(date_from=day, date_to=day), SearchCriteria(open_only=True)
    now = timezone.now()

    index(engine, opportunity.pk, other.pk)
    assert set(engine.ids("", on_the_day, now=now)) == {opportunity.pk, other.pk}
    assert set(engine.ids("", open_only, now=now)) == {opportunity.pk, other.pk}

    cancel_session(cancelled, "The press is broken.", OfficerFactory.create())
    index(engine, opportunity.pk, other.pk)
    assert engine.ids("", on_the_day, now=now) == [other.pk]
    assert engine.ids("", open_only, now=now) == [other.pk]
    assert set(engine.ids(now=now)) == {opportunity.pk, other.pk}


def test_one_whose_dates_are_all_cancelled_is_not_found_at_all(engine: Harness) -> None:
    session = SessionFactory.create()
    on_request = OpportunityFactory.create()
    keys = (session.opportunity_id, on_request.pk)
    now = timezone.now()
    index(engine, *keys)
    assert set(engine.ids(now=now)) == set(keys)
    cancel_session(session, "The press is broken.")
    index(engine, *keys)
    assert engine.ids(now=now) == [on_request.pk]
    SessionFactory.create(opportunity=session.opportunity, starts=session.starts + timedelta(days=7))
    index(engine, *keys)
    assert set(engine.ids(now=now)) == set(keys)
    assert Session.objects.count() == 2
