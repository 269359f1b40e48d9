from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from opportunities.models import TimetableItem
from opportunities.services import publish, unpublish
from partners.models import Assurance
from taxonomy.models import FusionSkill
from tests.directory.reading import Page
from tests.factories import (
    AssuranceFactory,
    CampaignFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    SessionFactory,
    SiteFactory,
    assure,
)
from tests.people import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("index")]

Build = Callable[[], None]


def read(client: Client, opportunity: Any) -> Page:
    return Page(client.get(opportunity.get_absolute_url()))


def test_the_page_says_what_it_is_when_where_and_for_whom(client: Client) -> None:
    partner = PartnerFactory.create(name="Tallowgate Print Rooms", confirmed_on=timezone.localdate())
    assure(partner)
    opportunity = OpportunityFactory.create(
        title="Set, ink, pull",
        offered_by=partner,
        description="A day at the press.\n\nIn pairs.",
        years=(7, 9),
        audiences=["ks3", "send"],
        skills={"creativity": "Choose words and defend the choice."},
        postcode="E1 6AN",
        group_min=10,
        group_max=30,
        adult_ratio=10,
        cost="paid",
        cost_amount="4.00",
        cost_unit="pupil",
        family_price="0",
        cost_help="A travel grant is available.",
        access={"step-free": True, "hearing-loop": False},
        access_route="Ask us by e-mail.",
        availability="dated",
    )
    opportunity.timetable.add(TimetableItem(when="10.00", title="Meet the press", text="Watch a sheet printed."))
    opportunity.save()
    SessionFactory.create(opportunity=opportunity, in_days=14, taken=21)
    SessionFactory.create(opportunity=opportunity, in_days=-14, label="Over long ago")
    page = read(client, opportunity)
    assert page.status == 200
    assert page.title == "Set, ink, pull – Find Fusion"
    assert page.heading == "Set, ink, pull"
    for words in (
        "Cultural visit or workshop",
        "Documents in date",
        "Tower Hamlets, E1",
        "Free for Family of Schools",
        "others pay £4 for each pupil",
        "10 to 30 pupils one adult for every ten",
        "Years 7 to 9",
        "In pairs.",
        "Meet the press Watch a sheet printed.",
        "Choose words and defend the choice.",
        "9 of 30",
        "Step-free",
        "No hearing loop",
        "Ask us by e-mail.",
        "Help with the cost: A travel grant is available.",
        "Pupils: ask your school.",
        "Public liability insurance In date to",
        "Details confirmed by the partner on",
    ):
        assert words in page.text, words
    assert "over long ago" not in page.text.lower()
    assert page.links["Tallowgate Print Rooms"] == partner.get_absolute_url()


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (
            {"kind": "placement"},
            (
                "A block of days in a row",
                "Set and print a poster.",
                "Senior printer",
                "Monday to Friday",
                "Travel and lunch",
            ),
        ),
        ({"kind": "course", "level": "2", "funded": "partly"}, ("Level 2", "Paid for by public money In part")),
        ({"kind": "job", "pay_amount": "14.80", "pay_unit": "hour"}, ("£14.80 an hour", "20 hours a week")),
        (
            {"kind": "apprenticeship", "eligible_age_from": 16, "eligible_age_to": 24, "eligible_level": 3},
            ("Level 3", "Ages 16 to 24", "None above level 3"),
        ),
        (
            {
                "kind": "course",
                "eligible_employment": "not_working",
                "eligible_income": 25000,
                "eligible_residence": "london",
            },
            ("People who are not working", "Up to £25,000 a year", "People who live in London"),
        ),
    ],
)
def test_each_kind_says_what_it_must(client: Client, fields: dict[str, Any], says: tuple[str, ...]) -> None:
    page = read(client, OpportunityFactory.create(**fields))
    for words in says:
        assert words in page.text, words


def test_another_name_in_the_address_sends_on_for_good(client: Client) -> None:
    opportunity = OpportunityFactory.create(title="Set, ink, pull")
    proper = f"/opportunities/{opportunity.pk}-set-ink-pull/"
    assert opportunity.get_absolute_url() == proper
    for address in ("-set-ink/", "-/", "-%F0%9F%90%9D/", "/"):
        response = client.get(f"/opportunities/{opportunity.pk}{address}")
        assert (response.status_code, response.headers["Location"]) == (301, proper)
    assert client.get("/opportunities/").status_code == 301


def not_public() -> dict[str, Callable[[], Any]]:
    day = timezone.localdate() - timedelta(days=1)
    return {
        "a draft": lambda: OpportunityFactory.create(live=False),
        "past its deadline": lambda: OpportunityFactory.create(deadline=day),
        "over": lambda: SessionFactory.create(in_days=-3).opportunity,
        "expired": lambda: OpportunityFactory.create(expire_at=timezone.now() - timedelta(minutes=1)),
        "of a draft partner": lambda: OpportunityFactory.create(offered_by__live=False),
        "held for an officer": lambda: OpportunityFactory.create(kind="mentoring", under_16=True),
        "lapsed": lambda: OpportunityFactory.create(
            offered_by=AssuranceFactory.create(in_days=-1, kind="public_liability").partner
        ),
    }


@pytest.mark.parametrize("what", not_public())
def test_what_is_not_public_is_not_there_for_anybody(client: Client, what: str) -> None:
    opportunity = not_public()[what]()
    for user in (None, OfficerFactory.create(), PartnerMemberFactory.create(partner=opportunity.offered_by)):
        if user:
            sign_in(client, user)
        for address in (opportunity.get_absolute_url(), f"/opportunities/{opportunity.pk}/"):
            response = client.get(address)
            assert response.status_code == 404
            assert opportunity.title not in response.content.decode()


def test_published_it_is_there_and_unpublished_gone(client: Client) -> None:
    opportunity = OpportunityFactory.create(live=False)
    publish(opportunity)
    assert read(client, opportunity).status == 200
    unpublish(opportunity)
    assert read(client, opportunity).status == 404


@pytest.mark.parametrize(
    "number", ["0", "9223372036854775807", "9223372036854775808", "9" * 40, "9" * 5000, "-1", "1.5"]
)
def test_a_number_that_no_opportunity_has_is_not_there(client: Client, number: str) -> None:
    assert client.get(f"/opportunities/{number}-x/").status_code == 404
    assert client.get(f"/partners/{number}-x/").status_code == 404


def test_paths_lead_only_to_what_is_public(client: Client) -> None:
    later = OpportunityFactory.create(title="A week of work", years=(10, 11))
    draft = OpportunityFactory.create(title="Not yet", live=False)
    middle = OpportunityFactory.create(title="In between", years=(7, 9), leads_to=[later, draft])
    before = OpportunityFactory.create(title="A first visit", years=(4, 6), leads_to=[middle])
    OpportunityFactory.create(title="Draft before", live=False, leads_to=[middle])
    page = read(client, middle)
    assert page.links["A first visit"] == before.get_absolute_url()
    assert page.links["A week of work"] == later.get_absolute_url()
    assert "Not yet" not in page.text
    assert "Draft before" not in page.text
    assert "What this leads to" in page.headings
    assert "What this builds on" in read(client, later).headings


def test_who_offers_it_too_is_named_while_public(client: Client) -> None:
    public, draft = PartnerFactory.create(name="Saltpetre Row"), PartnerFactory.create(name="Hidden House", live=False)
    page = read(client, OpportunityFactory.create(with_partners=[public, draft]))
    assert "Saltpetre Row" in page.links
    assert "Hidden House" not in page.text


def test_the_documents_are_those_of_the_host(client: Client) -> None:
    host, offerer = PartnerFactory.create(name="Member Firm"), PartnerFactory.create(name="The Company")
    assure(host)
    page = read(client, OpportunityFactory.create(offered_by=offerer, hosted_by=host))
    assert "Documents in date" in page.text
    assert "Hosts what The Company offers" in page.text
    Assurance.objects.filter(kind="safeguarding_policy").delete()
    page = read(client, OpportunityFactory.create(offered_by=offerer, hosted_by=host))
    assert "Documents in date" not in page.text
    assert "Safeguarding policy Not seen yet" in page.text


def test_others_of_this_partner_and_for_these_audiences_are_near_at_hand(client: Client, index: Build) -> None:
    partner = PartnerFactory.create(name="Tallowgate")
    site = SiteFactory.create(partner=partner, postcode="E1 6AN")
    opportunity = OpportunityFactory.create(offered_by=partner, audiences=["ks3"], site=site)
    OpportunityFactory.create(title="Also here", offered_by=partner, audiences=["ks3"], site=site)
    OpportunityFactory.create(title="Round the corner", audiences=["ks3"], postcode="E2 6AN")
    OpportunityFactory.create(title="Across town", audiences=["ks3"], postcode="CR0 1AA")
    OpportunityFactory.create(title="For others", audiences=["adults"], postcode="E1 6AN")
    index()
    page = read(client, opportunity)
    assert "More from Tallowgate" in page.headings
    assert "Also here" in page.links
    assert "Also for KS3, near here" in page.headings
    assert "Round the corner" in page.links
    assert "Across town" not in page.links
    assert "For others" not in page.links


def test_without_an_index_the_page_is_there_all_the_same(client: Client) -> None:
    page = read(client, OpportunityFactory.create(audiences=["ks3"]))
    assert page.status == 200
    assert not any(heading.startswith("Also for") for heading in page.headings)


def test_the_number_of_queries_does_not_grow_with_what_is_shown(
    client: Client, index: Build, django_assert_max_num_queries: Any
) -> None:
    def page_of(count: int) -> int:
        partner = PartnerFactory.create()
        assure(partner)
        others = OpportunityFactory.create_batch(count, offered_by=partner, audiences=["ks3"], skills=["creativity"])
        opportunity = OpportunityFactory.create(
            offered_by=partner,
            audiences=["ks3", "ks4"][:count],
            skills=["creativity", "initiative", "analysis"][:count],
            access={"step-free": True, "bsl": True} if count > 1 else {"bsl": True},
            leads_to=others,
            with_partners=PartnerFactory.create_batch(count),
        )
        for n in range(count):
            SessionFactory.create(opportunity=opportunity, in_days=10 + n)
        index()
        client.get(opportunity.get_absolute_url())
        with django_assert_max_num_queries(60) as asked:
            assert read(client, opportunity).status == 200
        return len(asked)

    assert page_of(1) == page_of(3)


def test_what_it_builds_on_and_what_it_leads_to_are_both_shown(client: Client) -> None:
    after = OpportunityFactory.create(title="Afterwards")
    middle = OpportunityFactory.create(leads_to=[after])
    OpportunityFactory.create(title="First", leads_to=[middle])
    OpportunityFactory.create(title="Second", leads_to=[middle])
    page = read(client, middle)
    builds, leads = page.headings.index("What this builds on"), page.headings.index("What this leads to")
    assert builds < leads
    assert {"First", "Second", "Afterwards"} <= set(page.links)


def test_skills_and_marks_are_explained(client: Client) -> None:
    FusionSkill.objects.filter(slug="creativity").update(definition="Making something that was not there.")
    partner = PartnerFactory.create()
    assure(partner)
    page = read(client, OpportunityFactory.create(offered_by=partner, skills={"creativity": "Choose words."}))
    assert "Choose words. What it means: Making something that was not there." in page.text
    assert "What these marks mean" in page.text
    assert "It does not say that a place is safe." in page.text
    assert "Pays if a visitor is hurt" in page.text
    assert "Seen on" in page.text


def test_the_season_it_belongs_to_is_named(client: Client) -> None:
    campaign = CampaignFactory.create(name="Careers festival")
    assert "Part of Careers festival" in read(client, OpportunityFactory.create(campaign=campaign)).headings


def test_what_can_be_taken_away_is_offered(client: Client) -> None:
    opportunity = OpportunityFactory.create(availability="dated")
    SessionFactory.create(opportunity=opportunity)
    page, address = read(client, opportunity), opportunity.get_absolute_url()
    assert page.links["Print this, with a code to scan"] == f"{address}print/"
    assert page.links["Desk sheet in large print"] == f"{address}desk-sheet/"
    assert page.links["Report a problem"] == f"{address}report/"
    # One date is saved beside it.
    assert "Save all dates to your calendar" not in page.links
    assert any(words.startswith("Save to calendar") for words in page.links)
