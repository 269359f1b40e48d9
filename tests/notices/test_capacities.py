"""Each person reads at /account/messages/ of the kinds that they get by what they are, and of no others."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from accounts.models import User
from notices import selectors
from notices.capacities import Capacity, capacities_of
from notices.catalogue import BY_SLUG, KINDS, WAITING_FOR_OFFICERS
from notices.selectors import choices_of, is_switched_off
from partners import selectors as partners
from partners.models import PartnerMembership
from schools.models import SchoolMembership
from tests.factories import (
    AdministratorFactory,
    AdviserFactory,
    EditorFactory,
    OfficerFactory,
    PartnerApplicationFactory,
    PartnerFactory,
    PartnerMemberFactory,
    SchoolFactory,
    StaffApplicationFactory,
    TeacherFactory,
    UserFactory,
)
from tests.notices.conftest import HELLO
from tests.people import sign_in

pytestmark = pytest.mark.django_db
PAGE = "/account/messages/"

EVERYBODY = {"sign-in-code", "account-changed", "account-leaves", "invitation"}
OF_PARTNER = {"still-right", "page-leaves", "page-hidden", "document-expires", "document-lapsed"}
SENT = {"returned", "accepted"}
DOCUMENTS = {"document-accepted", "document-returned", "document-refused"}
MODERATION = {"safeguarding-decision", "waiting-for-officers"}
SCHOOL = {"staff-confirmed", "staff-declined"}


def owner() -> User:
    return PartnerMemberFactory.create(partner__role="owner")


def sole_trader() -> User:
    """Nobody acts for the partner, whose own address is this person's."""
    return UserFactory.create(email=PartnerFactory.create(email="Sam@Press.example").email)


def applicant() -> User:
    return UserFactory.create(email=PartnerApplicationFactory.create().email)


def asks_a_school() -> User:
    return UserFactory.create(email=StaffApplicationFactory.create().email)


def office() -> User:
    return UserFactory.create(email=SchoolFactory.create(office_email="office@school.example").office_email)


def leads_careers() -> User:
    return TeacherFactory.create(school__role=SchoolMembership.Role.CAREERS_LEADER)


def officer_of_a_partner() -> User:
    user = OfficerFactory.create()
    PartnerMembership.objects.create(user=user, partner=PartnerFactory.create())
    return user


WHO: list[tuple[Callable[[], User], set[str]]] = [
    (UserFactory.create, set()),
    (PartnerMemberFactory.create, OF_PARTNER | SENT | DOCUMENTS),
    (owner, OF_PARTNER | SENT | DOCUMENTS | {"person-joined"}),
    (sole_trader, OF_PARTNER),
    (applicant, {"application-received", "application-declined"}),
    (TeacherFactory.create, SCHOOL),
    (asks_a_school, SCHOOL),
    (leads_careers, SCHOOL | {"staff-waiting"}),
    (office, {"office-asked", "office-told"}),
    (AdviserFactory.create, set()),
    (OfficerFactory.create, SENT | MODERATION),
    (AdministratorFactory.create, SENT | MODERATION),
    (EditorFactory.create, set()),
    (officer_of_a_partner, OF_PARTNER | SENT | DOCUMENTS | MODERATION),
]


def named(client: Client) -> set[str]:
    """The kinds of the page, by the titles that it shows."""
    page = BeautifulSoup(client.get(PAGE).content, "html.parser")
    titles = {each.get_text(strip=True) for each in page.select(".govuk-checkboxes__label, .ff-messagekinds dt")}
    return {kind.slug for kind in KINDS if kind.title in titles}


@pytest.mark.parametrize(("make", "kinds"), WHO, ids=[getattr(make, "__qualname__", "") for make, _ in WHO])
def test_each_reads_of_what_they_get(client: Client, make: Callable[[], User], kinds: set[str]) -> None:
    sign_in(client, make())
    assert named(client) == EVERYBODY | kinds


def test_who_gets_nothing_that_may_be_switched_off_is_not_asked(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(selectors, "KINDS", tuple(kind for kind in KINDS if kind != HELLO))
    sign_in(client, AdviserFactory.create())
    page = BeautifulSoup(client.get(PAGE).content, "html.parser")
    assert page.select_one(f'form[action="{PAGE}"]') is None
    assert "Untick" not in page.text


def test_every_kind_is_somebodys_but_the_one_for_who_has_no_account() -> None:
    of_all = EVERYBODY.union(*(kinds for _, kinds in WHO))
    assert {kind.slug for kind in KINDS} - of_all == {"no-account"}


def test_what_the_page_says_of_partners_is_what_the_sending_says() -> None:
    """`addresses_of` says where a partner is written to; whoever reads that address sees the kinds, and nobody else does."""
    with_people, quiet = PartnerFactory.create(email="a@press.example"), PartnerFactory.create(email="b@press.example")
    PartnerMemberFactory.create(partner=with_people)
    PartnerMemberFactory.create(partner=quiet, is_active=False)
    for address in ("a@press.example", "b@press.example", "c@press.example"):
        UserFactory.create(email=address)
    written_to = {address for partner in (with_people, quiet) for address in partners.addresses_of(partner)}
    says = {user.email for user in User.objects.filter(is_active=True) if partners.is_written_to_for_a_partner(user)}
    assert "b@press.example" in says
    assert says == written_to


@pytest.mark.parametrize("kept_off", [True, False])
def test_a_choice_made_earlier_is_kept_until_the_role_comes_back(client: Client, kept_off: bool) -> None:
    officer = sign_in(client, OfficerFactory.create())
    kind = WAITING_FOR_OFFICERS.slug
    client.post(PAGE, {"shown": [kind], "kind": [] if kept_off else [kind]})
    groups = list(officer.groups.all())
    officer.groups.clear()
    sign_in(client, officer)
    assert kind not in named(client)
    for fields in ({}, {"shown": [kind]}, {"shown": [kind], "kind": [kind]}):
        client.post(PAGE, fields)
        assert is_switched_off(WAITING_FOR_OFFICERS, officer.email) is kept_off
    officer.groups.set(groups)
    sign_in(client, officer)
    assert kind in named(client)
    ticked = f'value="{kind}" aria-describedby="kind-{kind}-hint" checked'
    assert (ticked in client.get(PAGE).content.decode()) is not kept_off


def test_what_somebody_became_since_the_page_was_shown_is_not_switched_off_unseen(client: Client) -> None:
    teacher = sign_in(client, TeacherFactory.create())
    page = BeautifulSoup(client.get(PAGE).content, "html.parser")
    fields: dict[str, Any] = {"shown": [str(each["value"]) for each in page.select("[name=shown]")]}
    PartnerMembership.objects.create(user=teacher, partner=PartnerFactory.create())
    client.post(PAGE, fields)
    assert not is_switched_off(BY_SLUG["still-right"], teacher.email)
    optional = [
        choice.kind.slug for choice in choices_of(teacher.email, capacities_of(teacher)) if choice.kind.optional
    ]
    client.post(PAGE, {"shown": optional})
    assert is_switched_off(BY_SLUG["still-right"], teacher.email)


def test_whoever_has_every_permission_and_no_group_is_not_written_to() -> None:
    assert capacities_of(User.objects.create_superuser("boss@example.org")) == {Capacity.HAS_ACCOUNT}
