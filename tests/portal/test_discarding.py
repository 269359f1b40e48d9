"""Throwing away a draft that was never public, or the changes of what is; and taking back what officers read."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from changes.models import Change, Feed
from opportunities import discarding
from opportunities.models import Opportunity
from partners import services
from partners.moderation import Superseded, accept, return_with_comments
from partners.selectors import returned, state_of, under_review
from partners.states import PublishingState
from tests.cms import Answer, Form
from tests.factories import OfficerFactory, OpportunityFactory, SessionFactory, SiteFactory
from tests.people import sign_in
from tests.portal.moderated import again, redraft, sent
from tests.visitors import BROWSER

from .composing import Author, draft_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def author() -> Author:
    return Author()


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create(first_name="Ada", last_name="Officer")


@pytest.fixture
def draft(author: Author) -> Opportunity:
    return OpportunityFactory.create(title="Letterpress lesson", offered_by=author.partner, live=False)


@pytest.fixture
def live(author: Author) -> Opportunity:
    made = OpportunityFactory.create(
        title="Set, ink, pull", offered_by=author.partner, skills={"creativity": "By drawing."}, summary="Public words."
    )
    SessionFactory.create(opportunity=made)
    return made


def press(author: Author, opportunity: Opportunity) -> Answer:
    """Opens the page that asks, and presses its one button."""
    form = author.form(author.at(opportunity, "discard/"))
    return Answer(author.client.post(form.address, form.fields, follow=True))


def said_on(answer: Answer) -> str:
    return " ".join(answer.one("main").text.split())


def told(answer: Answer) -> str:
    """The messages at its top, refusals too."""
    return " ".join(found.get_text(" ", strip=True) for found in answer.page.select(".ff-messages .ff-notice"))


def history(opportunity: Opportunity) -> list[str]:
    entries = ModelLogEntry.objects.for_instance(opportunity).order_by("pk")
    return [entry.action for entry in entries]


class TestDraft:
    def test_a_draft_that_was_never_public_goes_with_its_dates_and_leaves_a_line(
        self, author: Author, draft: Opportunity
    ) -> None:
        site = SiteFactory.create(partner=author.partner)
        SessionFactory.create(opportunity=draft)
        redraft(draft, author.user, site=site)
        page = author.open(author.at(draft, "discard/"))
        assert "one date with it" in said_on(page)
        answer = press(author, draft)
        assert answer.address == author.all
        assert "The draft is discarded." in told(answer)
        assert not Opportunity.objects.filter(pk=draft.pk).exists()
        assert type(site).objects.filter(pk=site.pk).exists()
        entry = ModelLogEntry.objects.get(action="wagtail.delete", object_id=str(draft.pk))
        assert (entry.user, entry.deleted) == (author.user, True)
        assert author.client.get(author.at(draft, "discard/")).status_code == 404

    def test_a_returned_draft_goes_too(self, author: Author, draft: Opportunity, officer: User) -> None:
        state = sent(draft, author.user, summary="Come.")
        return_with_comments(draft, state.revision, officer, {"summary": "Say more."})
        assert press(author, draft).address == author.all
        assert not Opportunity.objects.filter(pk=draft.pk).exists()

    def test_places_that_are_taken_keep_it(self, author: Author, draft: Opportunity) -> None:
        SessionFactory.create(opportunity=draft, capacity=4, taken=1)
        assert "Places are taken in its dates" in told(press(author, draft))
        assert Opportunity.objects.filter(pk=draft.pk).exists()

    def test_what_has_been_public_stays_on_record(self, author: Author, live: Opportunity) -> None:
        assert "no changes to discard" in told(author.open(author.at(live, "discard/")))
        author.post(author.at(live, "end/"))
        answer = author.post(author.at(live, "discard/"), seen=str(again(live).latest_revision_id or ""))
        assert "End it instead" in told(answer)
        assert Opportunity.objects.filter(pk=live.pk).exists()


class TestChanges:
    def test_the_draft_says_again_what_is_public(self, author: Author, live: Opportunity) -> None:
        author.write(live, "what", title="Another title", summary="Other words.")
        form = author.step(live, "doing")
        form["skill_items-0-practice"] = "By cutting."
        author.send(form)
        before = again(live)
        page = author.open(author.at(live, "discard/"))
        titles = [item.get_text(strip=True) for item in page.page.select("main .govuk-list--bullet li")]
        assert titles == ["Title", "Summary", "Fusion skills"]
        Feed.objects.create(name="a host", opened_at=timezone.now(), drained_at=timezone.now())
        answer = press(author, live)
        assert answer.address == author.at(live)
        assert "The public page is as it was." in told(answer)
        after = again(live)
        assert (after.live, after.has_unpublished_changes, after.title) == (True, False, "Set, ink, pull")
        assert after.live_revision_id == before.live_revision_id
        assert after.sessions.count() == 1
        latest = after.latest_revision.as_object()
        assert (latest.title, latest.summary) == ("Set, ink, pull", "Public words.")
        assert [row.practice for row in latest.skill_items.all()] == ["By drawing."]
        assert state_of(after) is PublishingState.LIVE
        assert not Change.objects.exists(), "nothing that is searched has changed"
        assert history(live)[-1] == "opportunities.discard_changes"
        steps = [
            step.get_text(" ", strip=True)
            for step in author.open(author.at(live, "returned/")).page.select(".ff-trail li")
        ]
        assert steps[-1].startswith("Changes discarded")

    def test_one_can_write_and_send_again_afterwards(self, author: Author, live: Opportunity, officer: User) -> None:
        author.write(live, "what", title="Discarded")
        press(author, live)
        state = sent(live, author.user, summary="Kept words.")
        accept(live, state.revision, officer)
        assert (again(live).title, again(live).summary) == ("Set, ink, pull", "Kept words.")

    def test_what_officers_asked_for_is_not_asked_any_more(
        self, author: Author, live: Opportunity, officer: User
    ) -> None:
        state = sent(live, author.user, summary="Come.")
        return_with_comments(live, state.revision, officer, {"summary": "Say more."})
        assert "not asked any more" in said_on(author.open(author.at(live, "discard/")))
        press(author, live)
        assert returned(again(live)) is None
        assert state_of(again(live)) is PublishingState.LIVE
        assert author.open(author.at(live, "returned/")).one("h1").text == "Nothing to change"
        assert sent(live, author.user, summary="Another try.")

    def test_it_is_no_change_that_officers_read_afterwards(
        self, author: Author, live: Opportunity, officer: User
    ) -> None:
        author.write(live, "what", title="Another title")
        press(author, live)
        desk = Client(headers=BROWSER)
        sign_in(desk, officer)
        assert "Set, ink, pull" not in said_on(Answer(desk.get("/review/changes/")))

    def test_what_a_colleague_saved_meanwhile_is_not_discarded_unread(self, author: Author, live: Opportunity) -> None:
        author.write(live, "what", title="Mine")
        form = author.form(author.at(live, "discard/"))
        Author(author.partner).write(live, "what", title="Hers")
        answer = Answer(author.client.post(form.address, form.fields, follow=True))
        assert "nothing was discarded" in told(answer)
        assert answer.address == form.address
        assert draft_of(live).title == "Hers"

    @pytest.mark.parametrize("seen", ["", "0", "9" * 40, "x", "-1", "١", "\x00"])
    def test_a_number_that_nobody_showed_discards_nothing(self, author: Author, live: Opportunity, seen: str) -> None:
        author.write(live, "what", title="Mine")
        author.post(author.at(live, "discard/"), seen=seen)
        assert draft_of(live).title == "Mine"

    def test_what_an_officer_has_locked_stays(self, author: Author, live: Opportunity, officer: User) -> None:
        author.write(live, "what", title="Mine")
        held = again(live)
        held.locked, held.locked_by = True, officer
        held.save()
        assert "An officer has locked this" in told(press(author, live))
        assert draft_of(live).title == "Mine"


def test_the_list_and_the_own_page_lead_there(author: Author, draft: Opportunity, live: Opportunity) -> None:
    untouched = OpportunityFactory.create(title="Untouched", offered_by=author.partner)
    waiting = OpportunityFactory.create(title="Waiting", offered_by=author.partner, live=False)
    sent(waiting, author.user)
    author.write(live, "what", title="Another title")

    def leads(address: str) -> set[str]:
        found = author.open(address).page.select('a[href$="/discard/"]')
        return {str(link["href"]) for link in found}

    assert leads(author.all) == {author.at(draft, "discard/"), author.at(live, "discard/")}
    for each in (draft, live):
        assert leads(author.at(each)) == {author.at(each, "discard/")}
    for each in (untouched, waiting):
        assert leads(author.at(each)) == set()


def test_reading_discards_nothing_and_another_partners_is_not_there(
    author: Author, draft: Opportunity, live: Opportunity
) -> None:
    author.write(live, "what", title="Another title")
    stranger = Author()
    for each in (draft, live):
        author.open(author.at(each, "discard/"))
        for where in (author.at(each, "discard/"), stranger.at(each, "discard/")):
            assert stranger.client.get(where).status_code == 404
            assert stranger.client.post(where, {"seen": again(each).latest_revision_id or ""}).status_code == 404
    assert Opportunity.objects.filter(pk=draft.pk).exists()
    assert draft_of(live).title == "Another title"


class TestTakingBack:
    def test_it_is_a_draft_again_that_no_officer_sees(self, author: Author, draft: Opportunity, officer: User) -> None:
        state = sent(draft, author.user, summary="Come.")
        assert "Take it back first" in told(author.open(author.at(draft, "discard/")))
        answer = author.post(author.at(draft, "discard/"), seen=str(state.revision_id))
        assert "This is with the officers." in told(answer)
        assert Opportunity.objects.filter(pk=draft.pk).exists()
        author.post(author.at(draft, "withdraw/"))
        assert under_review(again(draft)) is None
        assert draft_of(draft).summary == "Come."
        assert history(draft)[-1] == "wagtail.workflow.cancel"
        desk = Client(headers=BROWSER)
        sign_in(desk, officer)
        assert "Letterpress lesson" not in said_on(Answer(desk.get("/review/")))
        assert press(author, draft).address == author.all

    @pytest.mark.parametrize("then_discarded", [False, True])
    def test_an_officer_who_decides_afterwards_keeps_what_they_typed(
        self, author: Author, draft: Opportunity, officer: User, then_discarded: bool
    ) -> None:
        state = sent(draft, author.user, summary="Come.")
        desk = Client(headers=BROWSER)
        sign_in(desk, officer)
        where = f"/review/{state.pk}/"
        form = Form(Answer(desk.get(where)).page, where)
        form["verdict"], form["comment-summary"] = "return", "Say what <b>they</b> do."
        form["other"], form["other_comment"], form["say"] = "deadline", "Give a day.", "Nearly there."
        author.post(author.at(draft, "withdraw/"))
        if then_discarded:
            press(author, draft)
        answer = Answer(desk.post(where, form.fields, follow=True))
        assert answer.status == (404 if then_discarded else 200)
        heading = "This is not here any more" if then_discarded else "Taken back before you decided"
        assert answer.one("h1").text == heading
        typed = [each.get_text(strip=True) for each in answer.page.select(".govuk-summary-list__row > *")]
        assert typed == [
            "Summary", "Say what <b>they</b> do.", "Last day to apply", "Give a day.", "To the partner", "Nearly there.",
        ]  # fmt: skip
        if not then_discarded:
            assert returned(again(draft)) is None
            assert draft_of(draft).summary == "Come."

    def test_one_that_is_gone_cannot_be_decided_on(self, author: Author, draft: Opportunity, officer: User) -> None:
        revision = sent(draft, author.user, summary="Come.").revision
        services.withdraw(again(draft), author.user)
        discarding.discard(again(draft), author.user, seen=revision.pk)
        with pytest.raises(Superseded) as raised:
            accept(draft, revision, officer)
        assert raised.value.current is None
