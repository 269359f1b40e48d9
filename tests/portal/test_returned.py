"""Partners read what officers ask for, aspect by aspect, and what they have mended since."""

import pytest
from django.test import Client

from accounts.models import User
from opportunities.models import Opportunity
from partners.models import Partner, Publishable
from partners.moderation import accept, return_with_comments
from tests.cms import Answer
from tests.factories import OfficerFactory, OpportunityFactory, PartnerFactory, PartnerMemberFactory
from tests.people import sign_in
from tests.portal.moderated import again, redraft, sent

pytestmark = pytest.mark.django_db
NASTY = '"><script>alert(1)</script>'


@pytest.fixture
def member(client: Client) -> User:
    return sign_in(client, PartnerMemberFactory.create(first_name="Ines", last_name="Falk"))


@pytest.fixture
def partner(member: User) -> Partner:
    return member.partner_memberships.get().partner


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create(first_name="Ada", last_name="Officer")


@pytest.fixture
def cards(partner: Partner) -> Opportunity:
    return OpportunityFactory.create(title="Print your own cards", offered_by=partner, live=False)


def address(thing: Publishable, partner: Partner) -> str:
    return f"/portal/{partner.pk}/" + ("page/" if thing == partner else f"opportunities/{thing.pk}/") + "returned/"


def read(client: Client, thing: Publishable, partner: Partner) -> Answer:
    answer = Answer(client.get(address(thing, partner)))
    assert answer.status == 200
    return answer


@pytest.mark.parametrize("of", ["page", "opportunity"])
def test_what_is_asked_stands_by_its_field_with_both_texts(
    client: Client, member: User, partner: Partner, cards: Opportunity, officer: User, of: str
) -> None:
    thing: Publishable = partner if of == "page" else cards
    state = sent(thing, member, summary="Adults are welcome.")
    asked = {"summary": "Say that an adult stays.", "description": "Say where."}
    return_with_comments(thing, state.revision, officer, asked, "Lovely idea.")
    answer = read(client, thing, partner)
    assert answer.one("h1").text == "Two things to change"
    assert "“Lovely idea.”" in answer.one(".ff-notice").text
    summary = answer.one("#asked-summary")
    assert "Say that an adult stays." in answer.one("#asked-summary .ff-change__say").text
    assert "Not changed yet." in summary.text
    assert not summary.select("del, ins")
    redraft(thing, member, summary="One adult stays.")
    answer = read(client, thing, partner)
    summary = answer.one("#asked-summary")
    assert "You have changed this." in summary.text
    sides = summary.select(".ff-change__pair > div")
    assert "Adults are welcome." in sides[0].get_text("", strip=True)
    held = sides[1].select_one("[name=summary]")
    assert held is not None
    assert str(held.get("value", held.text)).strip() == "One adult stays.", "the draft's words, in a field"
    assert "Not changed yet." in answer.one("#asked-description").text


def test_the_opportunity_leads_there(
    client: Client, member: User, partner: Partner, cards: Opportunity, officer: User
) -> None:
    state = sent(cards, member, summary="Come.")
    return_with_comments(cards, state.revision, officer, {"summary": "Mend it."})
    page = Answer(client.get(f"/portal/{partner.pk}/opportunities/{cards.pk}/"))
    assert page.one(f'a[href="/portal/{partner.pk}/opportunities/{cards.pk}/returned/"]')


def test_the_own_page_leads_there(client: Client, member: User, partner: Partner, officer: User) -> None:
    state = sent(partner, member, summary="Come.")
    return_with_comments(partner, state.revision, officer, {"summary": "Mend it."})
    page = Answer(client.get(f"/portal/{partner.pk}/page/"))
    assert page.one(f'a[href="{address(partner, partner)}"]').text == "Mend it"


def test_a_word_on_the_whole_from_the_cms_is_read_too(
    client: Client, member: User, partner: Partner, cards: Opportunity, officer: User
) -> None:
    state = sent(cards, member, summary="Come.")
    state.task.specific.on_action(state, officer, "reject", comment="Say more.")
    answer = read(client, cards, partner)
    assert answer.one("h1").text == "An officer asks for a change"
    assert "“Say more.”" in answer.one(".ff-notice").text


def test_partners_read_their_own_names_and_officers_only_as_such(
    client: Client, member: User, partner: Partner, cards: Opportunity, officer: User
) -> None:
    state = sent(cards, member, summary="Come.")
    return_with_comments(cards, state.revision, officer, {"summary": "Say more."})
    answer = read(client, cards, partner)
    steps = [step.get_text(" ", strip=True) for step in answer.page.select(".ff-trail li")]
    assert [step.split(" ")[0] for step in steps] == ["Draft", "Sent", "Changes"]
    assert steps[1].endswith("by Ines Falk")
    assert steps[2].endswith("by an officer")
    assert "Ada" not in answer.page.text
    assert officer.email not in answer.page.text


def test_once_it_is_sent_again_or_accepted_nothing_is_left_to_change(
    client: Client, member: User, partner: Partner, cards: Opportunity, officer: User
) -> None:
    state = sent(cards, member, summary="Come.")
    return_with_comments(cards, state.revision, officer, {"summary": "Say more."})
    state = sent(cards, member, summary="Come and print.")
    assert read(client, cards, partner).one("h1").text == "Nothing to change"
    accept(cards, state.revision, officer)
    assert read(client, cards, partner).one("h1").text == "Nothing to change"


def test_what_was_asked_before_is_not_asked_again(
    client: Client, member: User, partner: Partner, cards: Opportunity, officer: User
) -> None:
    state = sent(cards, member, summary="Come.")
    return_with_comments(cards, state.revision, officer, {"summary": "Say more."})
    state = sent(cards, member, summary="Come and print.")
    return_with_comments(cards, state.revision, officer, {"description": "Say where."})
    answer = read(client, cards, partner)
    assert [each.text for each in answer.page.select(".ff-change h3")] == ["Description"]


def test_words_are_only_words(
    client: Client, member: User, partner: Partner, cards: Opportunity, officer: User
) -> None:
    state = sent(cards, member, summary=NASTY, title=NASTY)
    return_with_comments(cards, state.revision, officer, {"summary": NASTY, "title": NASTY}, NASTY)
    answer = read(client, cards, partner)
    assert answer.page.get_text().count(NASTY) >= 5
    assert not [script for script in answer.page.select("script") if "alert" in script.text]


def test_nobody_of_another_partner_reads_it(
    client: Client, partner: Partner, member: User, cards: Opportunity, officer: User
) -> None:
    state = sent(cards, member, summary="Come.")
    return_with_comments(cards, state.revision, officer, {"summary": "Say more."})
    other = PartnerFactory.create()
    stranger = sign_in(client, PartnerMemberFactory.create(partner=other))
    assert client.get(address(cards, partner)).status_code == 404
    assert client.get(f"/portal/{other.pk}/opportunities/{cards.pk}/returned/").status_code == 404
    assert client.get(address(partner, partner)).status_code == 404
    assert stranger.partner_memberships.get().partner == other
    sign_in(client, officer)
    assert client.get(address(cards, partner)).status_code == 404, "officers have their own page"


@pytest.mark.parametrize("of", ["page", "opportunity"])
def test_reading_changes_nothing(client: Client, member: User, partner: Partner, cards: Opportunity, of: str) -> None:
    thing: Publishable = partner if of == "page" else cards
    sent(thing, member, summary="Come.")
    before = again(thing).latest_revision_id
    read(client, thing, partner)
    assert again(thing).latest_revision_id == before
