"""What documents say of opportunities."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from opportunities.models import Opportunity
from search.document import FIELDS, NEVER, Document, moment
from search.indexing import opportunity_batch, partner_batch
from search.results import Card
from search.text import analyse
from tests.factories import CampaignFactory, OpportunityFactory, PartnerFactory, SessionFactory, SiteFactory, assure

pytestmark = pytest.mark.django_db


def document(opportunity: Opportunity) -> Document:
    (found,) = opportunity_batch([opportunity.pk]).documents
    return found


def card(opportunity: Opportunity) -> Card:
    return Card.from_json(str(document(opportunity).values["card"]))


def values(opportunity: Opportunity, field: str) -> set[str]:
    return set(str(document(opportunity).values.get(field, "")).split())


def test_every_declared_field_is_told_by_something() -> None:
    opportunity = OpportunityFactory.create(
        skills={"creativity": "By making"}, audiences=["ks3"], sectors=["law"], themes=["oracy"], subjects=["music"],
        years=(7, 9), access={"step-free": True}, postcode="EC2Y 8DS", availability="dated",
    )  # fmt: skip
    SessionFactory.create(opportunity=opportunity)
    assert {field.name for field in FIELDS} == set(document(opportunity).values)


def test_text_fields_hold_analysed_tokens() -> None:
    opportunity = OpportunityFactory.create(
        title="Printing posters",
        summary="You print.",
        description="Ink flies.",
        skills={"creativity": "By choosing colours"},
    )
    told = document(opportunity).values
    assert told["title"] == "print poster"
    assert set(analyse("ink flies by choosing colours")) <= values(opportunity, "description")
    assert {"creativ", "cultur", "visit", "workshop", "free"} <= values(opportunity, "tags")


def test_times_can_be_asked_for() -> None:
    evening = OpportunityFactory.create(in_daytime=False, in_evening=True, at_weekend=True)
    assert {*analyse("evening weekend")} <= values(evening, "tags")
    assert "daytim" not in values(evening, "tags")


def test_partners_who_offer_co_offer_and_host_are_named() -> None:
    opportunity = OpportunityFactory.create(
        offered_by=PartnerFactory.create(name="Alphaworks"),
        with_partners=[PartnerFactory.create(name="Betaworks", kind="livery")],
        hosted_by=PartnerFactory.create(name="Gammaworks"),
    )
    assert values(opportunity, "partner") == {"alphawork", "betawork", "gammawork"}
    assert values(opportunity, "partner_kind") == {"cultural", "livery"}
    assert card(opportunity).with_partners == ("Betaworks",)


def test_years_are_its_own_or_those_of_its_audiences() -> None:
    assert values(OpportunityFactory.create(years=(-1, 1), audiences=["ks3"]), "years") == {"y-1", "y0", "y1"}
    assert values(OpportunityFactory.create(audiences=["ks1", "ks3"]), "years") == {"y1", "y2", "y7", "y8", "y9"}
    assert values(OpportunityFactory.create(audiences=["adults"]), "years") == set()
    assert values(OpportunityFactory.create(year_from=11), "years") == {"y11", "y12", "y13"}


def test_where_it_is() -> None:
    at_site = OpportunityFactory.create(postcode="E8 1HH")
    assert (values(at_site, "outcode"), values(at_site, "borough")) == ({"E8"}, {"hackney"})
    assert card(at_site).borough == "Hackney"
    main = SiteFactory.create(postcode="EC2Y 8DS")
    assert values(OpportunityFactory.create(offered_by=main.partner), "outcode") == {"EC2Y"}
    online = OpportunityFactory.create(offered_by=main.partner, format="online", place="online")
    assert values(online, "outcode") == set()
    assert "online" in values(online, "traits")


def test_access_of_opportunity_and_site_without_what_is_missing() -> None:
    site = SiteFactory.create(access=["step-free", "hearing-loop"])
    opportunity = OpportunityFactory.create(
        offered_by=site.partner, site=site, access={"bsl": True, "hearing-loop": False}
    )
    assert values(opportunity, "access") == {"step-free", "bsl"}


def test_the_card_names_the_next_session_with_a_place() -> None:
    opportunity = OpportunityFactory.create(availability="dated")
    SessionFactory.create(opportunity=opportunity, in_days=-3)
    SessionFactory.create(opportunity=opportunity, in_days=2, capacity=10, taken=10)
    shown = SessionFactory.create(opportunity=opportunity, in_days=5, capacity=30, taken=21)
    last = SessionFactory.create(opportunity=opportunity, in_days=9)
    told = card(opportunity)
    assert (told.next_start, told.places_left, told.capacity) == (shown.starts, 9, 30)
    assert (told.later_dates, told.last_start, told.full) == (1, last.starts, False)
    days = document(opportunity).values
    assert isinstance(days["days"], tuple)
    assert isinstance(days["open_days"], tuple)
    assert len(days["days"]) == 3
    assert len(days["open_days"]) == 2


def test_full_when_every_session_is() -> None:
    opportunity = OpportunityFactory.create(availability="dated")
    SessionFactory.create(opportunity=opportunity, capacity=10, taken=10, waiting=3)
    told = card(opportunity)
    assert (told.full, told.places_left, told.waiting) == (True, 0, 3)
    assert "open" not in values(opportunity, "traits")
    assert "open" in values(OpportunityFactory.create(availability="on_request"), "traits")


def test_the_next_change_is_the_next_moment_that_matters() -> None:
    opportunity = OpportunityFactory.create(availability="dated")
    session = SessionFactory.create(opportunity=opportunity, in_days=3)
    told = document(opportunity).values
    assert told["next_change_at"] == moment(session.starts)
    assert told["visible_until"] == moment(session.ends)
    always = document(OpportunityFactory.create(availability="always")).values
    assert always["next_change_at"] == always["visible_until"] == NEVER


def test_documents_in_date() -> None:
    opportunity = OpportunityFactory.create()
    assert not card(opportunity).documents_in_date
    assure(opportunity.offered_by)
    assert card(opportunity).documents_in_date


def test_what_is_not_public_is_to_be_deleted() -> None:
    draft = OpportunityFactory.create(live=False)
    past = OpportunityFactory.create(deadline=timezone.localdate() - timedelta(days=1))
    shown = OpportunityFactory.create()
    batch = opportunity_batch([draft.pk, past.pk, shown.pk, 999_999])
    assert [each.key for each in batch.documents] == [f"opportunity-{shown.pk}"]
    assert batch.deleted == [f"opportunity-{pk}" for pk in (draft.pk, past.pk, 999_999)]
    hidden = PartnerFactory.create(suspended_at=timezone.now())
    gone = partner_batch([hidden.pk])
    assert (gone.documents, gone.deleted) == ([], [f"partner-{hidden.pk}"])


def test_a_batch_takes_the_same_queries_whatever_its_size(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    def make() -> Opportunity:
        made = OpportunityFactory.create(
            skills=["creativity", "analysis"], audiences=["ks3"], postcode="E8 1HH", availability="dated",
            campaign=CampaignFactory.create(), with_partners=[PartnerFactory.create()], hosted_by=PartnerFactory.create(),
            access={"bsl": True},
        )  # fmt: skip
        SessionFactory.create(opportunity=made)
        return made

    few, many = [make().pk for _ in range(2)], [make().pk for _ in range(12)]
    with django_assert_max_num_queries(40) as counted:
        opportunity_batch(few)
    with django_assert_max_num_queries(len(counted.captured_queries)):
        assert len(opportunity_batch(many).documents) == 12


def test_nothing_is_read_of_what_a_suspended_host_takes_with_it(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    host = PartnerFactory.create(suspended_at=timezone.now())
    hidden = [OpportunityFactory.create(hosted_by=host, skills=["creativity"]).pk for _ in range(3)]
    # The clock, which are public, none of them, and what kinds need.
    with django_assert_max_num_queries(4):
        batch = opportunity_batch(hidden)
    assert batch.documents == []
    assert batch.deleted == [f"opportunity-{pk}" for pk in hidden]
