"""Many sessions at once: all or none, each once, in the history as one act."""

from datetime import datetime, timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from changes.services import open_feed
from opportunities.models import Opportunity, Session
from opportunities.services import NewSession, add_sessions
from tests.factories import OfficerFactory, OpportunityFactory, SessionFactory
from tests.opportunities.test_sessions import side_by_side

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def opportunity() -> Opportunity:
    return OpportunityFactory.create(availability="dated")


def at(days: int) -> datetime:
    return timezone.now().replace(microsecond=0) + timedelta(days=days)


def some(*days: int, hours: int = 1) -> list[NewSession]:
    return [NewSession(at(day), at(day) + hours * HOUR, 30) for day in days]


def test_all_are_added_and_told(opportunity: Opportunity) -> None:
    officer, feed = OfficerFactory.create(), open_feed("here")
    added = add_sessions(opportunity, some(3, 1, 2), officer)
    assert [session.pk for session in added] == ModelLogEntry.objects.get().data["sessions"]
    assert ModelLogEntry.objects.get().user == officer
    assert {change.object_id for change in feed.changes.filter(model="opportunities.session")} == {
        session.pk for session in added
    }
    assert opportunity.sessions.count() == 3


@pytest.mark.parametrize("wrong", [some(5, hours=0)[0], some(4)[0]])
def test_none_if_one_is_wrong_and_the_day_is_named(opportunity: Opportunity, wrong: NewSession) -> None:
    there = SessionFactory.create(opportunity=opportunity, starts=at(4), ends=at(4) + HOUR)
    wrong = NewSession(there.starts, there.ends) if wrong.ends > wrong.starts else wrong
    with pytest.raises(ValidationError, match=f"{timezone.localtime(wrong.starts):%A}"):
        add_sessions(opportunity, [*some(1, 2), wrong])
    assert Session.objects.get() == there
    assert not ModelLogEntry.objects.exists()


def test_nothing_is_no_act(opportunity: Opportunity) -> None:
    assert add_sessions(opportunity, []) == []
    assert not ModelLogEntry.objects.exists()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_who_add_the_same_at_once_make_it_once() -> None:
    opportunity = OpportunityFactory.create(availability="dated")
    for n in range(5):
        new = some(10 * n + 1, 10 * n + 2)
        assert side_by_side(*[partial(add_sessions, opportunity, new)] * 2) == ["ValidationError"]
    assert Session.objects.count() == 10
