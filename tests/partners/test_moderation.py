"""Drafts that a partner's people keep, send to the officers and take back; the same for its page and its opportunities."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from accounts.models import User
from opportunities.models import Opportunity
from opportunities.selectors import waiting_for_moderation
from partners import services
from partners.models import Partner, Publishable
from partners.selectors import state_of
from partners.states import PublishingState, judge_state
from tests.factories import OfficerFactory, OpportunityFactory, PartnerFactory, PartnerMemberFactory, SessionFactory
from tests.partners.moderating import again, answer

pytestmark = pytest.mark.django_db
Factory = Any  # of either
PUBLISHABLE = (PartnerFactory, OpportunityFactory)
each = pytest.mark.parametrize("factory", PUBLISHABLE, ids=["partner", "opportunity"])


@pytest.fixture
def member() -> User:
    return PartnerMemberFactory.create()


def redraft(thing: Publishable, user: User, summary: str = "Another sentence.") -> None:
    draft = again(thing).get_latest_revision_as_object()
    draft.summary = summary
    services.keep_draft(draft, user, seen=again(thing).latest_revision_id)


@each
class TestTheWay:
    """From a draft to the public, with a return on the way."""

    def test_sent_returned_mended_and_accepted(self, factory: Factory, member: User) -> None:
        thing = factory.create(live=False)
        redraft(thing, member)
        assert state_of(again(thing)) is PublishingState.DRAFT
        services.submit(again(thing), member)
        assert state_of(again(thing)) is PublishingState.BEING_CHECKED
        answer(thing, "reject", "Say more.")
        assert state_of(again(thing)) is PublishingState.CHANGES
        redraft(thing, member, "Mended.")
        services.submit(again(thing), member)
        assert [state.workflow_state.content_object for state in waiting_for_moderation()] == [thing]
        answer(thing, "approve")
        assert state_of(again(thing)) is PublishingState.LIVE
        assert again(thing).summary == "Mended."

    def test_what_is_with_the_officers_is_neither_changed_nor_sent_twice(self, factory: Factory, member: User) -> None:
        thing = factory.create(live=False)
        services.submit(thing, member)
        with pytest.raises(ValidationError, match="Take it back first"):
            redraft(thing, member)
        with pytest.raises(ValidationError, match="Take it back first"):
            services.submit(again(thing), member)
        assert waiting_for_moderation().count() == 1

    def test_it_is_taken_back_once(self, factory: Factory, member: User) -> None:
        thing = factory.create(live=False)
        with pytest.raises(ValidationError, match="taken back before"):
            services.withdraw(thing, member)
        services.submit(thing, member)
        services.withdraw(again(thing), member)
        assert state_of(again(thing)) is PublishingState.DRAFT
        assert not waiting_for_moderation().exists()
        with pytest.raises(ValidationError, match="taken back before"):
            services.withdraw(again(thing), member)
        redraft(thing, member)

    def test_nothing_new_is_not_sent(self, factory: Factory, member: User) -> None:
        with pytest.raises(ValidationError, match="Nothing has changed"):
            services.submit(factory.create(), member)

    def test_a_draft_may_lack_what_is_asked_for_when_it_is_sent(self, factory: Factory, member: User) -> None:
        thing = factory.create(live=False)
        redraft(thing, member, "")
        with pytest.raises(ValidationError) as refused:
            services.submit(again(thing), member)
        assert list(refused.value.message_dict) == ["summary"]
        assert not waiting_for_moderation().exists()

    def test_what_officers_have_locked_stays(self, factory: Factory, member: User) -> None:
        thing = factory.create(locked=True, locked_by=OfficerFactory.create())
        with pytest.raises(ValidationError, match="locked"):
            redraft(thing, member)
        with pytest.raises(ValidationError, match="locked"):
            services.submit(again(thing), member)

    def test_the_second_of_two_who_write_at_once_does_not_undo_the_first(self, factory: Factory, member: User) -> None:
        thing = factory.create()
        redraft(thing, member, "First.")
        seen = again(thing).latest_revision_id
        redraft(thing, member, "Theirs.")
        draft = again(thing).get_latest_revision_as_object()
        draft.summary = "Mine."
        with pytest.raises(services.EditedMeanwhile) as refused:
            services.keep_draft(draft, member, seen=seen)
        assert refused.value.theirs.as_object().summary == "Theirs."
        assert again(thing).get_latest_revision_as_object().summary == "Theirs."

    def test_the_history_says_who(self, factory: Factory, member: User) -> None:
        thing = factory.create(live=False)
        redraft(thing, member)
        services.submit(again(thing), member)
        services.withdraw(again(thing), member)
        entries = ModelLogEntry.objects.filter(object_id=str(thing.pk)).order_by("timestamp", "pk")
        ours = [entry for entry in entries if entry.content_type.model_class() is type(thing)]
        assert [(entry.action, entry.user) for entry in ours] == [
            ("wagtail.edit", member),
            ("wagtail.workflow.start", member),
            ("wagtail.workflow.cancel", member),
        ]


class TestStates:
    """The word on the tag."""

    def test_of_a_partner(self) -> None:
        past = timezone.now() - timedelta(days=1)
        cases = [
            (PartnerFactory.create(), PublishingState.LIVE),
            (PartnerFactory.create(has_unpublished_changes=True), PublishingState.LIVE_WITH_DRAFT),
            (PartnerFactory.create(live=False), PublishingState.DRAFT),
            (PartnerFactory.create(live=False, first_published_at=past), PublishingState.TAKEN_DOWN),
            (PartnerFactory.create(live=False, first_published_at=past, expired=True), PublishingState.ENDED),
            (PartnerFactory.create(expire_at=past), PublishingState.ENDED),
            (PartnerFactory.create(suspended_at=past), PublishingState.SUSPENDED),
            (PartnerFactory.create(hidden_on=past.date()), PublishingState.TAKEN_DOWN),
        ]
        for partner, state in cases:
            assert state_of(Partner.objects.get(pk=partner.pk)) is state

    def test_an_opportunity_ends_with_its_deadline_or_its_last_session(self) -> None:
        today = timezone.localdate()
        late = OpportunityFactory.create(deadline=today - timedelta(days=1))
        over, going, to_come = OpportunityFactory.create_batch(3, availability="dated")
        asked = OpportunityFactory.create(availability="request")
        SessionFactory.create(opportunity=over, in_days=-3)
        SessionFactory.create(opportunity=going, in_days=-3)
        SessionFactory.create(opportunity=going, in_days=3)
        SessionFactory.create(opportunity=asked, in_days=-3)
        for opportunity, state in (
            (late, PublishingState.ENDED),
            (over, PublishingState.ENDED),
            (going, PublishingState.LIVE),
            (to_come, PublishingState.LIVE),
            (asked, PublishingState.LIVE),
        ):
            assert state_of(Opportunity.objects.get(pk=opportunity.pk)) is state, opportunity.title

    @given(
        live=st.booleans(),
        expired=st.booleans(),
        draft=st.booleans(),
        published=st.booleans(),
        moderation=st.sampled_from([None, "in_progress", "needs_changes"]),
        suspended=st.booleans(),
        over=st.booleans(),
    )
    def test_nothing_waits_on_both_or_is_live_without_being_so(
        self,
        *,
        live: bool,
        expired: bool,
        draft: bool,
        published: bool,
        moderation: str | None,
        suspended: bool,
        over: bool,
    ) -> None:
        now = timezone.now()
        thing = Partner(
            live=live, expired=expired, has_unpublished_changes=draft, first_published_at=now if published else None
        )
        state = judge_state(thing, moderation, now, suspended=suspended, over=over)
        assert not (state.waits_on_partner and state.waits_on_officers)
        if state in {PublishingState.LIVE, PublishingState.LIVE_WITH_DRAFT}:
            assert live
            assert not suspended
            assert not over
            assert moderation is None
