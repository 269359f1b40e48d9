"""Safeguarding in the CMS: a yes holds publication until an officer has decided on what they read."""

import pytest
from django.urls import reverse

from opportunities import selectors
from opportunities.models import Opportunity, SafeguardingDecision
from tests.cms import Answer, Desk, Form, address_of
from tests.factories import OfficerFactory, OpportunityFactory, UserFactory
from tests.opportunities.drafting import APPROVE, again, new_form

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(OfficerFactory.create())


@pytest.fixture
def sender() -> Desk:
    """Another officer, who sends what the first one decides on."""
    return Desk(OfficerFactory.create())


class TestSafeguarding:
    """A yes holds publication; approving is not offered until an officer has decided."""

    @pytest.fixture
    def held(self) -> Opportunity:
        return OpportunityFactory.create(kind="placement", under_16=True, live=False)

    def decide(self, desk: Desk, opportunity: Opportunity, *, accepted: bool = True) -> Answer:
        form = desk.form(f"{reverse('safeguarding_decision:add')}?opportunity={opportunity.pk}")
        assert form["opportunity"] == str(opportunity.pk)
        form["accepted"], form["reason"] = accepted, "Two adults are always in the room."
        return desk.send(form)

    def test_publishing_is_refused_by_the_question(self, desk: Desk, held: Opportunity) -> None:
        answer = desk.send(desk.form(Opportunity, held), "action-publish")
        assert "An officer must record a decision" in answer.errors["under_16"][0]
        assert not again(held).live

    def test_a_new_one_is_held_too(self, desk: Desk) -> None:
        fields = {"kind": "mentoring", "in_private_home": "false", "alone_with_one_adult": "true", "under_16": "false"}
        answer = desk.send(new_form(desk, **fields), "action-publish")
        assert "An officer must record a decision" in answer.errors["alone_with_one_adult"][0]
        assert desk.send(new_form(desk, **fields)).errors == {}

    def test_approval_waits_for_the_decision(self, desk: Desk, sender: Desk, held: Opportunity) -> None:
        sender.send(sender.form(Opportunity, held), "action-submit")
        state = again(held).current_workflow_task_state
        page = str(desk.open(address_of(Opportunity, "edit", held)).page)
        assert "Request changes" in page
        assert "Approve" not in page.replace("Officer approval", "")
        assert "need a decision before" in page
        # Neither by the form nor past it.
        form = desk.form(Opportunity, held)
        desk.send(form, "action-workflow-action", **APPROVE)
        desk.post(address_of(Opportunity, "workflow_action", held, "approve", state.pk), comment="")
        assert not again(held).live
        assert again(held).status_string == "in moderation"
        self.decide(desk, held)
        assert "Approve" in str(desk.open(address_of(Opportunity, "edit", held)).page)
        desk.send(desk.form(Opportunity, held), "action-workflow-action", **APPROVE)
        assert again(held) in selectors.public()

    def test_changing_an_answer_while_approving_is_refused(self, desk: Desk, sender: Desk, held: Opportunity) -> None:
        sender.send(sender.form(Opportunity, held), "action-submit")
        self.decide(desk, held)
        form = desk.form(Opportunity, held)
        form["in_private_home"] = "true"
        answer = desk.send(form, "action-workflow-action", **APPROVE)
        assert answer.status == 200
        assert "An officer must record a decision" in answer.errors["in_private_home"][0]
        assert again(held).status_string == "in moderation"

    def test_what_lacks_something_can_still_be_returned(self, desk: Desk) -> None:
        opportunity = OpportunityFactory.create(kind="job", live=False)
        desk.send(desk.form(Opportunity, opportunity), "action-submit")
        form = desk.form(Opportunity, opportunity)
        form["pay_amount"] = ""
        desk.send(form, "action-workflow-action", **{"workflow-action-name": "reject"})
        assert again(opportunity).current_workflow_state.status == "needs_changes"

    def test_the_decision_is_kept_with_who_and_why_and_on_the_latest_draft(self, desk: Desk) -> None:
        live = OpportunityFactory.create(kind="placement", under_16=False)
        form = desk.form(Opportunity, live)
        form["under_16"] = "true"
        desk.send(form)
        assert self.decide(desk, live).errors == {}
        decision = SafeguardingDecision.objects.get()
        assert (decision.decided_by, decision.under_16, decision.accepted) == (desk.user, True, True)
        assert "Decided on the safeguarding answers" in desk.open(address_of(Opportunity, "history", live)).page.text

    def test_nothing_is_decided_but_what_was_read(self, desk: Desk, held: Opportunity) -> None:
        address = f"{reverse('safeguarding_decision:add')}?opportunity={held.pk}"
        assert "May somebody under 16 take part? Yes" in desk.open(address).page.get_text(" ", strip=True)
        form = desk.form(address)
        form["accepted"], form["reason"] = True, "Two adults are always in the room."
        Opportunity.objects.filter(pk=held.pk).update(in_private_home=True)
        answer = desk.send(form)
        assert "These are the answers now" in answer.errors[""][0]
        assert "private home? Yes" in answer.page.get_text(" ", strip=True)
        assert not SafeguardingDecision.objects.exists()
        assert desk.send(Form(answer.page, form.address)).errors == {}
        assert SafeguardingDecision.objects.get().in_private_home

    def test_an_opportunity_that_is_chosen_only_now_is_read_first(self, desk: Desk, held: Opportunity) -> None:
        form = desk.form(reverse("safeguarding_decision:add"))
        form["opportunity"], form["accepted"], form["reason"] = held.pk, True, "Two adults are always in the room."
        answer = desk.send(form)
        assert not SafeguardingDecision.objects.exists()
        assert desk.send(Form(answer.page, form.address)).errors == {}
        assert SafeguardingDecision.objects.get().under_16

    def test_a_decision_takes_a_reason_and_is_never_changed(self, held: Opportunity) -> None:
        desk = Desk(UserFactory.create(is_superuser=True))
        form = desk.form(f"{reverse('safeguarding_decision:add')}?opportunity={held.pk}")
        form["reason"] = " "
        assert "reason" in desk.send(form).errors
        self.decide(desk, held)
        decision = SafeguardingDecision.objects.get()
        for view in ("edit", "delete"):
            address = reverse(f"safeguarding_decision:{view}", args=[decision.pk])
            assert desk.open(address).address == "/admin/"
            desk.post(address, reason="Other.", opportunity=str(held.pk))
        assert SafeguardingDecision.objects.get().reason == decision.reason
        page = str(desk.open(address_of(Opportunity, "edit", held)).page)
        assert reverse("safeguarding_decision:inspect", args=[decision.pk]) in page
        assert desk.open(reverse("safeguarding_decision:inspect", args=[decision.pk])).status == 200
