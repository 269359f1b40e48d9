import json
import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from directory.selectors import public_opportunity
from directory.selectors.opportunity import coming_sessions
from directory.structured_data import opportunity_page, partner_page
from opportunities.models import Opportunity
from tests.factories import OpportunityFactory, PartnerFactory, SessionFactory, SiteFactory

# Plain reading by the ORM: nothing that could differ between databases.
pytestmark = [pytest.mark.django_db, pytest.mark.engine_only, pytest.mark.usefixtures("index")]

SITE = "https://find.example"


def told(opportunity: Opportunity) -> Any:
    public = public_opportunity(opportunity.pk)
    assert public is not None
    return opportunity_page(public, coming_sessions(public), SITE)


@pytest.mark.parametrize(
    "kind", ["visit", "outdoor", "placement", "workplace", "talk", "mentoring", "volunteering", "cpd"]
)
def test_each_date_is_an_event(kind: str) -> None:
    opportunity = OpportunityFactory.create(
        kind=kind, title="Set, ink, pull", postcode="E1 6AN", availability="dated", cost="paid", cost_amount="4",
        cost_unit="pupil", offered_by__name="Tallowgate", skills=["creativity"], audiences=["ks4"],
    )  # fmt: skip
    SessionFactory.create(opportunity=opportunity, in_days=10, taken=21)
    SessionFactory.create(opportunity=opportunity, in_days=20, taken=30)
    SessionFactory.create(opportunity=opportunity, in_days=-20)
    first, second = told(opportunity)
    assert first["@type"] == "EducationEvent"
    assert first["@context"] == "https://schema.org"
    assert first["url"] == f"{SITE}{opportunity.get_absolute_url()}"
    assert first["location"][0]["address"]["addressLocality"] == "Tower Hamlets"
    assert first["location"][0]["address"]["postalCode"] == "E1"
    assert first["organizer"]["name"] == "Tallowgate"
    assert first["offers"]["price"] == "4.00"
    assert first["offers"]["availability"].endswith("InStock")
    assert first["remainingAttendeeCapacity"] == 9
    assert second["offers"]["availability"].endswith("SoldOut")
    assert first["startDate"] < second["startDate"]
    assert first["teaches"] == ["Creativity"]


def test_times_are_told_in_londons_time() -> None:
    opportunity = OpportunityFactory.create(availability="dated")
    session = SessionFactory.create(
        opportunity=opportunity,
        starts=datetime(2031, 7, 1, 9, tzinfo=UTC),
        ends=datetime(2031, 7, 1, 11, tzinfo=UTC),
    )
    events = opportunity_page(opportunity, [session], SITE)
    assert isinstance(events, list)
    [event] = events
    assert event["startDate"] == "2031-07-01T10:00:00+01:00"


def test_what_has_no_date_is_no_event() -> None:
    assert told(OpportunityFactory.create(kind="visit")) is None


def test_online_is_a_place_without_an_address() -> None:
    opportunity = OpportunityFactory.create(format="online", place="online", availability="dated", postcode="E1 6AN")
    SessionFactory.create(opportunity=opportunity)
    [event] = told(opportunity)
    assert [place["@type"] for place in event["location"]] == ["VirtualLocation"]
    assert event["eventAttendanceMode"].endswith("OnlineEventAttendanceMode")


@pytest.mark.parametrize("private", [True, False])
def test_a_private_home_is_told_no_closer_than_its_outward_code(private: bool) -> None:
    opportunity = OpportunityFactory.create(
        site=SiteFactory.create(postcode="E1 6AN", address="7 Quiet Row"), in_private_home=private
    )
    session = SessionFactory.create(opportunity=opportunity)
    text = json.dumps(opportunity_page(opportunity, [session], SITE))
    assert ("7 Quiet Row" in text) is not private
    assert "6AN" not in text


def test_a_course_is_a_course() -> None:
    opportunity = OpportunityFactory.create(
        kind="course",
        level="2",
        cost="free_if_eligible",
        cost_amount="180",
        hours_per_week="2.5",
        weeks=10,
        postcode="N1 2AA",
    )
    course = told(opportunity)
    assert course["@type"] == "Course"
    assert course["educationalLevel"] == "Level 2"
    assert course["provider"]["@type"] == "Organization"
    assert course["hasCourseInstance"][0]["courseWorkload"] == "PT2H30M"
    assert course["offers"]["price"] == "180.00"
    SessionFactory.create(opportunity=opportunity)
    assert told(opportunity)["hasCourseInstance"][0]["startDate"]


@pytest.mark.parametrize(
    ("fields", "employment"),
    [
        ({"kind": "job", "hours_per_week": "20"}, "PART_TIME"),
        ({"kind": "job", "hours_per_week": "37.5"}, "FULL_TIME"),
        ({"kind": "apprenticeship"}, "FULL_TIME"),
        ({"kind": "internship"}, "INTERN"),
    ],
)
def test_paid_work_is_a_job_posting_of_its_host(fields: dict[str, Any], employment: str) -> None:
    host = PartnerFactory.create(name="Member Firm")
    opportunity = OpportunityFactory.create(
        hosted_by=host, deadline=date(2031, 7, 1), pay_amount="14.80", pay_unit="hour", postcode="E1 6AN", **fields
    )
    job = told(opportunity)
    assert job["@type"] == "JobPosting"
    assert job["employmentType"] == employment
    assert job["hiringOrganization"]["name"] == "Member Firm"
    assert job["validThrough"] == "2031-07-02T00:00:00+01:00"
    assert job["baseSalary"]["value"] == {"@type": "QuantitativeValue", "value": "14.80", "unitText": "HOUR"}


def test_a_partner_is_an_organisation_whose_contacts_are_not_told() -> None:
    partner = PartnerFactory.create(kind="college", email="hello@college.example", website="https://college.example/")
    site = SiteFactory.create(partner=partner, postcode="E1 6AN", address="1 High Street")
    about = partner_page(partner, [site], SITE)
    assert about["@type"] == "CollegeOrUniversity"
    assert "hello@college.example" not in json.dumps(about)
    assert about["sameAs"] == "https://college.example/"
    assert about["address"][0]["streetAddress"] == "1 High Street"


def test_the_page_holds_it_as_data_that_cannot_end_its_block(client: Client) -> None:
    opportunity = OpportunityFactory.create(
        title="</script><script>alert(1)</script>", kind="course", summary="<b>bold</b> & brave"
    )
    html = client.get(opportunity.get_absolute_url()).content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(blocks) == 1
    assert json.loads(blocks[0])["name"] == "</script><script>alert(1)</script>"
    assert "<script>alert" not in html
