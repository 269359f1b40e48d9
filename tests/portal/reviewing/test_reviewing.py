"""Officers check what partners send, on pages of the site."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from opportunities.models import Opportunity
from partners import services
from partners.models import FieldComment, Partner
from partners.moderation import return_with_comments
from partners.selectors import returned, under_review
from tests.cms import Form
from tests.factories import (
    OfficerFactory,
    OpportunityFactory,
    SafeguardingDecisionFactory,
    assure,
)
from tests.portal.moderated import again, redraft, sent
from tests.portal.reviewing.pages import change, form_of, page_of, send

pytestmark = pytest.mark.django_db


class TestReading:
    """What changed, and what officers decide by."""

    def test_what_changed_is_marked_on_both_sides_and_nothing_else_is_shown(
        self, client: Client, officer: User, member: User, live: Opportunity
    ) -> None:
        state = sent(live, member, summary="Pull a print to take home.", group_max=30)
        answer = page_of(client, state)
        assert [each.text for each in answer.page.select(".ff-change h3")] == ["Summary", "Group size"]
        assert [each.text for each in change(answer, "group").select("del, ins")] == ["24", "30"]
        text = answer.page.get_text(" ", strip=True)
        assert "sent 2 changes on" in text
        assert "The version now public stays until you decide." in text
        assert f"You read revision {state.revision_id}." in text
        assert "Ines Falk gets an e-mail." in text

    @pytest.mark.parametrize("of", ["page", "opportunity"])
    def test_it_is_seen_as_its_public_page_too(
        self, client: Client, officer: User, member: User, partner: Partner, live: Opportunity, of: str
    ) -> None:
        state = sent(partner if of == "page" else live, member, summary="Seen as a page.")
        link = page_of(client, state).one('.ff-workhead a[href^="/admin/"]')
        assert "Seen as a page." in client.get(str(link["href"])).content.decode()

    def test_of_a_new_one_everything_it_says_is_shown_without_another_side(
        self, client: Client, officer: User, member: User, partner: Partner
    ) -> None:
        new = OpportunityFactory.create(offered_by=partner, live=False, audiences=["ks3"], cost_help="Two come free.")
        answer = page_of(client, sent(new, member, title="Brand new"))
        shown = [each.text for each in answer.page.select(".ff-change h3")]
        assert {"Title", "Summary", "Audiences", "Help with the cost", "Cost"} <= set(shown)
        assert "Tasks" not in shown, "what it does not say is not shown"
        assert "Public now" not in answer.page.text
        assert not answer.page.select("del, ins")

    def test_a_partners_page_is_read_alike(self, client: Client, officer: User, member: User, partner: Partner) -> None:
        assure(partner)
        answer = page_of(client, sent(partner, member, name="Foundry Lane Press"))
        assert [each.text for each in change(answer, "name").select("ins")] == ["Foundry Lane Press"]
        assert len(answer.page.select(".ff-hallmark")) == 5

    def test_words_of_partners_and_officers_are_only_words(
        self, client: Client, officer: User, member: User, live: Opportunity
    ) -> None:
        nasty = '"><script>alert(1)</script>{{ 7|add:7 }}'
        state = sent(live, member, summary=nasty, title=nasty, description=f"{nasty}\n\n{nasty}")
        return_with_comments(live, state.revision, officer, {"summary": nasty}, nasty)
        state = sent(live, member, description="Else.")
        answer = page_of(client, state)
        assert nasty in answer.page.get_text()
        assert not [script for script in answer.page.select("script") if "alert" in script.text]

    def test_a_placement_is_read_with_its_standard_answers_and_documents(
        self, client: Client, officer: User, member: User, partner: Partner
    ) -> None:
        assure(partner, in_days=40)
        placement = OpportunityFactory.create(kind="placement", offered_by=partner, under_16=True, live=False)
        SafeguardingDecisionFactory.create(opportunity=placement, decided_by=officer)
        text = page_of(client, sent(placement, member, summary="A week.")).page.get_text(" ", strip=True)
        assert "Placement standard" in text
        assert "Missing: Access and adjustments stated" in text
        assert "Under 16: yes" in text
        assert "by Ada Officer" in text
        assert "Renew by" in text

    def test_without_a_decision_accepting_is_not_offered_and_refused_if_forced(
        self, client: Client, officer: User, member: User, partner: Partner
    ) -> None:
        placement = OpportunityFactory.create(kind="placement", offered_by=partner, live=False)
        state = sent(placement, member, under_16=True)
        answer = page_of(client, state)
        link = f"/admin/opportunities/safeguarding-decisions/new/?opportunity={placement.pk}"
        assert answer.page.select_one(f'a[href="{link}"]') is not None
        form = form_of(client, state)
        assert [each["value"] for each in answer.page.select("[name=verdict]")] == ["return"]
        assert "It cannot be accepted yet." in answer.page.text
        form["verdict"] = "accept"
        answer = send(client, form)
        assert "An officer must record a decision" in answer.one(".govuk-error-summary").text
        assert not again(placement).live

    def test_a_day_to_come_is_said(self, client: Client, officer: User, member: User, live: Opportunity) -> None:
        state = sent(live, member, go_live_at=timezone.now() + timedelta(days=3))
        said = page_of(client, state).one("#verdict_0-hint").text
        assert "Public on" in said
        form = form_of(client, state)
        form["verdict"] = "accept"
        send(client, form)
        assert again(live).scheduled_revision == state.revision


class TestDeciding:
    """Accept, or ask for changes by aspect."""

    def test_returned_mended_sent_again_accepted_and_found(
        self,
        client: Client,
        officer: User,
        member: User,
        partner: Partner,
        index: Callable[[], None],
    ) -> None:
        new = OpportunityFactory.create(offered_by=partner, live=False, title="Letterpress lesson")
        first = sent(new, member, summary="Come.")
        form = form_of(client, first)
        form["comment-summary"] = "Say what they make."
        form["other"], form["other_comment"] = "tasks", "Say what they do."
        form["verdict"], form["say"] = "return", "Nearly there."
        answer = send(client, form)
        assert "Sent back: Letterpress lesson." in answer.page.text
        assert {comment.field for comment in FieldComment.objects.all()} == {"summary", "tasks"}
        redraft(new, member, summary="Print a poster.")
        services.submit(again(new), member)
        second = under_review(again(new))
        assert second is not None
        answer = page_of(client, second)
        said = answer.one("#change-summary .ff-change__say").get_text(" ", strip=True)
        assert "Say what they make." in said
        assert "Changed since." in said
        assert "Not changed since." in change(answer, "tasks").get_text(" ", strip=True)
        form = form_of(client, second)
        form["verdict"] = "accept"
        assert "Accepted: Letterpress lesson. Ines Falk gets an e-mail." in send(client, form).page.text
        assert again(new).summary == "Print a poster."
        index()
        assert "Letterpress lesson" in client.get("/search/?q=letterpress").content.decode()

    def test_what_was_sent_meanwhile_is_shown_instead(
        self, client: Client, officer: User, member: User, live: Opportunity
    ) -> None:
        state = sent(live, member, summary="Read.")
        form = form_of(client, state)
        form["verdict"] = "accept"
        services.withdraw(again(live), member)
        current = sent(live, member, summary="Sent meanwhile.")
        answer = send(client, form)
        assert answer.address == f"/review/{current.pk}/"
        assert "Another version was sent while you read" in answer.said
        assert "Sent meanwhile." in answer.page.get_text("", strip=True)
        assert again(live).summary == "Pull a print to keep."

    def test_a_decision_on_a_revision_that_the_page_did_not_show_is_not_applied(
        self, client: Client, officer: User, member: User, live: Opportunity
    ) -> None:
        state = sent(live, member, summary="Read.")
        form = form_of(client, state)
        form["verdict"], form["revision"] = "accept", state.revision_id + 1
        assert send(client, form).address == f"/review/{state.pk}/"
        assert again(live).summary == "Pull a print to keep."

    def test_what_another_officer_decided_meanwhile_stays(
        self, client: Client, officer: User, member: User, live: Opportunity
    ) -> None:
        state = sent(live, member, summary="Read.")
        form = form_of(client, state)
        form["verdict"] = "accept"
        return_with_comments(live, state.revision, OfficerFactory.create(), {"summary": "Shorter."})
        answer = send(client, form)
        assert answer.status == 200
        assert "Sent back already" in answer.page.text
        assert "Sent back" in page_of(client, state).page.text
        assert returned(again(live)) is not None

    @pytest.mark.parametrize(
        ("typed", "message"),
        [
            ({}, "Choose whether to accept it or to send it back."),
            ({"verdict": "perhaps"}, "Choose whether to accept it or to send it back."),
            ({"verdict": "return", "other": "tides"}, "Choose one from the list."),
            ({"verdict": "return", "say": ""}, "Say what they should change"),
            ({"verdict": "return", "comment-summary": "x" * 1001}, "Shorten this"),
            ({"verdict": "accept", "comment-summary": "Shorter."}, "You ask for a change"),
            ({"verdict": "return", "other_comment": "Mend it."}, "Choose what this is about."),
            ({"verdict": "return", "other": "tasks"}, "Say what they should do"),
        ],
    )
    def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
        self, client: Client, officer: User, member: User, live: Opportunity, typed: dict[str, str], message: str
    ) -> None:
        state = sent(live, member, summary="Read.")
        form = form_of(client, state)
        form["say"] = "A line that stays."
        for name, value in typed.items():
            form[name] = value
        answer = send(client, form)
        assert message in answer.one(".govuk-error-summary").text
        assert answer.one(str(answer.one(".govuk-error-summary a")["href"]))
        kept = Form(answer.page, form.address)
        assert kept["say"] == typed.get("say", "A line that stays.")
        assert all(kept[name] == value for name, value in typed.items() if name.endswith(("comment", "-summary")))
        assert under_review(again(live)) == state

    def test_a_get_decides_nothing(self, client: Client, officer: User, member: User, live: Opportunity) -> None:
        state = sent(live, member, summary="Read.")
        client.get(f"/review/{state.pk}/?verdict=accept&revision={state.revision_id}")
        assert under_review(again(live)) == state
