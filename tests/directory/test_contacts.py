"""Whom each role may see as somebody to ask: the rule of design section 9."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client

from accounts.models import User
from directory.contacts import visible_contacts
from opportunities.models import Opportunity
from partners.models import Partner
from tests.factories import (
    AdministratorFactory,
    AdviserFactory,
    ContactFactory,
    EditorFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    TeacherFactory,
    UserFactory,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db

Make = Callable[[Partner], User | AnonymousUser]

TRUSTED: dict[str, Make] = {
    "verified school staff": lambda _: TeacherFactory.create(),
    "adviser": lambda _: AdviserFactory.create(),
}
EVERYBODY_ELSE: dict[str, Make] = {
    "anonymous": lambda _: AnonymousUser(),
    "signed in": lambda _: UserFactory.create(),
    "school staff not verified": lambda _: TeacherFactory.create(school__verified=False),
    "member of the partner": lambda partner: PartnerMemberFactory.create(partner=partner),
    "member of another partner": lambda _: PartnerMemberFactory.create(),
    "officer": lambda _: OfficerFactory.create(),
    "editor": lambda _: EditorFactory.create(),
    "administrator": lambda _: AdministratorFactory.create(),
    "verified staff, switched off": lambda _: TeacherFactory.create(is_active=False),
}

YOUNG: dict[str, dict[str, Any]] = {
    "an audience under 18": {"audiences": ["adults", "ks3"]},
    "school years": {"years": (7, 9)},
    "an age under 18": {"age_from": 16},
    "eligible from under 18": {"kind": "volunteering", "eligible_age_from": 16},
    "a yes to under 16": {"kind": "mentoring", "under_16": True, "audiences": ["adults"]},
    "nothing said": {},
}
ADULT: dict[str, dict[str, Any]] = {
    "adults": {"audiences": ["adults"]},
    "from 18": {"age_from": 18},
    "eligible from 18": {"kind": "volunteering", "eligible_age_from": 18},
}


def partner_with_people(**fields: Any) -> Partner:
    partner = PartnerFactory.create(email="hello@partner.example", telephone="020 7946 0000", **fields)
    ContactFactory.create(partner=partner, name="Public Person", is_public=True)
    ContactFactory.create(partner=partner, name="Private Person", is_public=False)
    return partner


def names(user: User | AnonymousUser, subject: Opportunity | Partner) -> list[str]:
    return [each.name for each in visible_contacts(user, subject).people]


@pytest.mark.parametrize("offer", YOUNG.values(), ids=YOUNG)
@pytest.mark.parametrize("make", EVERYBODY_ELSE.values(), ids=EVERYBODY_ELSE)
def test_where_somebody_may_be_under_18_no_person_is_shown(make: Make, offer: dict[str, Any]) -> None:
    partner = partner_with_people()
    opportunity = OpportunityFactory.create(offered_by=partner, **offer)
    user = make(partner)
    for subject in (opportunity, partner):
        seen = visible_contacts(user, subject)
        assert not seen.people
        assert seen.withheld
        assert (seen.email, seen.telephone) == ("hello@partner.example", "020 7946 0000")
    assert visible_contacts(user, opportunity).ask_your_school is bool(offer)


@pytest.mark.parametrize("offer", YOUNG.values(), ids=YOUNG)
@pytest.mark.parametrize("make", TRUSTED.values(), ids=TRUSTED)
def test_school_staff_and_advisers_see_public_people_and_no_others(make: Make, offer: dict[str, Any]) -> None:
    partner = partner_with_people()
    opportunity = OpportunityFactory.create(offered_by=partner, **offer)
    user = make(partner)
    for subject in (opportunity, partner):
        seen = visible_contacts(user, subject)
        assert [each.name for each in seen.people] == ["Public Person"]
        assert not seen.ask_your_school
        assert not seen.withheld


@pytest.mark.parametrize("offer", ADULT.values(), ids=ADULT)
def test_where_all_are_adults_everybody_sees_public_people(offer: dict[str, Any]) -> None:
    partner = partner_with_people()
    opportunity = OpportunityFactory.create(offered_by=partner, **offer)
    assert names(AnonymousUser(), opportunity) == names(AnonymousUser(), partner) == ["Public Person"]
    assert not visible_contacts(AnonymousUser(), opportunity).ask_your_school


@pytest.mark.parametrize("kind", ["apprenticeship", "job", "course", "internship"])
@pytest.mark.parametrize("audience", ["adults", "16-18"])
def test_what_is_applied_for_shows_the_organisation_alone(kind: str, audience: str) -> None:
    partner = partner_with_people()
    opportunity = OpportunityFactory.create(kind=kind, offered_by=partner, audiences=[audience])
    seen = visible_contacts(AnonymousUser(), opportunity)
    assert seen.email
    assert not seen.people


def test_somebody_who_works_alone_is_a_person() -> None:
    partner = partner_with_people(kind="self_employed", has_employees=False)
    young = OpportunityFactory.create(offered_by=partner, years=(7, 9))
    for subject in (young, partner):
        hidden = visible_contacts(AnonymousUser(), subject)
        assert not hidden.any
        assert hidden.withheld
        assert visible_contacts(TeacherFactory.create(), subject).email
    young.unpublish()
    for_adults = OpportunityFactory.create(offered_by=partner, audiences=["adults"])
    assert visible_contacts(AnonymousUser(), for_adults).email
    assert visible_contacts(AnonymousUser(), partner).email


def test_the_strictest_offer_counts_for_a_partner_also_one_that_it_only_hosts() -> None:
    partner = partner_with_people()
    OpportunityFactory.create(offered_by=partner, audiences=["adults"])
    assert names(AnonymousUser(), partner) == ["Public Person"]
    OpportunityFactory.create(hosted_by=partner, years=(10, 11))
    assert names(AnonymousUser(), partner) == []


def test_a_partner_without_offers_shows_no_people() -> None:
    assert names(AnonymousUser(), partner_with_people()) == []


def test_the_page_of_contacts_shows_what_the_rule_gives_and_no_other_page_anything(client: Client) -> None:
    partner = partner_with_people()
    opportunity = OpportunityFactory.create(offered_by=partner, audiences=["ks3"])
    for address in (opportunity.get_absolute_url(), partner.get_absolute_url()):
        client.logout()
        page, asked = client.get(address).content.decode(), client.get(f"{address}contact/").content.decode()
        assert "ask your school" in page.lower()
        assert "School staff and advisers see" in page
        assert "Public Person" not in page + asked
        assert "hello@partner.example" in asked
        sign_in(client, TeacherFactory.create())
        as_teacher = client.get(address).content.decode()
        assert "Pupils: ask your school" not in as_teacher
        for shown in ("hello@partner.example", "020 7946 0000", "02079460000", "Public Person"):
            assert shown not in page + as_teacher
        asked_as_teacher = client.get(f"{address}contact/").content.decode()
        assert "Public Person" in asked_as_teacher
        assert "Private Person" not in asked + asked_as_teacher
