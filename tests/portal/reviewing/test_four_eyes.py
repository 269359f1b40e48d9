"""Officers read at /review/ what they may not accept themselves, and who can; administrators have a way that is noted."""

import pytest
from django.test import Client

from accounts.models import User
from opportunities.models import Opportunity
from partners.models import Partner, PartnerMembership
from tests.factories import AdministratorFactory, OfficerFactory
from tests.people import sign_in
from tests.portal.moderated import again, sent
from tests.portal.reviewing.pages import form_of, page_of, send

pytestmark = pytest.mark.django_db
MARK = "Somebody else has to accept this"


def test_an_officer_who_acts_for_the_partner_reads_why_not_and_who_can(
    client: Client, officer: User, member: User, partner: Partner, live: Opportunity
) -> None:
    PartnerMembership.objects.create(user=officer, partner=partner)
    OfficerFactory.create(first_name="Bea", last_name="Other")
    state = sent(live, member, summary="Said anew.")
    answer = page_of(client, state)
    assert [each["value"] for each in answer.page.select("[name=verdict]")] == ["return"]
    said = answer.one(".ff-verdict").get_text(" ", strip=True)
    assert f"You act for {partner}, so somebody else has to make this public. Bea Other can accept it." in said
    assert MARK in client.get("/review/").content.decode()
    for verdict in ("accept", "accept-alone"):
        form = form_of(client, state)
        form["verdict"] = verdict
        answer = send(client, form)
        assert "Bea Other can accept it." in answer.one(".govuk-error-summary").text
        assert again(live).summary != "Said anew."


def test_an_officer_without_a_tie_sees_nothing_of_it(
    client: Client, officer: User, member: User, live: Opportunity
) -> None:
    state = sent(live, member, summary="Said anew.")
    assert "somebody else has to" not in page_of(client, state).page.text
    assert MARK not in client.get("/review/").content.decode()


def test_an_administrator_accepts_alone_by_choosing_so_and_all_read_it_afterwards(
    client: Client, member: User, partner: Partner, live: Opportunity
) -> None:
    boss = sign_in(client, AdministratorFactory.create(first_name="Ann", last_name="Head"))
    PartnerMembership.objects.create(user=boss, partner=partner)
    state = sent(live, boss, summary="Said anew.")
    answer = page_of(client, state)
    assert [each["value"] for each in answer.page.select("[name=verdict]")] == ["accept-alone", "return"]
    assert "Its history then says that nobody else looked." in answer.one("#verdict_0-hint").text
    form = form_of(client, state)
    form["verdict"] = "accept"
    assert "Nobody else can at the moment" in send(client, form).one(".govuk-error-summary").text
    form["verdict"] = "accept-alone"
    send(client, form)
    assert again(live).summary == "Said anew."
    later = sent(live, member, summary="Third.")
    assert "Accepted alone, as an administrator" in page_of(client, later).page.get_text(" ", strip=True)
