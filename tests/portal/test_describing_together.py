"""Two people at one draft, a draft of what is live, and a draft that officers have before them."""

import pytest
from django.test import Client

from opportunities import services
from opportunities.models import Opportunity
from partners.moderation import return_with_comments
from tests.factories import OfficerFactory, OpportunityFactory, PartnerFactory
from tests.portal.moderated import sent
from tests.visitors import BROWSER

from .composing import Author, draft_of, problems

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Author:
    return Author()


@pytest.fixture
def colleague(author: Author) -> Author:
    return Author(author.partner)


@pytest.fixture
def opportunity(author: Author) -> Opportunity:
    return author.begin("visit")


def test_two_at_different_steps_lose_nothing(author: Author, colleague: Author, opportunity: Opportunity) -> None:
    mine, hers = author.step(opportunity, "what"), colleague.step(opportunity, "part")
    hers["access_route"] = "Ring us."
    colleague.send(hers)
    mine["summary"] = "Print a poster."
    assert problems(author.send(mine)) == []
    draft = draft_of(opportunity)
    assert (draft.summary, draft.access_route) == ("Print a poster.", "Ring us.")


def test_the_second_at_one_step_reads_what_the_first_wrote_before_writing_over_it(
    author: Author, colleague: Author, opportunity: Opportunity
) -> None:
    mine, hers = author.step(opportunity, "what"), colleague.step(opportunity, "what")
    hers["summary"] = "Set type by hand."
    colleague.send(hers)
    mine["summary"] = "Print a poster."
    answer = author.send(mine)
    assert "Somebody else has saved this while you wrote" in problems(answer)[0]
    assert "Set type by hand." in answer.page.select_one("[aria-labelledby=theirs-h]").get_text()  # type: ignore[union-attr]
    assert answer.page.select_one('[name="summary"]').get_text(strip=True) == "Print a poster." or (  # type: ignore[union-attr]
        answer.page.select_one('[name="summary"][value="Print a poster."]')
    )
    assert draft_of(opportunity).summary == "Set type by hand."
    again = author.form_of(answer)
    assert problems(author.send(again)) == []
    assert draft_of(opportunity).summary == "Print a poster."


def test_rows_that_somebody_else_wrote_are_not_undone(
    author: Author, colleague: Author, opportunity: Opportunity
) -> None:
    mine, hers = author.step(opportunity, "doing"), colleague.step(opportunity, "doing")
    hers["timetable-0-when"], hers["timetable-0-title"] = "10am", "Arrive"
    colleague.send(hers)
    mine["timetable-0-when"], mine["timetable-0-title"] = "9am", "Breakfast"
    assert problems(author.send(mine)) != []
    assert [line.title for line in draft_of(opportunity).timetable.all()] == ["Arrive"]


@pytest.mark.parametrize("seen", ["", "0", "999999999", "9" * 40, "x", "-1", "١", "\x00"])
def test_a_page_that_says_it_saw_another_draft_is_shown_anew(
    author: Author, opportunity: Opportunity, seen: str
) -> None:
    author.write(opportunity, "what", summary="Print a poster.")
    form = author.step(opportunity, "what")
    form["summary"], form["seen"] = "Altered", seen
    assert problems(author.send(form)) != []
    assert draft_of(opportunity).summary == "Print a poster."


def test_what_is_live_stays_until_the_officers_accept(author: Author) -> None:
    live = OpportunityFactory.create(
        title="Before", offered_by=author.partner, skills={"creativity": "By drawing."}, access={"step-free": True}
    )
    author.write(live, "what", title="After")
    form = author.step(live, "doing")
    form["skill_items-0-practice"] = "By cutting."
    form["timetable-0-when"], form["timetable-0-title"] = "10am", "Arrive"
    author.send(form)
    author.write(live, "place", access__0__present="no")
    kept = Opportunity.objects.get(pk=live.pk)
    assert (kept.title, kept.live, kept.timetable.count()) == ("Before", True, 0)
    assert [line.practice for line in kept.skill_items.all()] == ["By drawing."]
    assert [line.present for line in kept.access.all()] == [True]
    visitor = Client(headers=BROWSER)
    assert "After" not in visitor.get(live.get_absolute_url()).content.decode()
    author.post(author.at(live, "submit/"))
    state = Opportunity.objects.get(pk=live.pk).current_workflow_task_state
    state.approve(user=OfficerFactory.create())
    kept = Opportunity.objects.get(pk=live.pk)
    assert (kept.title, kept.timetable.count()) == ("After", 1)
    assert [line.practice for line in kept.skill_items.all()] == ["By cutting."]
    assert [line.present for line in kept.access.all()] == [False]


def test_a_step_that_is_sent_unchanged_leaves_rows_as_they_are(author: Author) -> None:
    live = OpportunityFactory.create(
        offered_by=author.partner, skills={"creativity": "By drawing."}, with_partners=[PartnerFactory.create()]
    )
    before = [row.pk for row in live.skill_items.all()]
    author.send(author.step(live, "doing"))
    draft = draft_of(live)
    assert [row.pk for row in draft.skill_items.all()] == before
    assert draft.co_offers.count() == 1


def test_what_officers_have_is_read_and_taken_back_before_it_is_changed(author: Author) -> None:
    draft = OpportunityFactory.create(offered_by=author.partner, live=False, title="Sent")
    form = author.step(draft, "what")
    answer = author.post(author.at(draft, "submit/"))
    assert "The officers are reading this" in answer.page.get_text()
    assert author.open(author.at(draft, "step/what/")).address == author.at(draft)
    form["title"] = "Changed behind their backs"
    assert "This is with the officers. Take it back first, then change it." in problems(author.send(form))
    assert draft_of(draft).title == "Sent"
    author.post(author.at(draft, "withdraw/"))
    author.write(draft, "what", title="Changed in time")
    assert draft_of(draft).title == "Changed in time"


def test_what_comes_back_with_a_comment_is_mended_and_sent_again(author: Author) -> None:
    draft = OpportunityFactory.create(offered_by=author.partner, live=False)
    author.post(author.at(draft, "submit/"))
    state = Opportunity.objects.get(pk=draft.pk).current_workflow_task_state
    state.reject(user=OfficerFactory.create(), comment="Say who meets them at the door.")
    assert "Say who meets them at the door." in author.open(author.at(draft)).page.get_text()
    answer = author.write(draft, "part", then="leave", access_route="Ring the bell; Robin opens.")
    assert "Say who meets them at the door." in answer.page.get_text()
    answer = author.post(author.at(draft, "submit/"))
    assert "The officers are reading this" in answer.page.get_text()


def test_what_an_officer_has_locked_stays(author: Author) -> None:
    draft = OpportunityFactory.create(offered_by=author.partner, live=False, title="Locked")
    Opportunity.objects.filter(pk=draft.pk)
    draft.locked, draft.locked_by = True, OfficerFactory.create()
    draft.save()
    form = author.step(draft, "what")
    form["title"] = "Changed"
    assert problems(author.send(form)) == ["An officer has locked this. Ask them before you change it."]
    assert draft_of(draft).title == "Locked"


def test_what_the_cms_saved_meanwhile_counts_too(author: Author, opportunity: Opportunity) -> None:
    form = author.step(opportunity, "what")
    other = draft_of(opportunity)
    other.summary, other.description = "An officer's words.", "More of them."
    services.save_draft(other, OfficerFactory.create())
    form["summary"] = "Mine"
    assert problems(author.send(form)) != []
    assert draft_of(opportunity).summary == "An officer's words."


def test_what_is_asked_of_a_field_stands_in_its_step(author: Author) -> None:
    draft = OpportunityFactory.create(offered_by=author.partner, live=False, audiences=["ks3"])
    state = sent(draft, author.user, summary="Adults are welcome.")
    asked = {"audiences": "Say whether families may come.", "summary": "Say that an adult stays."}
    return_with_comments(draft, state.revision, OfficerFactory.create(), asked, "")
    for step, here, elsewhere in (
        ("who", "Say whether families may come.", "Say that an adult stays."),
        ("what", "Say that an adult stays.", "Say whether families may come."),
    ):
        said = author.open(author.at(draft, f"step/{step}/")).page.get_text()
        assert here in said
        assert elsewhere not in said


def test_what_officers_accepted_meanwhile_stands_beside_ones_own_words(author: Author) -> None:
    live = OpportunityFactory.create(offered_by=author.partner, summary="As it was.")
    form = author.step(live, "what")
    form["summary"] = "Mine."
    other = draft_of(live)
    other.summary = "As the officers published it."
    services.publish(other, OfficerFactory.create())
    answer = author.send(form)
    theirs = answer.page.select_one("[aria-labelledby=theirs-h]")
    assert theirs is not None
    assert "As the officers published it." in theirs.get_text()
    assert "Mine." not in theirs.get_text()
