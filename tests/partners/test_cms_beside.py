"""What is kept beside a partner in the CMS: sites, documents, recognitions, people."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partners.models import Assurance, Partner, PartnerRecognition, Site
from taxonomy.models import AccessFeature, Recognition
from tests.cms import Desk, address_of
from tests.factories import (
    AssuranceFactory,
    OfficerFactory,
    PartnerFactory,
    PartnerRecognitionFactory,
    SiteFactory,
    UserFactory,
    term,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(OfficerFactory.create())


class TestKeptBesideIt:
    """Sites, documents and recognitions have lists of their own, reached from the partner."""

    def test_the_partner_page_lists_them_with_links(self, desk: Desk) -> None:
        partner = PartnerFactory.create()
        site, document = SiteFactory.create(partner=partner, name="The works"), AssuranceFactory.create(partner=partner)
        page = str(desk.open(address_of(Partner, "edit", partner)).page)
        assert reverse("site:edit", args=[site.pk]) in page
        assert reverse("assurance:edit", args=[document.pk]) in page
        assert f"{reverse('site:add')}?partner={partner.pk}" in page
        assert "Public liability insurance: in date" in page

    def test_a_site(self, desk: Desk) -> None:
        partner = PartnerFactory.create()
        form = desk.form(f"{reverse('site:add')}?partner={partner.pk}")
        assert form["partner"] == str(partner.pk), "already chosen"
        form["name"], form["postcode"] = "The works", "EC9 1AA"
        assert "There is no postcode that starts with EC9" in desk.send(form).errors["postcode"][0]
        loop = term(AccessFeature, "hearing-loop")
        form["postcode"], form["access_features"] = "ec2y 8ds", [loop.pk]
        assert desk.send(form).errors == {}
        site = Site.objects.get()
        assert (site.outward_code_id, list(site.access_features.all())) == ("EC2Y", [loop])
        assert Desk(desk.user).send(form).errors, "the same name twice"

    def test_a_document_is_seen_by_who_records_it(self, desk: Desk) -> None:
        partner = PartnerFactory.create()
        form = desk.form(f"{reverse('assurance:add')}?partner={partner.pk}")
        assert "seen_by" not in form.fields
        form["kind"], form["seen_on"] = "vetting", f"{timezone.localdate()}"
        assert "last day" in desk.send(form).errors["expires"][0]
        form["expires"] = f"{timezone.localdate() + timedelta(days=30)}"
        assert desk.send(form).errors == {}
        document = Assurance.objects.get()
        assert (document.seen_by, document.kind) == (desk.user, "vetting")
        assert "Recorded a document as seen" in desk.open(address_of(Partner, "history", partner)).page.text
        other = Desk(OfficerFactory.create())
        form = other.form(reverse("assurance:edit", args=[document.pk]))
        form["note"] = "By telephone."
        other.send(form)
        document.refresh_from_db()
        assert (document.note, document.seen_by) == ("By telephone.", desk.user)

    def test_a_recognition_is_confirmed_by_who_records_it_and_a_retired_one_is_not_offered(self, desk: Desk) -> None:
        partner = PartnerFactory.create()
        held = PartnerRecognitionFactory.create(partner=partner, slug="artsmark")
        Recognition.objects.filter(slug__in=["artsmark", "matrix"]).update(active=False)
        form = desk.form(f"{reverse('recognition_held:add')}?partner={partner.pk}")
        retired = {str(term(Recognition, slug).pk) for slug in ("artsmark", "matrix")}
        assert not retired & set(form.offered("recognition"))
        form["recognition"] = term(Recognition, "living-wage").pk
        assert desk.send(form).errors == {}
        assert PartnerRecognition.objects.get(recognition__slug="living-wage").confirmed_by == desk.user
        form = desk.form(reverse("recognition_held:edit", args=[held.pk]))
        assert set(form.offered("recognition")) & retired == {str(held.recognition_id)}
        form["expires"] = "2030-01-01"
        assert desk.send(form).errors == {}

    def test_people_are_named_by_their_address(self, desk: Desk) -> None:
        partner, member = PartnerFactory.create(), UserFactory.create(email="robin@example.org")
        form = desk.form(f"{reverse('partner_membership:add')}?partner={partner.pk}")
        form["role"] = "owner"
        form["user"] = "nobody@example.org"
        assert "Nobody signs in with that address" in desk.send(form).errors["user"][0]
        form["user"] = "Robin@Example.org"
        assert desk.send(form).errors == {}
        assert partner.memberships.get().user == member
        form = desk.form(reverse("partner_membership:edit", args=[partner.memberships.get().pk]))
        assert form["user"] == "robin@example.org"
