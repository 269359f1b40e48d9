"""Saying that all is still right: one button, in the portal or by a link that a mail scanner may open as it likes."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from notices.models import Notice
from partners import services, still_right
from partners.models import Partner
from tests.directory.reading import Page
from tests.factories import (
    AssuranceFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    SiteFactory,
    UserFactory,
)
from tests.people import sign_in
from tests.reminding import at, run_on

pytestmark = pytest.mark.django_db

GONE = "This link does not work any more"


@pytest.fixture
def partner() -> Partner:
    long_ago = timezone.localdate() - timedelta(days=170)
    return PartnerFactory.create(name="Foundry Lane Press", confirmed_on=long_ago, website="https://press.example/")


def again(partner: Partner) -> Partner:
    return Partner.objects.get(pk=partner.pk)


def link(partner: Partner) -> str:
    return f"/still-right/{still_right.sign(again(partner))}/"


def test_the_page_says_whose_it_is_what_is_public_and_when_it_was_confirmed(client: Client, partner: Partner) -> None:
    OpportunityFactory.create(title="Set, ink, pull", offered_by=partner)
    OpportunityFactory.create(title="Only a draft", offered_by=partner, live=False)
    SiteFactory.create(partner=partner, name="The works")
    AssuranceFactory.create(partner=partner)
    page = Page(client.get(link(partner)))
    assert page.heading == "Is everything still right?"
    for words in ("Foundry Lane Press", f"{partner.confirmed_on:%-d %B %Y}", "https://press.example/", "Set, ink, pull", "The works",
                  "Public liability insurance"):  # fmt: skip
        assert words in page.html
    assert "Only a draft" not in page.html
    main = page.html.partition("<main")[2].partition("</main>")[0]
    assert main.count("<button") == main.count("<form") == 1
    assert f'href="/portal/{partner.pk}/"' in main


@pytest.mark.parametrize("how", ["get", "head", "options"])
def test_a_mail_scanner_that_opens_the_link_changes_nothing(client: Client, partner: Partner, how: str) -> None:
    address = link(partner)
    for _ in range(3):
        getattr(client, how)(address)
    assert again(partner).confirmed_on == partner.confirmed_on
    assert not ModelLogEntry.objects.exists()
    assert client.get(address).status_code == 200


def test_the_button_confirms_once(client: Client, partner: Partner) -> None:
    address = link(partner)
    response = client.post(address)
    assert (response.status_code, response["Location"]) == (303, "/still-right/thanks/")
    assert Page(client.get(response["Location"])).heading == "Thank you for confirming"
    assert again(partner).confirmed_on == timezone.localdate()
    entry = ModelLogEntry.objects.get()
    assert (entry.action, entry.user) == ("partners.confirm", None)
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 404
        assert GONE in answer.content.decode()
    assert ModelLogEntry.objects.count() == 1


def test_a_button_without_the_pages_own_token_is_refused(partner: Partner) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link(partner)).status_code == 403
    assert again(partner).confirmed_on == partner.confirmed_on


def altered(partner: Partner, other: Partner) -> dict[str, str]:
    good, others = still_right.sign(partner), still_right.sign(other)
    name, stamp, signature = good.split(":")
    return {
        "cut": good[:-1],
        "longer": f"{good}x",
        "another partner's number": f"{others.split(':')[0]}:{stamp}:{signature}",
        "another moment": f"{name}:{others.split(':')[1]}x:{signature}",
        "another signature": f"{name}:{stamp}:{others.split(':')[2]}",
        "for something else": still_right.signing.TimestampSigner(salt="else").sign(name),
        "no signature": name,
        "nobody": still_right.SIGNER.sign("999999.never"),
        "nothing": "x",
        "long": "9" * 5000,
    }


@pytest.mark.parametrize("how", list(altered(Partner(pk=1), Partner(pk=2))))
def test_an_altered_link_tells_nothing_and_changes_nothing(client: Client, partner: Partner, how: str) -> None:
    address = f"/still-right/{altered(partner, PartnerFactory.create(name='Other Hall'))[how]}/"
    for answer in (client.get(address), client.post(address)):
        page = answer.content.decode()
        assert answer.status_code == 404
        assert GONE in page
        assert "Foundry" not in page
        assert "Other Hall" not in page
    assert again(partner).confirmed_on == partner.confirmed_on


def test_a_link_lives_for_thirty_days(client: Client, partner: Partner) -> None:
    address = link(partner)
    with time_machine.travel(timezone.now() + timedelta(days=30) - timedelta(minutes=1)):
        assert client.get(address).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(days=30, minutes=1)):
        assert client.post(address).status_code == 404
    assert again(partner).confirmed_on == partner.confirmed_on


@pytest.mark.parametrize("gone", ["suspended", "unpublished", "confirmed by another"])
def test_a_partner_that_is_not_there_to_be_confirmed(client: Client, partner: Partner, gone: str) -> None:
    address = link(partner)
    if gone == "suspended":
        services.suspend(again(partner), OfficerFactory.create(), "We are asking what happened.")
    elif gone == "unpublished":
        services.unpublish(again(partner))
    else:
        services.confirm(again(partner), UserFactory.create())
    before = again(partner).confirmed_on
    for answer in (client.get(address), client.post(address)):
        assert answer.status_code == 404
        assert "Foundry" not in answer.content.decode()
    assert again(partner).confirmed_on == before


def test_the_message_that_it_is_hidden_leads_back(client: Client) -> None:
    partner = PartnerFactory.create(confirmed_on=at(0).date(), email="hello@press.example")
    run_on(181, 209)
    notice = Notice.objects.get(kind="page-hidden")
    [address] = [line for line in notice.text.splitlines() if "/still-right/" in line]
    with time_machine.travel(at(210)):
        assert "since" in Page(client.get(urlsplit(address).path)).html
        assert client.post(urlsplit(address).path).status_code == 303
    assert again(partner).is_public


class TestInThePortal:
    """The same, signed in."""

    def test_its_people_confirm_by_a_button(self, client: Client, partner: Partner) -> None:
        member = sign_in(client, PartnerMemberFactory.create(partner=partner))
        address = f"/portal/{partner.pk}/confirm/"
        assert client.get(address).status_code == 405
        response = client.post(address)
        assert (response.status_code, response["Location"]) == (303, f"/portal/{partner.pk}/")
        assert again(partner).confirmed_on == timezone.localdate()
        assert ModelLogEntry.objects.get().user == member

    def test_nobody_else_does(self, client: Client, partner: Partner) -> None:
        address = f"/portal/{partner.pk}/confirm/"
        assert client.post(address)["Location"].startswith("/sign-in/")
        for make in (UserFactory, OfficerFactory, PartnerMemberFactory):
            sign_in(client, make.create())
            assert client.post(address).status_code == 404
        assert again(partner).confirmed_on == partner.confirmed_on

    def test_the_overview_says_how_it_stands(self, client: Client, partner: Partner) -> None:
        """Asked, warned, hidden, and back so late that an officer looks first."""
        sign_in(client, PartnerMemberFactory.create(partner=partner))
        OpportunityFactory.create(title="Set, ink, pull", offered_by=partner)
        overview, today = f"/portal/{partner.pk}/", timezone.localdate()
        main = client.get(overview).content.decode()
        assert f'action="/portal/{partner.pk}/confirm/"' in main
        assert "no longer sees" not in main
        Partner.objects.filter(pk=partner.pk).update(warned_on=today)
        assert f"from {today + timedelta(days=28):%-d %B %Y}" in client.get(overview).content.decode()
        Partner.objects.filter(pk=partner.pk).update(hidden_on=today - timedelta(days=366))
        page = client.get(overview).content.decode()
        assert "One click shows them again as they were." in page
        assert "Taken down" in page
        client.post(f"{overview}confirm/")
        assert "An officer has a look first" in client.get(overview).content.decode()
