"""The clock about documents that run out: each person each message once, with what rests on the document."""

import pytest
import time_machine

from notices.catalogue import DOCUMENT_EXPIRES
from notices.models import Notice
from notices.services import switch
from opportunities import selectors
from opportunities.models import Opportunity
from partners.models import Assurance, Partner
from tests.cms import Desk
from tests.factories import AssuranceFactory, OfficerFactory, OpportunityFactory, PartnerFactory
from tests.reminding import CONFIRMED, at, run_on

pytestmark = pytest.mark.django_db

EXPIRES, LAPSED = "document-expires", "document-lapsed"
PRESS = "hello@press.example"


@pytest.fixture
def partner() -> Partner:
    """Its insurance holds until day 100; it is confirmed again and again, so that nothing else is said."""
    return PartnerFactory.create(name="Foundry Lane Press", confirmed_on=at(100).date(), email=PRESS)


@pytest.fixture
def insurance(partner: Partner) -> Assurance:
    return AssuranceFactory.create(partner=partner, seen_on=CONFIRMED, expires=at(100).date())


@pytest.fixture
def visit(partner: Partner) -> Opportunity:
    return OpportunityFactory.create(title="Set, ink, pull", offered_by=partner)


@pytest.mark.usefixtures("insurance", "visit")
def test_every_day_for_a_year_each_message_comes_once() -> None:
    assert run_on(*range(240)) == [
        (40, EXPIRES, PRESS),
        (70, EXPIRES, PRESS),
        (93, EXPIRES, PRESS),
        (101, LAPSED, PRESS),
    ]


@pytest.mark.usefixtures("insurance", "visit")
def test_twice_or_after_a_gap_only_the_latest_is_said() -> None:
    assert run_on(40, 40, 95, 95) == [(40, EXPIRES, PRESS), (95, EXPIRES, PRESS)]
    assert run_on(130, 131) == [(130, LAPSED, PRESS)]


@pytest.mark.usefixtures("insurance", "visit")
def test_after_a_very_long_gap_nothing_is_said() -> None:
    assert run_on(161, 240) == []


def test_it_names_what_rests_on_the_document_and_hides_just_that(partner: Partner, insurance: Assurance) -> None:
    other = PartnerFactory.create(confirmed_on=at(100).date())
    hosted = OpportunityFactory.create(title="Hosted here", offered_by=other, hosted_by=partner)
    offered = OpportunityFactory.create(title="Offered here", offered_by=partner)
    elsewhere = OpportunityFactory.create(title="Hosted elsewhere", offered_by=partner, hosted_by=other)
    free = OpportunityFactory.create(title="A talk", offered_by=partner, kind="talk")
    assert insurance.kind not in selectors.requirements_by_kind().get("talk", ()), "or this test says nothing"
    run_on(70, 101)
    for notice in Notice.objects.all():
        for title, told in (
            ("Hosted here", True),
            ("Offered here", True),
            ("Hosted elsewhere", False),
            ("A talk", False),
        ):
            assert (title in notice.text) is told
            assert (title in notice.html) is told
    with time_machine.travel(at(101)):
        public = set(selectors.public())
        assert {hosted, offered} & public == set()
        assert {elsewhere, free} <= public
        assert set(selectors.hidden_by_documents()) == {hosted, offered}
    with time_machine.travel(at(100)):
        assert {hosted, offered} <= set(selectors.public()), "the last day still counts"


def test_a_newer_document_ends_it_and_is_told_of_in_its_turn(partner: Partner, insurance: Assurance) -> None:
    run_on(40)
    AssuranceFactory.create(partner=partner, kind=insurance.kind, seen_on=CONFIRMED, expires=at(120).date())
    assert run_on(70) == [(70, EXPIRES, PRESS)]
    assert f"{at(120):%-d %B %Y}" in Notice.objects.latest("pk").text
    assert run_on(93, 101) == [(93, EXPIRES, PRESS)]


def test_who_switched_it_off_is_told_only_once_it_has_lapsed(partner: Partner, insurance: Assurance) -> None:
    switch(DOCUMENT_EXPIRES, partner.email, off=True)
    assert run_on(40, 70, 93, 101) == [(101, LAPSED, PRESS)]


def test_officers_see_what_is_hidden_and_why(partner: Partner, insurance: Assurance, visit: Opportunity) -> None:
    PartnerFactory.create(name="Silent Hall", confirmed_on=at(-100).date())
    PartnerFactory.create(name="Gone Hall", confirmed_on=at(-150).date())
    run_on(60, 90)
    with time_machine.travel(at(101)):
        page = Desk(OfficerFactory.create()).open("/admin/").page.get_text(" ", strip=True)
        assert "Set, ink, pull , Foundry Lane Press: Public liability insurance" in page
        assert f"Silent Hall , last on {at(-100):%-d %B %Y}; leaves the public pages on {at(118):%-d %B %Y}" in page
        assert f"Gone Hall , on {at(90):%-d %B %Y}" in page
