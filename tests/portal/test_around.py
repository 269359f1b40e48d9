"""Sites and contacts of a partner: public as soon as they are saved, kept while something happens there."""

import pytest
from wagtail.models import ModelLogEntry

from opportunities.models import Opportunity
from partners.models import Contact, Partner, Site
from taxonomy.models import AccessFeature
from tests.factories import ContactFactory, OpportunityFactory, PartnerFactory, SiteFactory, term
from tests.portal.pages import Portal

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal() -> Portal:
    return Portal(PartnerFactory.create(name="Tallowgate Print Rooms"))


def history(partner: Partner) -> list[tuple[str, object, dict[str, object]]]:
    entries = ModelLogEntry.objects.filter(object_id=str(partner.pk)).order_by("timestamp", "pk")
    return [(entry.action, entry.user, entry.data) for entry in entries if entry.content_type.model_class() is Partner]


class TestSites:
    """Where a partner is."""

    def test_one_is_added_placed_and_written_down(self, portal: Portal) -> None:
        form = portal.form("page/sites/add/")
        form["name"], form["postcode"] = "Main stage", "E1 6AN"
        form["access_features"] = form.offered("access_features")[:2]
        assert "Main stage is saved" in portal.send(form).said
        site = Site.objects.get()
        assert (site.partner, site.outward_code_id, site.access_features.count()) == (portal.partner, "E1", 2)
        assert history(portal.partner) == [("partners.edit_details", portal.user, {"site": "Main stage"})]

    def test_one_is_changed_with_what_it_has(self, portal: Portal) -> None:
        site = SiteFactory.create(partner=portal.partner, access=["step-free"])
        form = portal.form(f"page/sites/{site.pk}/")
        loop = term(AccessFeature, "hearing-loop")
        form["name"], form["access_features"] = "Attic", [loop.pk]
        portal.send(form)
        changed = Site.objects.get()
        assert (changed.name, list(changed.access_features.all())) == ("Attic", [loop])

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("name", "", "Type a name for the site"),
            ("name", "Attic", "Another site of yours has this name"),
            ("postcode", "", "Type the postcode of the site."),
            ("postcode", "E1", "postcode"),
            ("postcode", "ZZ99 9ZZ", "ZZ99"),
            ("order", "-1", "greater than or equal to 0"),
            ("order", "9" * 30, "less than or equal to"),
            ("order", "first", "Type a whole number."),
            ("access_features", ["999999"], "not one of the available choices"),
        ],
    )
    def test_what_cannot_be_is_said_and_nothing_is_saved(
        self, portal: Portal, field: str, value: object, said: str
    ) -> None:
        SiteFactory.create(partner=portal.partner, name="Attic")
        form = portal.form("page/sites/add/")
        form["name"], form["postcode"], form["order"] = "Main stage", "E1 6AN", "1"
        form[field] = value
        page = portal.send(form)
        assert [error for error in page.errors if said.lower() in error.lower()], page.errors
        assert Site.objects.count() == 1

    def test_one_where_something_happens_stays_and_says_what(self, portal: Portal) -> None:
        site = SiteFactory.create(partner=portal.partner)
        OpportunityFactory.create(title="Set, ink, pull", offered_by=portal.partner, site=site)
        secret = OpportunityFactory.create(title="A secret plan", site=site, live=False)
        page = portal.post(f"page/sites/{site.pk}/remove/")
        assert "“Set, ink, pull”; a draft of another partner" in page.text
        assert secret.title not in page.text
        assert not page.soup.select("main form")
        assert Site.objects.filter(pk=site.pk).exists()

    def test_a_draft_that_moves_there_keeps_it_too(self, portal: Portal) -> None:
        site = SiteFactory.create(partner=portal.partner)
        opportunity = OpportunityFactory.create(title="Set, ink, pull", offered_by=portal.partner)
        draft = Opportunity.objects.get(pk=opportunity.pk).get_latest_revision_as_object()
        draft.site = site
        draft.save_revision()
        assert "“Set, ink, pull”" in portal.post(f"page/sites/{site.pk}/remove/").text
        assert Site.objects.filter(pk=site.pk).exists()

    def test_one_that_nothing_needs_goes_after_a_question(self, portal: Portal) -> None:
        site = SiteFactory.create(partner=portal.partner, name="Attic")
        assert "Remove the site Attic?" in portal.open(f"page/sites/{site.pk}/remove/").text
        assert Site.objects.exists()
        assert "Attic is removed" in portal.post(f"page/sites/{site.pk}/remove/").said
        assert not Site.objects.exists()
        assert history(portal.partner)[-1][2] == {"removed_site": "Attic"}


class TestContacts:
    """Whom to ask."""

    def test_one_is_added_hidden_unless_they_say_so(self, portal: Portal) -> None:
        form = portal.form("page/contacts/add/")
        form["name"], form["telephone"] = "Robin Hale", "020 7946 0112"
        portal.send(form)
        contact = Contact.objects.get()
        assert (contact.partner, contact.is_public) == (portal.partner, False)
        assert history(portal.partner) == [("partners.edit_details", portal.user, {"contact": contact.pk})]

    @pytest.mark.parametrize(
        ("fields", "said"),
        [
            ({"name": ""}, "Type the person’s name."),
            ({"email": "robin"}, "Type a whole e-mail address"),
            ({"email": "", "telephone": ""}, "so that they can be reached"),
            ({"telephone": "1" * 31}, "30 characters"),
        ],
    )
    def test_what_cannot_be_is_said(self, portal: Portal, fields: dict[str, str], said: str) -> None:
        form = portal.form("page/contacts/add/")
        for name, value in ({"name": "Robin Hale", "email": "robin@example.org"} | fields).items():
            form[name] = value
        page = portal.send(form)
        assert [error for error in page.errors if said in error], page.errors
        assert not Contact.objects.exists()

    def test_one_is_changed_and_deleted_and_the_history_names_nobody(self, portal: Portal) -> None:
        contact = ContactFactory.create(partner=portal.partner, name="Robin Hale")
        form = portal.form(f"page/contacts/{contact.pk}/")
        form["is_public"] = True
        portal.send(form)
        assert Contact.objects.get().is_public
        portal.open(f"page/contacts/{contact.pk}/remove/")
        assert Contact.objects.exists()
        portal.post(f"page/contacts/{contact.pk}/remove/")
        assert not Contact.objects.exists()
        assert "Robin" not in str(history(portal.partner))


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "path", ["sites/{site}/", "sites/{site}/remove/", "contacts/{contact}/", "contacts/{contact}/remove/"]
)
@pytest.mark.parametrize("place", ["theirs", "mine"])
def test_what_is_another_partner_s_is_neither_read_nor_changed(
    portal: Portal, method: str, path: str, place: str
) -> None:
    """Neither by the other partner's address nor by naming its objects in one's own."""
    other = PartnerFactory.create()
    site, contact = SiteFactory.create(partner=other), ContactFactory.create(partner=other, name="Robin Hale")
    whose = other if place == "theirs" else portal.partner
    address = f"/portal/{whose.pk}/page/" + path.format(site=site.pk, contact=contact.pk)
    response = getattr(portal.client, method)(
        address, {"name": "Mine", "postcode": "E1 6AN", "order": 0, "email": "a@example.org"}
    )
    assert response.status_code == 404
    assert "Robin" not in response.content.decode()
    assert (Site.objects.get().name, Contact.objects.get().name) == (site.name, "Robin Hale")
