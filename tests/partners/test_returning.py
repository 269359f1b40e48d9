"""Officers accept exactly what they read, or ask for changes by aspect, which stay until they are mended or accepted."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from wagtail.models import ModelLogEntry, TaskState, WorkflowState

from accounts.models import User
from opportunities import services as opportunities
from opportunities.selectors import public
from partners import services
from partners.models import FieldComment, PartnerMembership, Publishable
from partners.moderation import LONGEST_COMMENT, Superseded, accept, return_with_comments
from partners.selectors import open_comments, people_to_tell, returned, under_review
from tests.factories import (
    EditorFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    UserFactory,
)
from tests.mail import deliver_all
from tests.portal.moderated import again, redraft, sent

pytestmark = pytest.mark.django_db
each = pytest.mark.parametrize("factory", [PartnerFactory, OpportunityFactory], ids=["partner", "opportunity"])


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create(first_name="Ada", last_name="Officer")


@pytest.fixture
def member() -> User:
    return PartnerMemberFactory.create()


def fields(thing: Publishable) -> list[str]:
    return [comment.field for comment in open_comments(thing)]


@each
class TestReturning:
    """Comments by aspect are kept with who and when, until they are mended or all is accepted."""

    def test_comments_and_the_officers_word_are_kept(self, factory: Any, officer: User, member: User) -> None:
        thing = factory.create()
        state = sent(thing, member, summary="Another sentence.")
        return_with_comments(thing, state.revision, officer, {"summary": " Say what they make. "}, "Nearly there.")
        decision = returned(again(thing))
        assert decision is not None
        assert (decision.pk, decision.comment, decision.finished_by) == (state.pk, "Nearly there.", officer)
        assert decision.workflow_state.status == WorkflowState.STATUS_NEEDS_CHANGES
        comment = FieldComment.objects.get()
        assert (comment.field, comment.comment, comment.made_by) == ("summary", "Say what they make.", officer)
        entry = ModelLogEntry.objects.get(action="wagtail.workflow.reject")
        assert (entry.user, entry.object_id) == (officer, str(thing.pk))
        assert again(thing).summary != "Another sentence.", "what is public stays"

    def test_what_is_mended_is_settled_when_it_is_sent_again_and_the_rest_stays(
        self, factory: Any, officer: User, member: User
    ) -> None:
        thing = factory.create()
        state = sent(thing, member, summary="Another sentence.")
        asked = {"summary": "Shorter.", "description": "Say where."}
        return_with_comments(thing, state.revision, officer, asked)
        redraft(thing, member, summary="Short.")
        assert fields(thing) == ["summary", "description"], "nothing is settled before it is sent"
        services.submit(again(thing), member)
        assert fields(thing) == ["description"]
        second = under_review(again(thing))
        assert second is not None
        accept(thing, second.revision, officer)
        assert fields(thing) == []
        assert again(thing).summary == "Short."
        assert FieldComment.objects.exclude(settled_at=None).count() == 2

    def test_accepting_publishes_exactly_what_was_read(self, factory: Any, officer: User, member: User) -> None:
        thing = factory.create(live=False)
        state = sent(thing, member, summary="Read.")
        draft = again(thing).get_latest_revision_as_object()
        draft.summary = "Typed on in the CMS."
        draft.save_revision(user=officer)
        accept(thing, state.revision, officer)
        assert (again(thing).live, again(thing).summary) == (True, "Read.")
        assert again(thing).get_latest_revision_as_object().summary == "Typed on in the CMS."
        kept = TaskState.objects.get(pk=state.pk)
        assert kept.finished_at is not None
        assert kept.started_at <= kept.finished_at, "measure P5 reads both"

    def test_what_was_sent_meanwhile_is_not_decided_on(self, factory: Any, officer: User, member: User) -> None:
        thing = factory.create(live=False)
        read = sent(thing, member, summary="Read.")
        services.withdraw(again(thing), member)
        current = sent(thing, member, summary="Sent meanwhile.")
        with pytest.raises(Superseded) as caught:
            accept(thing, read.revision, officer)
        assert caught.value.current == current
        with pytest.raises(Superseded) as caught:
            return_with_comments(thing, read.revision, officer, {"summary": "Shorter."})
        assert caught.value.current == current
        assert not again(thing).live
        assert not FieldComment.objects.exists()

    def test_two_officers_decide_once(self, factory: Any, officer: User, member: User) -> None:
        thing = factory.create(live=False)
        state = sent(thing, member, summary="Read.")
        return_with_comments(thing, state.revision, officer, {"summary": "Shorter."})
        with pytest.raises(Superseded) as caught:
            accept(thing, state.revision, OfficerFactory.create())
        assert caught.value.current is None
        assert not again(thing).live

    @pytest.mark.parametrize("who", [UserFactory, EditorFactory, PartnerMemberFactory])
    def test_nobody_but_officers_decides(self, factory: Any, who: Any, member: User) -> None:
        thing = factory.create(live=False)
        state = sent(thing, member, summary="Read.")
        user = who.create()
        with pytest.raises(PermissionDenied):
            accept(thing, state.revision, user)
        with pytest.raises(PermissionDenied):
            return_with_comments(thing, state.revision, user, {}, "No.")
        assert under_review(again(thing)) == state

    @pytest.mark.parametrize(
        ("comments", "say", "message"),
        [
            ({}, " ", "Say what they should change"),
            ({"summary": "  "}, "", "Say what they should change"),
            ({"nothing-like-it": "Mend it."}, "", "There is nothing called nothing-like-it"),
            ({"summary": "x" * (LONGEST_COMMENT + 1)}, "", "Shorten this"),
            ({}, "x" * (LONGEST_COMMENT + 1), "Shorten this"),
        ],
    )
    def test_what_cannot_be_asked_changes_nothing(
        self, factory: Any, officer: User, member: User, comments: dict[str, str], say: str, message: str
    ) -> None:
        thing = factory.create(live=False)
        state = sent(thing, member, summary="Read.")
        with pytest.raises(ValidationError, match=message):
            return_with_comments(thing, state.revision, officer, comments, say)
        assert under_review(again(thing)) == state
        assert not FieldComment.objects.exists()

    def test_a_comment_made_in_the_cms_reaches_the_partner_too(self, factory: Any, officer: User, member: User) -> None:
        thing = factory.create(live=False)
        state = sent(thing, member, summary="Read.")
        state.task.specific.on_action(state, officer, "reject", comment="Say more.")
        decision = returned(again(thing))
        assert decision is not None
        assert decision.comment == "Say more."

    def test_publishing_in_the_cms_settles_what_was_asked(self, factory: Any, officer: User, member: User) -> None:
        thing = factory.create(live=False)
        state = sent(thing, member, summary="Read.")
        return_with_comments(thing, state.revision, officer, {"summary": "Shorter."})
        again(thing).latest_revision.publish(user=officer)
        assert again(thing).live
        assert fields(thing) == []


class TestAccepting:
    """What may not go public is not accepted; what has its day is."""

    def test_without_a_safeguarding_decision_nothing_is_accepted(self, officer: User, member: User) -> None:
        thing = OpportunityFactory.create(kind="placement", live=False)
        state = sent(thing, member, under_16=True)
        with pytest.raises(ValidationError, match="An officer must record a decision"):
            accept(thing, state.revision, officer)
        assert under_review(again(thing)) == state
        opportunities.decide_safeguarding(state.revision.as_object(), officer, accepted=True, reason="Two adults.")
        accept(thing, state.revision, officer)
        assert again(thing) in public()


class TestMail:
    """Those it concerns hear of each decision once, wherever it was made."""

    def written(self, mailoutbox: list[Any]) -> list[tuple[str, list[str]]]:
        deliver_all()
        found = sorted((message.subject, message.to) for message in mailoutbox)
        mailoutbox.clear()
        return found

    def test_the_sender_and_the_owners_hear_of_a_return_and_the_sender_of_the_acceptance(
        self, officer: User, mailoutbox: list[Any]
    ) -> None:
        partner = PartnerFactory.create()
        member, owner = (
            PartnerMemberFactory.create(email=f"{role}@example.org", partner=partner, partner__role=role)
            for role in ("member", "owner")
        )
        PartnerMemberFactory.create(partner=partner)
        thing = OpportunityFactory.create(title="Set, ink, pull", offered_by=partner, live=False)
        state = sent(thing, member, summary="Read.")
        return_with_comments(thing, state.revision, officer, {"summary": "Shorter & <b>bolder</b>."}, "Nearly & there.")
        subject = "Please change something in “Set, ink, pull”"
        assert self.written(mailoutbox) == [(subject, [member.email]), (subject, [owner.email])]
        state = sent(thing, member, summary="Short.")
        accept(thing, state.revision, officer)
        assert self.written(mailoutbox) == [("“Set, ink, pull” is accepted", [member.email])]

    def test_the_message_leads_to_the_page_of_what_was_returned(
        self, officer: User, member: User, mailoutbox: list[Any], settings: Any
    ) -> None:
        settings.SITE_URL = "https://site.example"
        partner = member.partner_memberships.get().partner
        thing = OpportunityFactory.create(offered_by=partner, live=False)
        for one, path in (
            (thing, f"/portal/{partner.pk}/opportunities/{thing.pk}/returned/"),
            (partner, f"/portal/{partner.pk}/page/returned/"),
        ):
            state = sent(one, member, summary="Read.")
            return_with_comments(one, state.revision, officer, {}, "Say <i>more</i>.")
            deliver_all()
            message = mailoutbox.pop()
            assert f"https://site.example{path}" in message.body
            html = message.alternatives[0].content
            assert f'href="https://site.example{path}"' in html
            assert "Say &lt;i&gt;more&lt;/i&gt;." in html

    def test_who_left_the_partner_hears_nothing(self, officer: User, member: User, mailoutbox: list[Any]) -> None:
        thing = OpportunityFactory.create(offered_by=member.partner_memberships.get().partner, live=False)
        state = sent(thing, member, summary="Read.")
        PartnerMembership.objects.all().delete()
        return_with_comments(thing, state.revision, officer, {}, "Say more.")
        assert self.written(mailoutbox) == []

    def test_an_officer_who_sent_it_hears_too_and_nobody_twice(self, officer: User) -> None:
        partner = PartnerFactory.create()
        owner = PartnerMemberFactory.create(partner=partner, partner__role="owner")
        owner.groups.set(officer.groups.all())
        assert people_to_tell(partner, officer, owner, None, owners=True) == [officer, owner]
        assert people_to_tell(partner, UserFactory.create()) == []
