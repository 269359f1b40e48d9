"""The clock about silence: each person each message once, whenever it runs; nothing leaves without notice."""

import threading
from datetime import date, datetime, time, timedelta

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import connection
from django.utils import timezone
from wagtail.models import ModelLogEntry

from notices.models import Notice
from opportunities import selectors as opportunities
from opportunities.models import Opportunity
from partners import reminders, selectors, services
from partners.freshness import Step
from partners.models import Partner, PartnerMembership
from tests.factories import OfficerFactory, OpportunityFactory, PartnerFactory, PartnerMemberFactory, UserFactory
from tests.mail import deliver_all
from tests.reminding import CONFIRMED, at, run_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Partner:
    """Confirmed once, with two people."""
    partner = PartnerFactory.create(name="Foundry Lane Press", confirmed_on=CONFIRMED, email="hello@press.example")
    for name, role in (("ada", "owner"), ("ben", "member")):
        PartnerMemberFactory.create(email=f"{name}@press.example", partner=partner, partner__role=role)
    return partner


def again(partner: Partner) -> Partner:
    return Partner.objects.get(pk=partner.pk)


def both(number: int, kind: str) -> list[tuple[int, str, str]]:
    return [(number, kind, "ada@press.example"), (number, kind, "ben@press.example")]


def test_every_day_for_a_year_each_person_gets_each_message_once(partner: Partner) -> None:
    opportunity = OpportunityFactory.create(offered_by=partner)
    hosted = OpportunityFactory.create(hosted_by=partner)
    written = run_on(*range(240))
    assert written == [
        *both(150, "still-right"), *both(173, "still-right"), *both(181, "page-leaves"), *both(202, "page-leaves"),
        *both(209, "page-hidden"),
    ]  # fmt: skip
    assert again(partner).hidden_on == CONFIRMED + timedelta(days=209)
    assert again(partner) not in selectors.public()
    for each in (opportunity, hosted):
        assert each not in opportunities.public()
        assert not opportunities.visibility(Opportunity.objects.get(pk=each.pk)).visible


def test_twice_a_day_tells_nobody_twice(partner: Partner) -> None:
    assert run_on(150, 150, 173, 173, 173, 181, 181) == [
        *both(150, "still-right"), *both(173, "still-right"), *both(181, "page-leaves"),
    ]  # fmt: skip


def test_after_a_gap_only_the_latest_is_said_and_the_notice_is_whole(partner: Partner) -> None:
    assert run_on(10, 179, 400, 401, 427, 428, 429) == [
        *both(179, "still-right"), *both(400, "page-leaves"), *both(427, "page-leaves"), *both(428, "page-hidden"),
    ]  # fmt: skip


def test_who_joins_later_is_told_too_and_nobody_else_again(partner: Partner) -> None:
    run_on(150)
    PartnerMembership.objects.create(user=UserFactory.create(email="cy@press.example"), partner=partner)
    assert run_on(151) == [(151, "still-right", "cy@press.example")]


def test_without_people_the_organisation_is_written_to_and_without_an_address_nobody(partner: Partner) -> None:
    partner.memberships.all().delete()
    silent = PartnerFactory.create(confirmed_on=CONFIRMED)
    assert run_on(150) == [(150, "still-right", "hello@press.example")]
    run_on(181, 209)
    assert again(silent).hidden_on == CONFIRMED + timedelta(days=209), "officers see it in their list before"


def test_somebody_whose_account_is_closed_is_not_written_to(partner: Partner) -> None:
    partner.memberships.get(role="member").user.delete()
    owner = partner.memberships.get(role="owner").user
    owner.is_active = False
    owner.save()
    assert run_on(150) == [(150, "still-right", "hello@press.example")]


def test_a_confirmation_ends_it_at_any_step(partner: Partner) -> None:
    run_on(150, 181)
    with time_machine.travel(at(190)):
        services.confirm(again(partner), partner.memberships.get(role="owner").user)
    assert again(partner).warned_on is None
    assert run_on(202, 209, 339) == []
    assert run_on(340) == both(340, "still-right")


def test_what_silence_hid_comes_back_as_it_was(partner: Partner) -> None:
    opportunity = OpportunityFactory.create(offered_by=partner)
    with time_machine.travel(at(1)):
        draft = again(partner)
        draft.summary = "Something new."
        services.save_draft(draft)
    run_on(181, 209)
    with time_machine.travel(at(300)):
        services.confirm(again(partner))
        found = again(partner)
        assert (found.hidden_on, found.warned_on, found.confirmed_on) == (None, None, timezone.localdate())
        assert found in selectors.public()
        assert opportunity in opportunities.public()
        assert found.get_latest_revision_as_object().summary == "Something new."
        assert found.summary != "Something new."


def test_after_a_year_an_officer_looks_first(partner: Partner) -> None:
    run_on(181, 209)
    with time_machine.travel(at(209 + 366)):
        services.confirm(again(partner))
        assert again(partner) not in selectors.public()
        assert list(selectors.hidden_by_silence()) == [partner]
        services.confirm(again(partner), OfficerFactory.create(), by_officer=True)
        assert again(partner) in selectors.public()


def test_an_officer_who_publishes_a_later_confirmation_brings_it_back(partner: Partner) -> None:
    with time_machine.travel(at(1)):
        services.save_draft(again(partner))
    run_on(181, 209)
    with time_machine.travel(at(220)):
        services.publish(again(partner).get_latest_revision_as_object())
        assert again(partner) not in selectors.public(), "a draft from before says nothing of today"
        draft = again(partner).get_latest_revision_as_object()
        draft.confirmed_on = timezone.localdate()
        services.publish(draft)
        assert again(partner) in selectors.public()
        assert again(partner).warned_on is None


def test_drafts_and_suspended_partners_are_left_in_peace(partner: Partner) -> None:
    PartnerFactory.create(live=False, email="draft@example.org")
    services.suspend(again(partner), OfficerFactory.create(), "We are asking what happened.")
    assert run_on(150, 181, 209) == []


def test_every_step_that_changes_something_is_in_the_history(partner: Partner) -> None:
    run_on(150, 181, 202, 209)
    with time_machine.travel(at(210)):
        services.confirm(again(partner))
    entries = ModelLogEntry.objects.filter(object_id=str(partner.pk)).order_by("timestamp")
    assert [(entry.action, entry.user, entry.timestamp.date()) for entry in entries] == [
        ("partners.warn", None, at(181).date()),
        ("partners.hide", None, at(209).date()),
        ("partners.confirm", None, at(210).date()),
    ]


@pytest.mark.parametrize("confirmed", [date(2027, 3, 20), date(2027, 10, 25), date(2028, 2, 29), date(2027, 9, 2)])
def test_days_are_those_of_london_whatever_the_clocks_do(confirmed: date, mailoutbox: list[EmailMessage]) -> None:
    """Around the hours that are skipped and repeated, and the 29th of February, at the first and last minute of a day."""
    partner = PartnerFactory.create(confirmed_on=confirmed, email="hello@press.example")
    told: dict[int, str] = {}
    for number in range(145, 215):
        for hour, minute in ((0, 1), (1, 30), (23, 59)):
            day = confirmed + timedelta(days=number)
            moment = datetime.combine(day, time(hour, minute), timezone.get_default_timezone())
            with time_machine.travel(moment, tick=False):
                reminders.remind_to_confirm(timezone.localdate())
                if deliver_all():
                    assert (hour, minute) == (0, 1)
                    told[number] = Notice.objects.latest("pk").kind
    assert told == {
        150: "still-right", 173: "still-right", 181: "page-leaves", 202: "page-leaves", 209: "page-hidden",
    }  # fmt: skip
    assert len(mailoutbox) == 5
    assert again(partner).hidden_on == confirmed + timedelta(days=209)


def test_what_fails_for_one_keeps_nothing_from_the_others(partner: Partner) -> None:
    other = PartnerFactory.create(confirmed_on=CONFIRMED, email="hello@other.example")
    partner.memberships.all().delete()
    Partner.objects.filter(pk=partner.pk).update(email=" ")
    with pytest.raises(RuntimeError, match="1 of 2"), time_machine.travel(at(181), tick=False):
        reminders.remind_to_confirm(timezone.localdate())
    assert [notice.address for notice in Notice.objects.all()] == ["hello@other.example"]
    assert again(partner).warned_on is None, "all of a step, or nothing"
    assert again(other).warned_on == at(181).date()


@pytest.mark.django_db(transaction=True)
def test_two_at_once_tell_each_person_once(partner: Partner) -> None:
    others = [PartnerFactory.create(confirmed_on=CONFIRMED, email=f"hello@{n}.example") for n in range(5)]
    start = threading.Barrier(2)
    failed: list[BaseException] = []

    def work() -> None:
        try:
            start.wait(timeout=30)
            reminders.remind_to_confirm(at(181).date())
        except BaseException as error:  # noqa: BLE001  told by the test
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failed
    assert Notice.objects.count() == 2 + len(others)
    assert ModelLogEntry.objects.filter(action="partners.warn").count() == 1 + len(others)


def test_every_step_has_a_message() -> None:
    assert set(reminders.KIND_OF) == set(Step)
