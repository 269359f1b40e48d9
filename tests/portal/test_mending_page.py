"""What officers returned of a partner's own page is mended beside their comments, on one page, and sent again."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from partners import services
from partners.aspects import PARTNER_ASPECTS
from partners.models import Partner
from partners.moderation import accept, return_with_comments
from partners.selectors import under_review
from tests.cms import Form
from tests.factories import OfficerFactory, PartnerFactory
from tests.portal.moderated import again, redraft, sent
from tests.portal.pages import Page, Portal
from tests.portal.test_details import draft, picture, write

pytestmark = pytest.mark.django_db
ALL = tuple(aspect.slug for aspect in PARTNER_ASPECTS)
HERE = "page/returned/"
NOT_THEIRS = {"reference", "dates"}


@pytest.fixture
def portal() -> Portal:
    return Portal(PartnerFactory.create(name="Tallowgate Print Rooms", sectors=["law"], live=False))


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create(first_name="Ada", last_name="Officer")


def ask(portal: Portal, officer: User, *slugs: str, **fields: Any) -> Form:
    """The page is sent and returned with a comment on each of these; the form that says so."""
    state = sent(portal.partner, portal.user, **fields)
    return_with_comments(portal.partner, state.revision, officer, dict.fromkeys(slugs, "Mend it."), "Nearly.")
    return portal.form(HERE)


def form_of(page: Page) -> Form:
    return Form(page.soup, page.address)


def reviewed(partner: Partner) -> Any:
    """What waits for officers."""
    return under_review(again(partner))


def test_comments_are_mended_right_there_and_sent_again(portal: Portal, officer: User) -> None:
    form = ask(portal, officer, "summary", "telephone", "sectors", summary="Come.", telephone="020 7946 0112")
    form["summary"], form["sectors"] = "We print by hand.", []
    page = portal.send(form, then="save")
    assert page.address == portal.at(HERE)
    assert "Saved as a draft." in page.said
    kept = draft(portal.partner)
    assert (kept.summary, kept.telephone, list(kept.sectors.all())) == ("We print by hand.", "020 7946 0112", [])
    assert "You have changed this." in page.one("#asked-summary").text
    assert "Not changed yet." in page.one("#asked-telephone").text
    assert "Come." in page.one("#asked-summary .ff-change__pair").text
    assert "One thing still as it was." in page.text
    page = portal.send(form_of(page), then="send")
    assert page.address == portal.at("page/")
    assert "Sent again." in page.said
    accept(portal.partner, reviewed(portal.partner).revision, officer)
    assert again(portal.partner).summary == "We print by hand."


def test_every_aspect_that_is_theirs_has_the_fields_of_the_own_form(portal: Portal, officer: User) -> None:
    redraft(portal.partner, portal.user, description="We print.")
    write(portal, picture=picture())
    form = ask(portal, officer, *ALL)
    ours = {"seen", "csrfmiddlewaretoken", "then", "asked"}
    assert {name for name in form.fields if name not in ours} == {
        name for name in portal.form("page/edit/").fields if name not in ours
    }
    soup = portal.open(HERE).soup
    closed = {slug for slug in ALL if not soup.select(f"#asked-{slug} .ff-mend :is(input, select, textarea)")}
    assert closed == NOT_THEIRS
    assert all("an officer keeps it" in soup.select_one(f"#asked-{slug}").text for slug in closed)  # type: ignore[union-attr]  # there


@pytest.mark.parametrize("slug", [slug for slug in ALL if slug not in NOT_THEIRS])
def test_each_alone_is_kept_and_nothing_else_is(portal: Portal, officer: User, slug: str) -> None:
    form = ask(portal, officer, slug, summary="Sent.", description="Sent.")
    typed = {
        "name": "Mine", "kind": "charity", "summary": "Mine.", "description": "Mine.", "website": "https://mine.example/",
        "email": "mine@example.org", "telephone": "020 7946 0999", "has_employees": True, "reference": "X", "live": "on",
    }  # fmt: skip
    before = draft(portal.partner)
    for name, value in typed.items():
        form[name] = value
    files = {"picture": picture()}
    assert "Saved as a draft." in portal.send(form, then="save", **files).said
    after = draft(portal.partner)
    fields = {aspect.slug: aspect.fields[0] for aspect in PARTNER_ASPECTS}
    for name, value in typed.items():
        assert getattr(after, name) == (value if name == fields[slug] else getattr(before, name)), name
    assert (after.image is not None) == (slug == "image")


@pytest.mark.parametrize(
    ("slug", "field", "value", "said"),
    [
        ("name", "name", "", "Type the name of your organisation."),
        ("kind", "kind", "circus", "Choose one from the list."),
        ("website", "website", "not an address", "Type the whole address of your website"),
        ("email", "email", "nobody", "Type a whole e-mail address"),
        ("summary", "summary", "x" * 201, "200 characters"),
        ("summary", "summary", "a\x00b", "Null characters"),
        ("sectors", "sectors", ["999999"], "999999 is not one of the available choices"),
        ("employees", "has_employees", False, "Only self-employed professionals and volunteer groups"),
    ],
)
def test_what_cannot_be_is_said_by_its_field_and_what_was_typed_stays(
    portal: Portal, officer: User, slug: str, field: str, value: object, said: str
) -> None:
    form = ask(portal, officer, slug, "telephone", summary="Sent.")
    form[field], form["telephone"] = value, "020 7946 0999"
    page = portal.send(form, then="send")
    assert [error for error in page.errors if said in error], page.errors
    assert page.soup.title is not None
    assert page.soup.title.text.startswith("Error: ")
    assert page.one(str(page.one(".govuk-error-summary a")["href"]))
    assert page.one("#telephone")["value"] == "020 7946 0999"
    assert reviewed(portal.partner) is None
    assert draft(portal.partner).telephone == ""


def test_what_contradicts_a_field_that_is_not_here_leads_to_it(portal: Portal, officer: User) -> None:
    portal.partner.kind, portal.partner.has_employees = "self_employed", False
    portal.partner.save()
    form = ask(portal, officer, "kind", summary="Sent.")
    form["kind"] = "business"
    page = portal.send(form, then="save")
    assert "Only self-employed professionals and volunteer groups" in page.errors[0]
    assert page.one(".govuk-error-summary a")["href"] == portal.at("page/edit/#has_employees")
    assert draft(portal.partner).kind == "self_employed"


def test_what_is_missing_elsewhere_leads_there_and_the_rest_is_kept(portal: Portal, officer: User) -> None:
    ask(portal, officer, "telephone", summary="Sent.")
    redraft(portal.partner, portal.user, summary="")
    form = portal.form(HERE)
    form["telephone"] = "020 7946 0112"
    page = portal.send(form, then="send")
    assert page.errors == ["Say in one sentence what you are or do. It stands on every card of yours."]
    assert page.one(".govuk-error-summary a")["href"] == portal.at("page/edit/#summary")
    assert "it was not sent yet" in page.said
    assert draft(portal.partner).telephone == "020 7946 0112"
    assert reviewed(portal.partner) is None


def test_a_word_on_the_whole_alone_can_be_answered(portal: Portal, officer: User) -> None:
    form = ask(portal, officer, summary="Sent.")
    before = again(portal.partner).latest_revision_id
    assert portal.send(form, then="send").address == portal.at("page/")
    assert reviewed(portal.partner).revision_id == before


def test_a_picture_is_sent_and_taken_off_there(portal: Portal, officer: User) -> None:
    form = ask(portal, officer, "image", summary="Sent.")
    form = form_of(portal.send(form, then="save", picture=picture()))
    assert draft(portal.partner).image
    form["no_picture"] = True
    portal.send(form, then="save")
    assert draft(portal.partner).image is None


def test_only_its_button_sends_it(portal: Portal, officer: User) -> None:
    form = ask(portal, officer, "summary", summary="Sent.")
    for fields in ({}, {"then": "save"}, {"then": "nothing"}, {**form.fields, "then": "save"}):
        assert portal.post(HERE, **fields).status == 200
        assert reviewed(portal.partner) is None
    assert portal.open(HERE).one("#form button")["value"] == "save", "Enter in a field presses the first one"


class TestTogether:
    """Two who write at once lose nothing."""

    def test_what_a_colleague_wrote_there_is_read_before_it_is_written_over(
        self, portal: Portal, officer: User
    ) -> None:
        form = ask(portal, officer, "summary", summary="Sent.")
        write(Portal(portal.partner), summary="Hers.")
        form["summary"] = "Mine."
        page = portal.send(form, then="send")
        assert "Somebody else has saved this" in page.errors[0]
        assert page.one("[aria-labelledby=theirs-h] dl").get_text(" ", strip=True) == "In one sentence Hers."
        assert page.one("#summary").text.strip() == "Mine."
        assert draft(portal.partner).summary == "Hers."
        portal.send(form_of(page), then="send")
        assert draft(portal.partner).summary == "Mine."

    def test_what_a_colleague_wrote_elsewhere_stays(self, portal: Portal, officer: User) -> None:
        form = ask(portal, officer, "summary", summary="Sent.")
        write(Portal(portal.partner), telephone="020 7946 0112")
        form["summary"] = "Mine."
        portal.send(form, then="save")
        kept = draft(portal.partner)
        assert (kept.summary, kept.telephone) == ("Mine.", "020 7946 0112")

    def test_once_a_colleague_has_sent_it_what_was_typed_stays_on_the_page(self, portal: Portal, officer: User) -> None:
        form = ask(portal, officer, "summary", summary="Sent.")
        services.submit(again(portal.partner), portal.user)
        form["summary"] = "Typed too late."
        page = portal.send(form, then="send")
        assert page.errors == ["This is with the officers. Take it back first, then change it."]
        assert page.one("h1").text == "Not asked for any more"
        assert page.one("#summary").text.strip() == "Typed too late."
        services.withdraw(again(portal.partner), portal.user)
        assert portal.send(form_of(page), then="save").address == portal.at("page/")
        assert draft(portal.partner).summary == "Typed too late."

    @pytest.mark.parametrize("seen", ["", "0", "9" * 40, "x", "\x00", "-1"])
    def test_a_page_that_says_it_saw_another_draft_is_shown_anew(
        self, portal: Portal, officer: User, seen: str
    ) -> None:
        form = ask(portal, officer, "summary", summary="Before.")
        form["summary"], form["seen"] = "Altered", seen
        assert portal.send(form, then="save").errors
        assert draft(portal.partner).summary == "Before."

    def test_another_partner_s_revision_was_not_seen(self, portal: Portal, officer: User) -> None:
        other = Portal(PartnerFactory.create())
        write(other, summary="Theirs.")
        form = ask(portal, officer, "summary", summary="Before.")
        form["summary"], form["seen"] = "Altered", again(other.partner).latest_revision_id
        page = portal.send(form, then="save")
        assert page.errors
        assert "Theirs." not in page.text


@pytest.mark.parametrize("asked", [["nothing"], ["reference"], ["\x00", "summary"], ["summary"] * 500, ["__class__"]])
def test_whatever_is_named_is_an_answer(portal: Portal, officer: User, asked: list[str]) -> None:
    form = ask(portal, officer, "summary", summary="Sent.")
    for then in ("save", "send"):
        fields = {**form.fields, "asked": asked, "then": then}
        assert portal.post(HERE, **fields).status == 200
        assert draft(portal.partner).name == "Tallowgate Print Rooms"


def test_another_partner_s_is_not_there(portal: Portal, officer: User) -> None:
    form = ask(portal, officer, "summary", summary="Sent.")
    form["summary"] = "Ours now."
    stranger = Portal(PartnerFactory.create())
    assert stranger.client.get(portal.at(HERE)).status_code == 404
    assert stranger.client.post(portal.at(HERE), {**form.fields, "then": "send"}).status_code == 404
    assert draft(portal.partner).summary == "Sent."
    assert Client().post(portal.at(HERE), form.fields).status_code in {302, 404}
    assert draft(portal.partner).summary == "Sent."


def test_a_live_one_stays_as_it_is_until_it_is_accepted(officer: User) -> None:
    portal = Portal(PartnerFactory.create(summary="Public."))
    form = ask(portal, officer, "summary", summary="Sent.")
    form["summary"] = "Mended."
    portal.send(form, then="send")
    assert again(portal.partner).summary == "Public."
    accept(portal.partner, reviewed(portal.partner).revision, officer)
    assert again(portal.partner).summary == "Mended."
