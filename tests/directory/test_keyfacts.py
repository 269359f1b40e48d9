"""The strip of key facts and the terms of an opportunity."""

from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from directory.keyfacts import key_facts
from directory.terms import terms
from opportunities.models import Opportunity, Session
from tests.factories.opportunities import OpportunityFactory

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only]

TODAY = date(2026, 11, 24)
LONDON = ZoneInfo("Europe/London")


def said(
    opportunity: Opportunity, sessions: list[Session] | None = None, **asked: object
) -> dict[str, tuple[str, str]]:
    facts = key_facts(opportunity, sessions or [], TODAY, **asked)  # type: ignore[arg-type]  # near and miles
    return {fact.label: (fact.fact, fact.note) for fact in facts}


def session(opportunity: Opportunity, day: date) -> Session:
    def at(hour: int, minute: int = 0) -> datetime:
        return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON)

    return Session(opportunity=opportunity, starts=at(10), ends=at(14, 30), capacity=30)


def test_a_visit_says_when_where_cost_group_and_for_whom() -> None:
    opportunity = OpportunityFactory.create(
        audiences=["ks2", "ks3"],
        years=(3, 9),
        postcode="E1 6AN",
        group_min=10,
        group_max=30,
        adult_ratio=10,
        cost="paid",
        cost_amount=Decimal(4),
        cost_unit="pupil",
        family_price=Decimal(0),
    )
    sessions = [session(opportunity, date(2026, 12, 8)), session(opportunity, date(2027, 1, 15))]
    facts = said(opportunity, sessions, near="EC2Y", miles=0.9)
    assert list(facts) == ["When", "Where", "Cost", "Group", "For"]
    assert facts["When"] == ("Two dates to 15 January", "10am to 2.30pm")
    assert facts["Where"] == ("Tower Hamlets, E1", "0.9 miles from EC2Y")
    assert facts["Cost"] == ("Free for Family of Schools", "others pay £4 for each pupil")
    assert facts["Group"] == ("10 to 30 pupils", "one adult for every ten")
    assert facts["For"] == ("Years 3 to 9", "KS2 and KS3")


def test_a_job_says_its_pay_hours_and_deadline_and_no_cost() -> None:
    opportunity = OpportunityFactory.create(
        kind="job", audiences=["adults"], deadline=date(2027, 1, 5), availability="always"
    )
    opportunity.refresh_from_db()
    facts = said(opportunity)
    assert facts["When"][0] == "Apply by 5 January"
    assert facts["Pay"] == ("£14.80 an hour", "")
    assert facts["Hours"] == ("20 hours a week", "")
    assert "Cost" not in facts


def test_audiences_are_one_phrase() -> None:
    opportunity = OpportunityFactory.create(audiences=["16-18", "adults", "send"])
    assert said(opportunity)["For"][0] == "16 to 18, adults 18+ and SEND settings"


def test_what_is_not_stated_is_not_shown() -> None:
    facts = said(OpportunityFactory.create())
    assert "Group" not in facts
    assert "For" not in facts
    assert facts["When"][0] == "Dates on request"


def test_a_placement_says_its_terms() -> None:
    found = terms(OpportunityFactory.create(kind="placement"))
    assert found.heading == "The placement"
    assert [row.key for row in found.work] == [
        "Kind of placement",
        "Tasks",
        "Looked after by",
        "Days and hours",
        "Paid for",
    ]
    assert found.eligible == ()


def test_a_course_says_who_can_take_part() -> None:
    opportunity = OpportunityFactory.create(
        kind="course",
        eligible_age_from=19,
        eligible_level=2,
        eligible_income=25750,
        eligible_employment="not_working_or_low_income",
        eligible_residence="london",
    )
    eligible = {row.key: row.value for row in terms(opportunity).eligible}
    assert eligible == {
        "Age": "Age 19 and over",
        "Employment": "People who are not working, or on a low income",
        "Qualifications": "None above level 2",
        "Income": "Up to £25,750 a year",
        "Home": "People who live in London",
    }
