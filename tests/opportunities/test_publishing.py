"""Drafting, publishing, safeguarding decisions and moderation, as the services do them."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, Revision, TaskState, WorkflowState

from accounts.models import User
from opportunities import selectors, services
from opportunities.models import Opportunity, SafeguardingDecision
from partners.models import Partner
from tests.factories import (
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    SafeguardingDecisionFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create()


def again(opportunity: Opportunity) -> Opportunity:
    return Opportunity.objects.get(pk=opportunity.pk)


def redraft(opportunity: Opportunity, **fields: Any) -> Revision:
    draft = again(opportunity).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    return services.save_draft(draft)


class TestPublishing:
    """All of it or nothing."""

    def test_a_new_one(self, officer: User) -> None:
        opportunity = OpportunityFactory.build(offered_by=PartnerFactory.create(), live=False)
        services.publish(opportunity, officer)
        assert opportunity.live
        assert opportunity in selectors.public()
        assert ModelLogEntry.objects.filter(action="wagtail.publish", user=officer).count() == 1

    def test_what_may_not_be_published_is_not_even_saved(self) -> None:
        opportunity = OpportunityFactory.build(
            kind="job", offered_by=PartnerFactory.create(), pay_amount=None, live=False
        )
        with pytest.raises(ValidationError) as caught:
            services.publish(opportunity)
        assert set(caught.value.message_dict) == {"pay_amount"}
        assert opportunity.pk is None
        assert not Opportunity.objects.exists()
        assert not Revision.objects.exists()

    def test_a_failure_leaves_nothing_half_done(self, monkeypatch: pytest.MonkeyPatch) -> None:
        opportunity = OpportunityFactory.create(title="Before", skills={"creativity": "By drawing."}, with_partners=[])
        draft = again(opportunity).get_latest_revision_as_object()
        draft.title = "After"
        draft.skill_items.set([])
        draft.co_offers.create(partner=PartnerFactory.create())

        def fail(*_: object, **__: object) -> None:
            raise OSError("the disk is full")

        monkeypatch.setattr("wagtail.actions.publish_revision.PublishRevisionAction._after_publish", fail)
        with pytest.raises(OSError, match="the disk is full"):
            services.publish(draft)
        kept = again(opportunity)
        assert kept.title == "Before"
        assert [item.practice for item in kept.skill_items.all()] == ["By drawing."]
        assert not kept.co_offers.exists()
        assert not Revision.objects.exists()

    def test_every_set_belongs_to_the_draft(self) -> None:
        target, partner = OpportunityFactory.create(), PartnerFactory.create()
        opportunity = OpportunityFactory.create(skills=["creativity"], audiences=["ks2"], access={"step-free": True})
        filled = OpportunityFactory.create(
            skills={"analysis": "By counting."},
            audiences=["ks3", "send"],
            sectors=["law"],
            themes=["oracy"],
            subjects=["history"],
            access={"bsl": False},
            with_partners=[partner],
            leads_to=[target],
        )
        draft = again(opportunity)
        for name in ("skill_items", "audience_items", "sector_items", "theme_items", "subject_items"):
            getattr(draft, name).set([type(row)(tag=row.tag) for row in getattr(filled, name).all()])
        draft.co_offers.create(partner=partner)
        draft.leads_to.create(target=target)
        draft.access.set([])
        services.save_draft(draft)
        kept = again(opportunity)
        assert [item.tag.slug for item in kept.skill_items.all()] == ["creativity"]
        assert kept.access.count() == 1
        assert not kept.co_offers.exists()
        services.publish(kept.get_latest_revision_as_object())
        kept = again(opportunity)
        assert [item.tag.slug for item in kept.skill_items.all()] == ["analysis"]
        assert {found.slug for found in kept.audiences.all()} == {"ks3", "send"}
        assert [row.partner for row in kept.co_offers.all()] == [partner]
        assert [row.target for row in kept.leads_to.all()] == [target]
        assert not kept.access.exists()

    def test_two_rows_may_swap_what_may_stand_only_once(self) -> None:
        one, two = PartnerFactory.create_batch(2)
        opportunity = OpportunityFactory.create(with_partners=[one, two], access={"bsl": True, "captions": False})
        draft = again(opportunity).get_latest_revision_as_object()
        first, second = draft.co_offers.all()
        first.partner, second.partner = second.partner, first.partner
        draft.co_offers.set([first, second])
        bsl, captions = draft.access.all()
        bsl.feature, captions.feature = captions.feature, bsl.feature
        draft.access.set([bsl, captions])
        services.publish(draft)
        assert [row.partner for row in again(opportunity).co_offers.all()] == [two, one]
        assert [(row.feature.slug, row.present) for row in again(opportunity).access.all()] == [
            ("captions", True),
            ("bsl", False),
        ]

    def test_sessions_stay_when_a_draft_is_published(self) -> None:
        opportunity = OpportunityFactory.create(availability="dated")
        starts = timezone.now() + timedelta(days=1)
        revision = redraft(opportunity, title="After")
        session = services.add_session(again(opportunity), starts=starts, ends=starts + timedelta(hours=1))
        revision.publish()
        assert list(again(opportunity).sessions.all()) == [session]


class TestSafeguarding:
    """A yes holds publication until an officer has decided; the decision is kept with who, when and why."""

    def held(self, **fields: Any) -> Opportunity:
        return OpportunityFactory.create(kind="placement", live=False, **{"under_16": True, **fields})

    def test_publishing_is_held(self, officer: User) -> None:
        opportunity = self.held()
        with pytest.raises(ValidationError, match="An officer must record a decision"):
            services.publish(again(opportunity), officer)
        assert not again(opportunity).live
        decision = services.decide_safeguarding(again(opportunity), officer, accepted=True, reason="Two adults.")
        assert (decision.decided_by, decision.under_16, decision.in_private_home) == (officer, True, False)
        services.publish(again(opportunity), officer)
        assert again(opportunity) in selectors.public()
        entry = ModelLogEntry.objects.get(action="opportunities.decide_safeguarding")
        assert (entry.user, entry.data) == (officer, {"accepted": True})

    def test_a_refusal_holds_it_too(self, officer: User) -> None:
        opportunity = self.held()
        services.decide_safeguarding(opportunity, officer, accepted=False, reason="Nobody else is there.")
        with pytest.raises(ValidationError, match="must record a decision"):
            services.publish(again(opportunity))

    def test_other_answers_need_another_decision(self, officer: User) -> None:
        opportunity = self.held()
        services.decide_safeguarding(opportunity, officer, accepted=True, reason="Two adults.")
        changed = again(opportunity)
        changed.alone_with_one_adult = True
        assert not services.is_publishable(changed)
        changed.alone_with_one_adult = False
        assert services.is_publishable(changed)

    def test_a_decision_takes_a_reason(self, officer: User) -> None:
        with pytest.raises(ValidationError, match="why this follows"):
            services.decide_safeguarding(self.held(), officer, accepted=True, reason=" ")
        assert not SafeguardingDecision.objects.exists()

    def test_the_undecided_are_listed_until_they_are_decided(self, officer: User) -> None:
        waiting = self.held()
        OpportunityFactory.create(kind="placement")
        assert list(selectors.undecided()) == [waiting]
        SafeguardingDecisionFactory.create(opportunity=waiting, in_private_home=True, decided_by=officer)
        assert list(selectors.undecided()) == [waiting], "that was a decision on other answers"
        SafeguardingDecisionFactory.create(opportunity=waiting, accepted=False, decided_by=officer)
        assert not selectors.undecided().exists()

    def test_a_new_one_with_a_yes_is_held_before_it_has_a_number(self) -> None:
        opportunity = OpportunityFactory.build(kind="placement", offered_by=PartnerFactory.create(), under_16=True)
        with pytest.raises(ValidationError, match="must record a decision"):
            services.publish(opportunity)
        assert not Opportunity.objects.exists()


class TestModeration:
    """Officers accept exactly what they read."""

    def submit(self, thing: Opportunity | Partner, user: User) -> WorkflowState:
        state: WorkflowState = thing.get_workflow().start(thing, user)
        return state

    def accept(self, state: WorkflowState, officer: User) -> None:
        task_state = TaskState.objects.get(pk=state.current_task_state.pk)
        task_state.task.specific.on_action(task_state, officer, "approve")

    def test_what_was_reviewed_is_published_and_not_what_came_later(self, officer: User) -> None:
        member = PartnerMemberFactory.create(partner=PartnerFactory.create())
        opportunity = OpportunityFactory.create(title="Before", live=False)
        reviewed = redraft(opportunity, title="Reviewed")
        state = self.submit(again(opportunity), member)
        redraft(opportunity, title="Later")
        self.accept(state, officer)
        kept = again(opportunity)
        assert (kept.title, kept.live, kept.live_revision) == ("Reviewed", True, reviewed)
        assert kept.has_unpublished_changes
        assert kept.get_latest_revision_as_object().title == "Later"

    def test_a_partner_is_moderated_alike(self, officer: User) -> None:
        partner = PartnerFactory.create(name="Reviewed", live=False)
        partner.save_revision()
        state = self.submit(partner, UserFactory.create())
        later = Partner.objects.get(pk=partner.pk).get_latest_revision_as_object()
        later.name = "Later"
        later.save_revision()
        self.accept(state, officer)
        kept = Partner.objects.get(pk=partner.pk)
        assert (kept.name, kept.live) == ("Reviewed", True)

    def test_accepting_what_is_held_is_not_offered_and_undone_if_forced(self, officer: User) -> None:
        opportunity = OpportunityFactory.create(kind="placement", under_16=True, live=False)
        redraft(opportunity)
        state = self.submit(again(opportunity), UserFactory.create())
        task = state.current_task_state.task.specific

        def offered() -> set[str]:
            return {name for name, _, _ in task.get_actions(again(opportunity), officer)}

        assert offered() == {"reject"}
        with pytest.raises(ValidationError, match="must record a decision"):
            self.accept(state, officer)
        assert TaskState.objects.get(pk=state.current_task_state.pk).status == TaskState.STATUS_IN_PROGRESS
        assert not again(opportunity).live
        services.decide_safeguarding(again(opportunity), officer, accepted=True, reason="Two adults.")
        assert offered() == {"reject", "approve"}
        self.accept(state, officer)
        assert again(opportunity) in selectors.public()

    def test_nobody_but_officers_is_offered_anything(self, officer: User) -> None:
        opportunity = OpportunityFactory.create(live=False)
        redraft(opportunity)
        member = PartnerMemberFactory.create(partner=opportunity.offered_by)
        task = self.submit(again(opportunity), member).current_task_state.task.specific
        assert task.get_actions(again(opportunity), member) == []
        assert task.get_actions(again(opportunity), officer)

    def test_what_another_took_meanwhile_undoes_the_acceptance(self, officer: User) -> None:
        opportunity = OpportunityFactory.create(live=False)
        redraft(opportunity, reference="O1")
        state = self.submit(again(opportunity), UserFactory.create())
        OpportunityFactory.create(reference="O1")
        with pytest.raises(ValidationError, match="Another opportunity has this reference"):
            self.accept(state, officer)
        assert TaskState.objects.get(pk=state.current_task_state.pk).status == TaskState.STATUS_IN_PROGRESS
        assert not again(opportunity).live

    def test_the_longest_wait_comes_first(self) -> None:
        first, second = OpportunityFactory.create_batch(2, live=False)
        states = []
        for opportunity in (first, second):
            redraft(opportunity)
            states.append(self.submit(again(opportunity), UserFactory.create()))
        assert [state.workflow_state for state in selectors.waiting_for_moderation()] == states
        states[0].cancel()
        assert [state.workflow_state for state in selectors.waiting_for_moderation()] == states[1:]

    def test_pages_do_not_wait_for_officers(self) -> None:
        page = Page.objects.filter(depth=2).specific().first()
        assert page is not None
        page.save_revision()
        page.get_workflow().start(page, UserFactory.create())
        assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 1
        assert not selectors.waiting_for_moderation().exists()

    def test_wagtail_sends_no_mail_of_its_own(self, officer: User, mailoutbox: list[object]) -> None:
        member = PartnerMemberFactory.create(partner=PartnerFactory.create())
        opportunity = OpportunityFactory.create(live=False)
        redraft(opportunity)
        state = self.submit(again(opportunity), member)
        task_state = TaskState.objects.get(pk=state.current_task_state.pk)
        task_state.task.specific.on_action(task_state, officer, "reject", comment="Say what they make.")
        state.refresh_from_db()
        state.resume(member)
        self.accept(WorkflowState.objects.get(pk=state.pk), officer)
        assert again(opportunity).live
        assert not mailoutbox

    def test_a_draft_under_review_is_not_written_over(self) -> None:
        """The CMS writes over its last draft as one types; what officers read must stay what it was."""
        user = UserFactory.create()
        opportunity = OpportunityFactory.create(title="Reviewed", live=False)
        revision = again(opportunity).save_revision(user=user)
        self.submit(again(opportunity), user)
        typed = again(opportunity).get_latest_revision_as_object()
        typed.title = "Typed on"
        new = typed.save_revision(user=user, overwrite_revision=again(opportunity).latest_revision)
        assert new.pk != revision.pk
        assert Revision.objects.get(pk=revision.pk).as_object().title == "Reviewed"
        typed.title = "Typed on again"
        assert typed.save_revision(user=user, overwrite_revision=new).pk == new.pk
