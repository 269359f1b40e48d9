"""What officers returned is mended beside their comments, on one page, with the fields of the steps, and sent again."""

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from opportunities import drafting
from opportunities.kinds import Kind
from opportunities.models import Opportunity, TimetableItem
from opportunities.steps import STEPS, groups_of
from partners import services
from partners.moderation import accept, return_with_comments
from partners.selectors import under_review
from tests.cms import Answer, Form
from tests.factories import OfficerFactory, OpportunityFactory, PartnerFactory, SiteFactory
from tests.kinds import each_kind
from tests.people import sign_in
from tests.portal.moderated import again, redraft, sent
from tests.portal.test_details import picture
from tests.visitors import BROWSER

from .composing import Author, draft_of, problems

pytestmark = pytest.mark.django_db
ALL = tuple(aspect.slug for aspect in Opportunity.aspects)
NOT_THEIRS = {"kind", "offered-by", "together-with", "sourced-by", "reference", "dates"}


@pytest.fixture
def author() -> Author:
    return Author()


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create(first_name="Ada", last_name="Officer")


@pytest.fixture
def cards(author: Author) -> Opportunity:
    return OpportunityFactory.create(
        title="Print your own cards",
        offered_by=author.partner,
        live=False,
        age_from=7,
        age_to=9,
        skills={"creativity": "By drawing."},
    )


def ask(author: Author, officer: User, thing: Opportunity, *slugs: str, **fields: Any) -> Form:
    """It is sent and returned with a comment on each of these; the form of the page that says so."""
    state = sent(thing, author.user, **fields)
    return_with_comments(thing, state.revision, officer, dict.fromkeys(slugs, "Mend it."), "Nearly.")
    return author.form(author.at(thing, "returned/"))


def marks(officer: User, thing: Opportunity) -> dict[str, str]:
    """What the officers' page says of each comment of before."""
    desk = Client(headers=BROWSER)
    sign_in(desk, officer)
    state = under_review(again(thing))
    assert state is not None
    page = Answer(desk.get(f"/review/{state.pk}/")).page
    return {
        str(change["id"]).removeprefix("change-"): said.get_text(" ", strip=True).split(". ")[-1]
        for change in page.select(".ff-change")
        if (said := change.select_one(".ff-change__say .ff-fine")) is not None
    }


def test_comments_are_mended_right_there_and_sent_again(author: Author, officer: User, cards: Opportunity) -> None:
    form = ask(author, officer, cards, "summary", "ages", "cost-help", summary="Come.")
    form["summary"], form["age_from"] = "Come and print.", "8"
    answer = author.send(form, "save")
    assert answer.address == author.at(cards, "returned/")
    assert "Saved as a draft." in answer.said
    draft = draft_of(cards)
    assert (draft.summary, draft.age_from, draft.age_to) == ("Come and print.", 8, 9)
    assert "You have changed this." in answer.one("#asked-ages").text
    assert "Not changed yet." in answer.one("#asked-cost-help").text
    assert "One thing still as it was." in answer.page.get_text()
    answer = author.send(author.form_of(answer), "send")
    assert answer.address == author.at(cards)
    assert "The officers are reading this" in answer.page.get_text()
    assert marks(officer, cards) == {
        "summary": "Changed since.",
        "ages": "Changed since.",
        "cost-help": "Not changed since.",
    }
    state = under_review(again(cards))
    assert state is not None
    accept(cards, state.revision, officer)
    assert again(cards).summary == "Come and print."


@each_kind
def test_every_aspect_is_mended_there_that_a_step_asks_and_by_the_same_fields(
    author: Author, officer: User, kind: Kind
) -> None:
    made = OpportunityFactory.create(kind=kind, offered_by=author.partner, live=False)
    form = ask(author, officer, made, *ALL)
    asked = {name for step in STEPS[kind] for name in step.names}
    found = {
        name for group in groups_of(kind, [f for a in Opportunity.aspects for f in a.fields]) for name in group.names
    }
    assert found == asked
    held: dict[str, Any] = {}
    for step in STEPS[kind]:
        held |= author.step(made, step.slug).fields
    here = form.fields
    ours = {"seen", "csrfmiddlewaretoken", "asked", "then"}
    assert {name for name in here if name not in ours} == {name for name in held if name not in ours}
    page = author.open(author.at(made, "returned/")).page
    closed = {slug for slug in NOT_THEIRS if page.select_one(f"#asked-{slug} .ff-mend :is(input, select, textarea)")}
    assert closed == set()


def test_only_what_is_asked_can_be_changed_there(author: Author, officer: User, cards: Opportunity) -> None:
    form = ask(author, officer, cards, "summary", "kind")
    form["summary"] = "Come and print."
    for name, value in {"title": "Mine", "kind": "job", "reference": "X", "live": "on", "offered_by": "1"}.items():
        form[name] = value
    author.send(form, "save")
    draft = draft_of(cards)
    assert (draft.summary, draft.title, draft.kind, draft.reference, draft.live) == (
        "Come and print.", "Print your own cards", cards.kind, "", False,
    )  # fmt: skip


def test_another_partners_place_cannot_be_chosen(author: Author, officer: User, cards: Opportunity) -> None:
    mine = SiteFactory.create(partner=author.partner, name="Bindery")
    theirs = SiteFactory.create(partner=PartnerFactory.create(), name="Not yours")
    form = ask(author, officer, cards, "place")
    assert "Not yours" not in author.open(form.address).page.get_text()
    form["site"] = theirs.pk
    assert problems(author.send(form, "save")) == ["Choose one of the list."]
    form["site"] = mine.pk
    author.send(form, "save")
    assert draft_of(cards).site == mine


def test_rows_numbers_and_pictures_follow_the_rules_of_the_steps(
    author: Author, officer: User, cards: Opportunity
) -> None:
    form = ask(author, officer, cards, "timetable", "skills", "cost", "image")
    form["timetable-0-title"], form["cost"], form["cost_amount"] = "Mix the ink", "paid", "£ 6.50"
    answer = author.send(form, "save")
    assert problems(answer) == ["Say when: a time like 10.30, or Day 1, or Week 2."]
    assert answer.one("#timetable-0-title")["value"] == "Mix the ink"
    form = author.form_of(answer)
    form["timetable-0-when"], form["skill_items-0-practice"] = "10am", "By cutting."
    answer = author.send(form, "more-timetable", picture=picture())
    assert answer.address == form.address
    draft = draft_of(cards)
    assert [row.title for row in draft.timetable.all()] == ["Mix the ink"]
    assert [row.practice for row in draft.skill_items.all()] == ["By cutting."]
    assert (draft.cost_amount, draft.image is not None) == (Decimal("6.50"), True)


def test_what_contradicts_or_is_missing_is_said_by_its_field_and_what_was_typed_stays(
    author: Author, officer: User, cards: Opportunity
) -> None:
    form = ask(author, officer, cards, "ages", "summary")
    form["age_from"], form["age_to"], form["summary"] = "9", "7", "Typed."
    answer = author.send(form, "send")
    assert problems(answer) == ["The highest age is below the lowest. Swap them."]
    assert answer.one("title").text.startswith("Error: ")
    link = str(answer.one(".govuk-error-summary a")["href"])
    assert answer.one(link)["aria-invalid"] == "true"
    assert answer.one("#summary")["value"] == "Typed."
    assert under_review(again(cards)) is None
    form = author.form_of(answer)
    form["age_to"], form["summary"] = "11", ""
    answer = author.send(form, "send")
    assert problems(answer) == ["Say in one sentence what people will do."]
    assert "it was not sent yet" in answer.page.get_text()
    assert draft_of(cards).age_to == 11, "the rest is kept"
    form = author.form_of(answer)
    form["summary"] = "Come and print."
    assert author.send(form, "send").address == author.at(cards)


def test_what_is_missing_in_another_step_leads_there(author: Author, officer: User) -> None:
    made = OpportunityFactory.create(kind="placement", offered_by=author.partner, live=False)
    ask(author, officer, made, "summary")
    redraft(made, author.user, tasks="", under_16=None)
    answer = author.send(author.form(author.at(made, "returned/")), "send")
    links = {str(each["href"]) for each in answer.page.select(".govuk-error-summary a")}
    assert links == {author.at(made, "step/work/") + anchor for anchor in ("#tasks", "#under_16_0")}


def test_a_word_on_the_whole_alone_can_be_answered(author: Author, officer: User, cards: Opportunity) -> None:
    form = ask(author, officer, cards)
    before = again(cards).latest_revision_id
    assert author.send(form, "send").address == author.at(cards)
    state = under_review(again(cards))
    assert state is not None
    assert state.revision_id == before


def test_only_its_button_sends_it(author: Author, officer: User, cards: Opportunity) -> None:
    form = ask(author, officer, cards, "summary")
    for fields in ({}, {"then": "save"}, {"then": "nothing"}, {**form.fields, "then": "save"}):
        assert author.client.post(form.address, fields, follow=True).status_code == 200
        assert under_review(again(cards)) is None
    buttons = author.open(form.address).page.select("#form button")
    assert buttons[0]["value"] == "save", "Enter in a field presses the first one"


class TestTogether:
    def test_what_a_colleague_wrote_there_is_read_before_it_is_written_over(
        self, author: Author, officer: User, cards: Opportunity
    ) -> None:
        form = ask(author, officer, cards, "summary")
        Author(author.partner).write(cards, "what", summary="Hers.")
        form["summary"] = "Mine."
        answer = author.send(form, "send")
        assert "Somebody else has saved this" in problems(answer)[0]
        assert "Hers." in answer.one("[aria-labelledby=theirs-h]").text
        assert (answer.one("#summary")["value"], draft_of(cards).summary) == ("Mine.", "Hers.")
        author.send(author.form_of(answer), "send")
        assert draft_of(cards).summary == "Mine."

    def test_what_a_colleague_wrote_elsewhere_stays(self, author: Author, officer: User, cards: Opportunity) -> None:
        form = ask(author, officer, cards, "summary")
        Author(author.partner).write(cards, "what", title="Hers")
        form = author.form(form.address)
        Author(author.partner).write(cards, "part", access_route="Ring us.")
        form["summary"] = "Mine."
        author.send(form, "save")
        draft = draft_of(cards)
        assert (draft.title, draft.summary, draft.access_route) == ("Hers", "Mine.", "Ring us.")

    def test_once_a_colleague_has_sent_it_what_was_typed_stays_on_the_page(
        self, author: Author, officer: User, cards: Opportunity
    ) -> None:
        form = ask(author, officer, cards, "summary")
        drafting.submit(again(cards), author.user)
        form["summary"] = "Typed too late."
        answer = author.send(form, "send")
        assert problems(answer) == ["This is with the officers. Take it back first, then change it."]
        assert answer.one("#summary")["value"] == "Typed too late."
        services.withdraw(again(cards), author.user)
        answer = author.send(author.form_of(answer), "save")
        assert answer.address == author.at(cards)
        assert draft_of(cards).summary == "Typed too late."

    @pytest.mark.parametrize("seen", ["", "0", "9" * 40, "x", "\x00"])
    def test_a_page_that_says_it_saw_another_draft_is_shown_anew(
        self, author: Author, officer: User, cards: Opportunity, seen: str
    ) -> None:
        form = ask(author, officer, cards, "summary", summary="Before.")
        form["summary"], form["seen"] = "Altered", seen
        assert problems(author.send(form, "save")) != []
        assert draft_of(cards).summary == "Before."


@pytest.mark.parametrize("asked", [["nothing"], ["kind"], ["\x00", "summary"], ["summary"] * 500, ["__class__"]])
def test_whatever_is_named_is_an_answer(author: Author, officer: User, cards: Opportunity, asked: list[str]) -> None:
    form = ask(author, officer, cards, "summary")
    fields = {**form.fields, "asked": asked, "then": "save"}
    assert author.client.post(form.address, fields, follow=True).status_code == 200
    assert draft_of(cards).title == "Print your own cards"


def test_another_partners_is_not_there(author: Author, officer: User, cards: Opportunity) -> None:
    form = ask(author, officer, cards, "summary", summary="Come.")
    form["summary"] = "Ours now."
    stranger = Author()
    for where in (author.at(cards, "returned/"), stranger.at(cards, "returned/")):
        assert stranger.client.get(where).status_code == 404
        assert stranger.client.post(where, {**form.fields, "then": "save"}).status_code == 404
    assert draft_of(cards).summary == "Come."


def test_a_live_one_stays_as_it_is_until_it_is_accepted(author: Author, officer: User) -> None:
    live = OpportunityFactory.create(offered_by=author.partner, summary="Public.")
    live.timetable.set([TimetableItem(when="10am", title="Arrive", sort_order=0)])
    live.save()
    form = ask(author, officer, live, "summary", "timetable", summary="Sent.")
    form["summary"], form["timetable-0-title"] = "Mended.", "Begin"
    author.send(form, "send")
    kept = again(live)
    assert (kept.summary, [row.title for row in kept.timetable.all()]) == ("Public.", ["Arrive"])
    state = under_review(kept)
    assert state is not None
    accept(kept, state.revision, officer)
    kept = again(live)
    assert (kept.summary, [row.title for row in kept.timetable.all()]) == ("Mended.", ["Begin"])
