"""The first page of the portal: for whom somebody acts."""

import pytest
from django.test import Client
from django.utils import timezone

from partners.models import PartnerMembership
from tests.cms import Answer
from tests.factories import EditorFactory, OfficerFactory, PartnerFactory, PartnerMemberFactory, UserFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db


def test_somebody_of_one_partner_goes_straight_to_its_page(client: Client) -> None:
    partner = PartnerFactory.create(name="Foundry Lane Press")
    sign_in(client, PartnerMemberFactory.create(partner=partner))
    page = client.get("/portal/", follow=True)
    assert page.request["PATH_INFO"] == f"/portal/{partner.pk}/"
    assert "Signed in for" in page.content.decode()
    assert "Foundry Lane Press" in page.content.decode()


def test_somebody_of_several_partners_chooses(client: Client) -> None:
    partner, other, third = (PartnerFactory.create(name=name) for name in ("Alder Hall", "Birch Works", "Cedar House"))
    user = PartnerMemberFactory.create(partner=partner)
    PartnerMembership.objects.create(user=user, partner=other)
    sign_in(client, user)
    page = client.get("/portal/").content.decode()
    assert "Alder Hall" in page
    assert "Birch Works" in page
    assert third.name not in page


def test_who_serves_no_partner_is_told_so(client: Client) -> None:
    sign_in(client, UserFactory.create())
    assert "You do not publish for a partner yet" in client.get("/portal/").content.decode()


def test_officers_find_what_waits_and_the_cms_and_editors_the_cms_alone(client: Client) -> None:
    for factory, leads in ((OfficerFactory, ["/review/", "/admin/"]), (EditorFactory, ["/admin/"])):
        sign_in(client, factory.create())
        answer = Answer(client.get("/portal/"))
        assert [each["href"] for each in answer.page.select("main a")] == leads


def test_another_partner_or_a_suspended_one_is_not_there(client: Client) -> None:
    partner = PartnerFactory.create()
    sign_in(client, PartnerMemberFactory.create(partner=partner))
    assert client.get(f"/portal/{PartnerFactory.create().pk}/").status_code == 404
    partner.suspended_at = timezone.now()
    partner.save()
    assert client.get(f"/portal/{partner.pk}/").status_code == 404
