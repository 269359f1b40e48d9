"""Four eyes in the CMS and past it: by every way in which something becomes public in somebody's name."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from accounts.models import User
from opportunities.models import Opportunity, SafeguardingDecision
from opportunities.resources import OpportunityResource
from partners import services
from partners.models import Assurance, Partner, PartnerMembership, Publishable
from partners.moderation import accept
from partners.resources import PartnerResource
from taxonomy.resources import Outcome
from tests.cms import Desk, address_of
from tests.factories import (
    AdministratorFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
)
from tests.factories.tables import opportunity_row, partner_row, run
from tests.opportunities.drafting import APPROVE, new_form
from tests.portal.moderated import again, redraft, sent

pytestmark = pytest.mark.django_db
each = pytest.mark.parametrize("factory", [PartnerFactory, OpportunityFactory], ids=["partner", "opportunity"])
OWN = "You act for"


@pytest.fixture
def ada() -> User:
    """An officer without any tie."""
    return OfficerFactory.create(first_name="Ada", last_name="Archer")


def people_of(thing: Publishable, role: Any = OfficerFactory) -> tuple[User, User]:
    """An officer, or somebody in another role, who acts for whose it is; and somebody else who does."""
    partner = thing if isinstance(thing, Partner) else thing.offered_by
    both = role.create()
    PartnerMembership.objects.create(user=both, partner=partner)
    return both, PartnerMemberFactory.create(partner=partner)


@each
class TestEditor:
    """The editor, its buttons, and the addresses behind them."""

    def test_approving_is_not_offered_and_the_page_says_who_can(self, factory: Any, ada: User) -> None:
        thing = factory.create(live=False)
        both, member = people_of(thing)
        state = sent(thing, member, summary="New.")
        model, desk = type(thing), Desk(both)
        page = desk.open(address_of(model, "edit", thing)).page
        assert "Ada Archer can accept it." in page.get_text(" ", strip=True)
        assert page.select_one('[data-workflow-action-name="reject"], [value="reject"]') is not None
        assert page.select_one('[data-workflow-action-name="approve"], [value="approve"]') is None
        desk.send(desk.form(model, thing), "action-workflow-action", **APPROVE)
        desk.post(address_of(model, "workflow_action", thing, "approve", state), comment="")
        assert not again(thing).live
        Desk(ada).post(address_of(model, "workflow_action", thing, "approve", state), comment="")
        assert again(thing).live

    def test_who_sent_it_from_the_cms_does_not_approve_it_there(self, factory: Any, ada: User) -> None:
        thing, sender = factory.create(live=False), OfficerFactory.create()
        model, desk = type(thing), Desk(sender)
        desk.send(desk.form(model, thing), "action-submit")
        state = again(thing).current_workflow_task_state
        desk.send(desk.form(model, thing), "action-workflow-action", **APPROVE)
        desk.post(address_of(model, "workflow_action", thing, "approve", state), comment="")
        assert "wrote or sent this yourself" in desk.send(desk.form(model, thing), "action-publish").said
        assert not again(thing).live
        checker = Desk(ada)
        checker.send(checker.form(model, thing), "action-workflow-action", **APPROVE)
        assert again(thing).live

    @pytest.mark.parametrize("role", [OfficerFactory, AdministratorFactory])
    def test_publishing_is_refused_and_the_draft_kept(self, factory: Any, role: Any, ada: User) -> None:
        thing = factory.create(summary="Before.")
        both, _ = people_of(thing, role)
        desk = Desk(both)
        form = desk.form(type(thing), thing)
        form["summary"] = "After."
        said = desk.send(form, "action-publish").said
        assert "saved as a draft only" in said
        assert f"{OWN} " in said
        assert "Send it for moderation." in said
        assert "Ada Archer can accept it." in said
        assert again(thing).summary == "Before."
        assert again(thing).get_latest_revision_as_object().summary == "After."

    def test_nor_for_a_day_to_come(self, factory: Any, ada: User) -> None:
        thing = factory.create(live=False)
        both, _ = people_of(thing)
        desk = Desk(both)
        form = desk.form(type(thing), thing)
        tomorrow = timezone.localtime() + timedelta(days=1)
        form["go_live_at"] = tomorrow.strftime("%Y-%m-%d %H:%M")
        assert OWN in desk.send(form, "action-publish").said
        with time_machine.travel(tomorrow + timedelta(hours=1)):
            call_command("publish_scheduled")
        assert not again(thing).live

    def test_what_another_accepted_goes_public_on_its_day(self, factory: Any, ada: User) -> None:
        thing = factory.create(live=False)
        both, _ = people_of(thing)
        tomorrow = timezone.now() + timedelta(days=1)
        accept(thing, sent(thing, both, go_live_at=tomorrow).revision, ada)
        assert not again(thing).live
        with time_machine.travel(tomorrow + timedelta(hours=1)):
            call_command("publish_scheduled")
        assert again(thing).live

    def test_an_old_version_is_not_brought_back_either(self, factory: Any, ada: User) -> None:
        thing = factory.create(summary="First.")
        both, member = people_of(thing)
        first = again(thing).save_revision(user=member)
        redraft(thing, member, summary="Second.")
        again(thing).latest_revision.publish(user=ada)
        desk = Desk(both)
        form = desk.form(address_of(type(thing), "revisions_revert", thing, first.pk))
        desk.send(form, "action-publish")
        assert again(thing).summary == "Second."

    def test_nothing_is_published_many_at_once(self, factory: Any) -> None:
        """Wagtail has no such action on snippets; should a version bring one, this says so."""
        actions = bulk_action_registry.get_bulk_actions_for_model(*factory._meta.model._meta.label_lower.split("."))
        assert {action.action_type for action in actions} == {"delete"}


def test_a_new_one_of_ones_own_partner_is_a_draft_whoever_presses_publish(ada: User) -> None:
    partner = PartnerFactory.create()
    both, _ = people_of(partner)
    said = Desk(both).send(new_form(Desk(both), offered_by=partner.pk), "action-publish").said
    assert OWN in said
    assert not Opportunity.objects.get().live


def test_what_is_vouched_for_in_the_cms_is_refused_by_the_form(ada: User) -> None:
    thing = OpportunityFactory.create(kind="placement", under_16=True, live=False)
    both, _ = people_of(thing)
    desk = Desk(both)
    form = desk.form(f"{reverse('safeguarding_decision:add')}?opportunity={thing.pk}")
    form["accepted"], form["reason"] = True, "Two adults."
    assert OWN in desk.send(form).errors[""][0]
    assert not SafeguardingDecision.objects.exists()
    form = desk.form(f"{reverse('assurance:add')}?partner={thing.offered_by_id}")
    today = timezone.localdate().isoformat()
    form["kind"], form["seen_on"], form["expires"] = "vetting", today, today
    assert OWN in desk.send(form).errors[""][0]
    assert not Assurance.objects.exists()


class TestImport:
    """A spreadsheet publishes only what the person may."""

    def test_rows_of_ones_own_partner_are_drafts_and_say_why(self, ada: User) -> None:
        run(PartnerResource, [partner_row(1), partner_row(2)], publish=True)
        both = OfficerFactory.create()
        PartnerMembership.objects.create(user=both, partner=Partner.objects.get(reference="P1"))
        rows = [opportunity_row(1), opportunity_row(2, partner="P2", site="Print room 2")]
        for dry_run in (True, False):
            report = run(OpportunityResource, rows, publish=True, user=both, dry_run=dry_run)
            assert [row.public for row in report.rows] == [False, True]
            assert OWN in report.rows[0].notes[0]
            assert "It is left as a draft." in report.rows[0].notes[0]
        assert [each.reference for each in Opportunity.objects.filter(live=True)] == ["O2"]
        run(OpportunityResource, rows, publish=True, user=ada)
        assert Opportunity.objects.get(reference="O1").live

    def test_so_is_the_partner_itself(self, ada: User) -> None:
        run(PartnerResource, [partner_row(1)])
        partner = Partner.objects.get()
        both = OfficerFactory.create()
        PartnerMembership.objects.create(user=both, partner=partner)
        report = run(PartnerResource, [partner_row(1, summary="Changed.")], publish=True, user=both)
        assert OWN in report.rows[0].notes[0]
        assert not again(partner).live
        services.publish(again(partner).get_latest_revision_as_object(), ada)
        report = run(PartnerResource, [partner_row(1, summary="Changed again.")], publish=True, user=both)
        assert report.rows[0].outcome == Outcome.CHANGED
        assert again(partner).summary == "Changed."
        assert again(partner).get_latest_revision_as_object().summary == "Changed again."
