"""Officers hear at once of what needs a safeguarding decision, and each weekday morning of what waits."""

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from crontask import scheduler

from accounts.models import User
from notices.models import Notice
from opportunities.notices import tell_what_waits
from partners.models import PartnerMembership
from tests.factories import (
    AdministratorFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
)
from tests.mail import deliver_all
from tests.portal.moderated import sent

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SATURDAY = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


@pytest.fixture
def member() -> User:
    return PartnerMemberFactory.create()


@pytest.fixture(autouse=True)
def officers() -> list[User]:
    OfficerFactory.create(is_active=False)
    AdministratorFactory.create()
    return [OfficerFactory.create(email=f"{name}@example.org") for name in ("ada", "ben")]


def test_a_yes_is_told_at_once_and_a_no_is_not(member: User, mailoutbox: list[Any]) -> None:
    state = sent(OpportunityFactory.create(kind="placement", live=False), member, title="A week", under_16=True)
    sent(OpportunityFactory.create(kind="placement", live=False), member, under_16=False)
    deliver_all()
    assert sorted(message.to[0] for message in mailoutbox) == ["ada@example.org", "ben@example.org"]
    assert {message.subject for message in mailoutbox} == {"A safeguarding decision is needed: A week"}
    assert f"/review/{state.pk}/" in mailoutbox[0].body


def test_what_waits_is_told_once_a_day(member: User, mailoutbox: list[Any]) -> None:
    with time_machine.travel(MONDAY, tick=False):
        tell_what_waits()
        assert not Notice.objects.exists(), "nothing waits"
        for title in ("One", "Two"):
            sent(OpportunityFactory.create(live=False), member, title=title)
        tell_what_waits()
        tell_what_waits()
        deliver_all()
    assert [message.subject for message in mailoutbox] == ["2 things to check"] * 2
    assert "- One, sent 23 November" in mailoutbox[0].body


def test_nobody_is_told_at_the_weekend(member: User) -> None:
    with time_machine.travel(SATURDAY, tick=False):
        sent(OpportunityFactory.create(live=False), member, title="One")
        tell_what_waits()
    assert not Notice.objects.exists()


def test_what_is_an_officers_own_is_told_to_the_others(
    member: User, officers: list[User], mailoutbox: list[Any]
) -> None:
    thing = OpportunityFactory.create(kind="placement", live=False)
    PartnerMembership.objects.create(user=officers[0], partner=thing.offered_by)
    sent(thing, member, under_16=True)
    deliver_all()
    assert [message.to for message in mailoutbox] == [["ben@example.org"]]


def test_what_no_officer_may_accept_is_told_to_administrators(
    member: User, officers: list[User], mailoutbox: list[Any]
) -> None:
    with time_machine.travel(MONDAY, tick=False):
        thing = OpportunityFactory.create(kind="placement", live=False)
        sent(OpportunityFactory.create(live=False), member, title="For officers")
        PartnerMembership.objects.create(user=officers[0], partner=thing.offered_by)
        sent(thing, officers[1], title="Nobody’s but theirs", under_16=True)
        deliver_all()
        boss = User.objects.get(groups__name="Administrators")
        assert [message.to for message in mailoutbox] == [[boss.email]]
        mailoutbox.clear()
        tell_what_waits()
        deliver_all()
    told = {message.to[0]: message for message in mailoutbox}
    assert told["ada@example.org"].subject == "2 things to check"
    assert "Nobody’s but theirs" in told[boss.email].body
    assert "For officers" not in told[boss.email].body


def test_what_would_become_the_matter_of_all_officers_is_told_to_administrators(
    member: User, officers: list[User], mailoutbox: list[Any]
) -> None:
    host = PartnerFactory.create()
    for officer in officers:
        PartnerMembership.objects.create(user=officer, partner=host)
    with time_machine.travel(MONDAY, tick=False):
        sent(OpportunityFactory.create(live=False), member, title="To be hosted by theirs", hosted_by=host)
        tell_what_waits()
        deliver_all()
    boss = User.objects.get(groups__name="Administrators")
    told = {message.to[0]: message.body for message in mailoutbox}
    assert "To be hosted by theirs" in told[boss.email]


@pytest.mark.engine_only
def test_the_job_is_registered_for_the_morning() -> None:
    job = next(job for job in scheduler.get_jobs() if job.name == "tell_officers_what_waits")
    due = job.trigger.get_next_fire_time(None, datetime(2027, 7, 1, tzinfo=UTC))
    assert due.astimezone(UTC) == datetime(2027, 7, 1, 6, 30, tzinfo=UTC)
