"""A partner's own page: written as a draft, looked at, sent, returned, taken back; by its own people only."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from partners.models import Partner
from partners.selectors import state_of
from partners.states import PublishingState
from tests.factories import ContactFactory, OfficerFactory, OpportunityFactory, PartnerFactory, SiteFactory
from tests.partners.moderating import again, answer
from tests.portal.pages import Page, Portal

pytestmark = pytest.mark.django_db


def draft(partner: Partner) -> Partner:
    found: Partner = again(partner).get_latest_revision_as_object()
    return found


def write(portal: Portal, then: str = "draft", **fields: object) -> Page:
    form = portal.form("page/edit/")
    for name, value in fields.items():
        form[name] = value
    return portal.send(form, then=then)


def picture(name: str = "logo.png", kind: str = "PNG") -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue())


@pytest.fixture
def portal() -> Portal:
    partner = PartnerFactory.create(name="Tallowgate Print Rooms", sectors=["law"], website="https://tallow.example/")
    return Portal(partner)


class TestWriting:
    """What is written is a draft until an officer accepts it."""

    def test_a_draft_is_kept_and_the_public_reads_what_it_read(self, portal: Portal) -> None:
        sectors = portal.form("page/edit/").offered("sectors")
        page = write(portal, name="Tallowgate Press", description="One.\n\nTwo.", sectors=sectors[:2])
        assert page.address == portal.at("page/")
        assert "kept as a draft" in page.said
        assert "Live, with a draft" in page.text
        assert again(portal.partner).name == "Tallowgate Print Rooms"
        kept = draft(portal.partner)
        assert (kept.name, kept.description) == ("Tallowgate Press", "One.\n\nTwo.")
        assert {str(term.pk) for term in kept.sectors.all()} == set(sectors[:2])
        assert [tag.slug for tag in again(portal.partner).sectors.all()] == ["law"]

    def test_the_form_shows_the_latest_draft_as_it_was_written(self, portal: Portal) -> None:
        write(portal, summary="A sentence.", telephone="020 7946 0112", has_employees=True)
        form = portal.form("page/edit/")
        assert (form["summary"], form["telephone"], form["has_employees"]) == ("A sentence.", "020 7946 0112", "on")

    def test_a_draft_may_lack_its_sentence_and_is_not_sent_without_it(self, portal: Portal) -> None:
        assert "kept as a draft" in write(portal, summary="").said
        page = write(portal, "send", summary="")
        assert page.errors == ["Say in one sentence what you are or do. It stands on every card of yours."]
        assert "It is not sent yet" in page.text
        assert state_of(again(portal.partner)) is PublishingState.LIVE_WITH_DRAFT

    @pytest.mark.parametrize(
        ("field", "value", "said"),
        [
            ("name", "", "Type the name of your organisation."),
            ("kind", "circus", "Choose one from the list."),
            ("website", "not an address", "Type the whole address of your website"),
            ("email", "nobody", "Type a whole e-mail address"),
            ("summary", "x" * 201, "200 characters"),
            ("name", "a\x00b", "Null characters"),
            ("sectors", ["999999"], "999999 is not one of the available choices"),
            ("sectors", [str(10**30)], "valid"),
            ("has_employees", False, "Only self-employed professionals and volunteer groups"),
        ],
    )
    def test_what_cannot_be_is_said_by_its_field_and_nothing_typed_is_lost(
        self, portal: Portal, field: str, value: object, said: str
    ) -> None:
        form = portal.form("page/edit/")
        form[field] = value
        form["telephone"] = "020 7946 0999"
        page = portal.send(form, then="draft")
        assert [error for error in page.errors if said in error], page.errors
        assert 'value="020 7946 0999"' in page.response.content.decode()
        assert again(portal.partner).latest_revision is None

    def test_the_preview_is_the_public_page_of_the_draft(self, portal: Portal) -> None:
        page = write(portal, "preview", name="Tallowgate Press")
        assert page.address == portal.at("page/preview/")
        assert "Tallowgate Press" in page.one("h1").text
        assert "The public does not see it now" in page.text
        public = Page(portal.client.get(portal.partner.get_absolute_url()))
        assert "Tallowgate Print Rooms" in public.one("h1").text
        assert "The public does not see it now" not in public.text

    def test_the_preview_says_so_where_there_is_no_draft(self, portal: Portal) -> None:
        assert "This is what the public sees now." in portal.open("page/preview/").text

    def test_what_differs_from_the_public_page_is_marked(self, portal: Portal) -> None:
        write(portal, telephone="020 7946 0112")
        rows = portal.open("page/").soup.select(".govuk-summary-list__row")
        changed = [row.dt.get_text(strip=True) for row in rows if row.dt and "Changed" in row.get_text()]
        assert changed == ["Telephone for the public"]


class TestTwoAtOnce:
    """The second of two who write does not undo the first without knowing."""

    def test_theirs_is_shown_and_mine_is_kept(self, portal: Portal) -> None:
        mine = portal.form("page/edit/")
        colleague = Portal(portal.partner)
        write(colleague, summary="Theirs.")
        mine["summary"] = "Mine."
        page = portal.send(mine, then="draft")
        assert "Somebody else has saved this page while you wrote" in page.errors[0]
        assert page.one(".ff-theirs").get_text(" ", strip=True) == "In one sentence Theirs."
        assert page.one("textarea[name=summary]").text.strip() == "Mine."
        assert draft(portal.partner).summary == "Theirs."

    def test_saving_again_after_reading_goes_through(self, portal: Portal) -> None:
        mine = portal.form("page/edit/")
        write(Portal(portal.partner), summary="Theirs.")
        mine["summary"] = "Mine."
        again_form = type(mine)(portal.send(mine, then="draft").soup, mine.address)
        page = portal.send(again_form, then="draft")
        assert "kept as a draft" in page.said
        assert draft(portal.partner).summary == "Mine."

    @pytest.mark.parametrize("seen", ["", "abc", "-1", "9" * 40])
    def test_a_form_that_does_not_say_what_it_showed_overwrites_nothing(self, portal: Portal, seen: str) -> None:
        write(portal, summary="First.")
        form = portal.form("page/edit/")
        form["seen"] = seen
        form["summary"] = "Second."
        assert portal.send(form, then="draft").errors
        assert draft(portal.partner).summary == "First."


class TestOfficers:
    """Sent, taken back, returned, accepted."""

    def test_sent_it_waits_and_can_only_be_taken_back(self, portal: Portal) -> None:
        page = write(portal, "send", summary="New.")
        assert "with the officers" in page.said
        assert "Being checked" in page.text
        assert not page.links("Change your page")
        assert portal.open("page/edit/").address == portal.at("page/")
        assert "taken your page back" in portal.post("page/take-back/").said
        assert portal.open("page/").links("Change your page")

    def test_what_is_typed_while_a_colleague_sends_is_kept_in_the_form(self, portal: Portal) -> None:
        form = portal.form("page/edit/")
        write(Portal(portal.partner), "send", summary="Theirs.")
        form["summary"] = "Mine."
        page = portal.send(form, then="draft")
        assert page.errors == ["This is with the officers. Take it back first, then change it."]
        assert page.one("textarea[name=summary]").text.strip() == "Mine."

    def test_returned_it_says_why_and_is_mended(self, portal: Portal) -> None:
        write(portal, "send", summary="New.")
        answer(portal.partner, "reject", "Say which press.")
        page = portal.open("page/")
        assert "Changes asked for" in page.text
        assert "Say which press." in page.text
        write(portal, "send", summary="An Albion press.")
        answer(portal.partner, "approve")
        assert again(portal.partner).summary == "An Albion press."
        assert "Nothing has changed" in portal.post("page/send/").said

    def test_the_button_beside_the_draft_sends_it_once(self, portal: Portal) -> None:
        write(portal, summary="New.")
        assert "with the officers" in portal.post("page/send/").said
        assert "Take it back first" in portal.post("page/send/").said

    def test_the_button_says_by_the_form_what_is_missing(self, portal: Portal) -> None:
        write(portal, summary="", telephone="020 7946 0112")
        page = portal.post("page/send/")
        assert page.errors == ["Say in one sentence what you are or do. It stands on every card of yours."]
        assert page.one("#telephone")["value"] == "020 7946 0112"

    def test_nothing_is_taken_back_twice(self, portal: Portal) -> None:
        assert "taken back before" in portal.post("page/take-back/").said

    def test_what_officers_locked_is_not_changed(self, portal: Portal) -> None:
        portal.partner.locked, portal.partner.locked_by = True, OfficerFactory.create()
        portal.partner.save()
        page = portal.open("page/edit/")
        assert "An officer has locked this" in page.said
        assert page.address == portal.at("page/")


class TestPicture:
    """A picture is known by its content, and belongs to the draft."""

    def test_it_is_kept_with_the_draft_and_taken_off_again(self, portal: Portal) -> None:
        form = portal.form("page/edit/")
        portal.send(form, then="draft", picture=picture())
        assert draft(portal.partner).image
        assert again(portal.partner).image is None
        write(portal, no_picture=True)
        assert draft(portal.partner).image is None

    @pytest.mark.parametrize(
        "file",
        [
            SimpleUploadedFile("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            SimpleUploadedFile("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            SimpleUploadedFile("logo.png", b"MZ\x90\x00"),
            picture("logo.png", "JPEG"),
            picture("logo.png.exe"),
            SimpleUploadedFile("logo.png", b""),
        ],
        ids=["svg-inside", "svg", "program", "other-content", "two-endings", "empty"],
    )
    def test_what_is_no_picture_is_refused_with_what_to_do(self, portal: Portal, file: SimpleUploadedFile) -> None:
        file.seek(0)
        page = portal.send(portal.form("page/edit/"), then="draft", picture=file)
        assert page.errors == [
            "This is not a picture that we can use. Choose a JPEG, PNG, WebP or AVIF picture of at most 10 MB."
        ]
        assert again(portal.partner).latest_revision is None

    def test_a_picture_with_more_points_than_any_camera_takes_is_refused(self, portal: Portal) -> None:
        out = io.BytesIO()
        Image.new("1", (9_000, 9_000)).save(out, "PNG")
        bomb = SimpleUploadedFile("bomb.png", out.getvalue())
        assert portal.send(portal.form("page/edit/"), then="draft", picture=bomb).errors


class TestWhose:
    """Each partner's people write its own page, and nobody else's."""

    PATHS = ("page/", "page/edit/", "page/preview/")

    @pytest.mark.parametrize("path", PATHS)
    def test_another_partner_s_draft_is_not_there(self, portal: Portal, path: str) -> None:
        other = Portal(PartnerFactory.create(name="Others"))
        write(other, summary="Secret.")
        response = portal.client.get(other.at(path))
        assert response.status_code == 404
        assert "Secret." not in response.content.decode()

    @pytest.mark.parametrize("path", ["page/edit/", "page/send/", "page/take-back/"])
    def test_nothing_of_another_partner_is_changed(self, portal: Portal, path: str) -> None:
        other = PartnerFactory.create(name="Others", has_unpublished_changes=True)
        fields = {"name": "Mine now", "kind": "business", "has_employees": "on", "summary": "x", "then": "send"}
        assert portal.client.post(f"/portal/{other.pk}/{path}", fields).status_code == 404
        assert again(other).latest_revision is None
        assert state_of(again(other)) is PublishingState.LIVE_WITH_DRAFT

    def test_a_get_changes_nothing(self, portal: Portal) -> None:
        write(portal, summary="New.")
        for path in ("page/send/", "page/take-back/"):
            assert portal.client.get(portal.at(path)).status_code == 405
        for path in self.PATHS:
            portal.open(path)
        assert state_of(again(portal.partner)) is PublishingState.LIVE_WITH_DRAFT

    def test_the_page_costs_the_same_with_many_sites_and_people(self, portal: Portal) -> None:
        SiteFactory.create(partner=portal.partner, access=["step-free"])
        ContactFactory.create(partner=portal.partner)
        portal.open("page/")
        with CaptureQueriesContext(connection) as few:
            portal.open("page/")
        for site in SiteFactory.create_batch(5, partner=portal.partner, access=["step-free", "hearing-loop"]):
            OpportunityFactory.create(site=site, offered_by=portal.partner)
        ContactFactory.create_batch(5, partner=portal.partner)
        with CaptureQueriesContext(connection) as many:
            portal.open("page/")
        assert len(many) == len(few)
