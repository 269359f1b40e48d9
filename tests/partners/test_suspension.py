"""A suspension stops everything at once, tells whom to ring, and can be lifted; each in the history with who and when."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry, WorkflowState

from accounts.models import User
from opportunities import services as opportunity_services
from opportunities.models import Opportunity
from opportunities.selectors import waiting_for_moderation
from partners import selectors, services, still_right
from partners.models import Partner, PartnerMembership, Publishable
from tests.cms import Desk, address_of
from tests.factories import (
    ContactFactory,
    DepartmentFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    RelationshipFactory,
    SessionFactory,
    UserFactory,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db

WHY = "A school has told us of a concern."


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory.create(name="Foundry Lane Press", telephone="020 7946 0100")


@pytest.fixture
def officer() -> User:
    return OfficerFactory.create(first_name="Ngozi", last_name="Hartwell")


def again[T: Publishable](thing: T) -> T:
    return type(thing)._default_manager.get(pk=thing.pk)


def sent(thing: Publishable, user: User) -> WorkflowState:
    """A draft of it is before the officers."""
    if isinstance(thing, Opportunity):
        opportunity_services.save_draft(thing, user)
    else:
        services.save_draft(again(thing), user)
    services.submit(again(thing), user)
    return WorkflowState.objects.latest("pk")


def signed_in(user: User) -> Client:
    client = Client()
    sign_in(client, user)
    return client


def is_signed_in(client: Client) -> bool:
    return client.get("/account/messages/").status_code == 200


class TestAtOnce:
    """What one button does."""

    def test_all_its_people_are_signed_out_and_nobody_else(self, partner: Partner, officer: User) -> None:
        owner = PartnerMemberFactory.create(partner=partner, partner__role="owner")
        both = PartnerMemberFactory.create(partner=partner)
        other = PartnerFactory.create()
        PartnerMembership.objects.create(user=both, partner=other)
        stranger = PartnerMemberFactory.create(partner=other)
        theirs, shared, strangers, office = (signed_in(user) for user in (owner, both, stranger, officer))
        services.suspend(partner, officer, WHY)
        assert [is_signed_in(client) for client in (theirs, shared, strangers, office)] == [False, False, True, True]
        sign_in(shared, User.objects.get(pk=both.pk))
        assert shared.get(f"/portal/{other.pk}/").status_code == 200, "they sign in again for the other partner"
        assert shared.get(f"/portal/{partner.pk}/").status_code == 404
        assert partner not in selectors.served_by(owner)

    def test_what_waits_for_officers_is_taken_back(self, partner: Partner, officer: User) -> None:
        member = PartnerMemberFactory.create(partner=partner)
        elsewhere = OpportunityFactory.create()
        states = [sent(thing, member) for thing in (partner, OpportunityFactory.create(offered_by=partner))]
        kept = sent(elsewhere, officer)
        services.suspend(again(partner), officer, WHY)
        assert {WorkflowState.objects.get(pk=state.pk).status for state in states} == {"cancelled"}
        assert [task.workflow_state for task in waiting_for_moderation()] == [kept]

    def test_links_that_were_sent_to_it_stop_working(self, client: Client, partner: Partner, officer: User) -> None:
        link = f"/still-right/{still_right.sign(partner)}/"
        services.suspend(partner, officer, WHY)
        for answer in (client.get(link), client.post(link)):
            assert answer.status_code == 404
            assert partner.name not in answer.content.decode()
        assert again(partner).confirmed_on is None

    def test_the_history_says_who_when_and_why_and_names_nobody_else(self, partner: Partner, officer: User) -> None:
        PartnerMemberFactory.create(partner=partner, email="ada@press.example")
        services.suspend(partner, officer, WHY)
        entry = ModelLogEntry.objects.get(action="partners.suspend")
        assert (entry.user, entry.data["reason"]) == (officer, WHY)
        assert abs(entry.timestamp - timezone.now()) < timedelta(minutes=1)
        assert "ada" not in str(entry.data)

    def test_once_is_enough_and_a_reason_is_needed(self, partner: Partner, officer: User) -> None:
        with pytest.raises(ValidationError, match="Say why"):
            services.suspend(partner, officer, " ")
        services.suspend(partner, officer, WHY)
        with pytest.raises(ValidationError, match="suspended it already"):
            services.suspend(partner, officer, WHY)
        assert ModelLogEntry.objects.filter(action="partners.suspend").count() == 1

    def test_a_confirmation_or_a_publication_does_not_lift_it(self, partner: Partner, officer: User) -> None:
        draft = again(partner)
        services.suspend(again(partner), officer, WHY)
        services.confirm(draft)
        services.publish(draft)
        assert again(partner).is_suspended


class TestLifting:
    """What was, is again."""

    def test_what_waited_waits_again_and_the_rest_does_not(self, partner: Partner, officer: User) -> None:
        member = PartnerMemberFactory.create(partner=partner)
        opportunity, mended = (OpportunityFactory.create(offered_by=partner) for _ in range(2))
        for thing in (partner, opportunity, mended):
            sent(thing, member)
        withdrawn = OpportunityFactory.create(offered_by=partner)
        sent(withdrawn, member)
        services.withdraw(again(withdrawn), member)
        services.suspend(again(partner), officer, WHY)
        services.submit(again(mended), officer)
        services.lift_suspension(again(partner), officer, "All is well.")
        waiting = [task.workflow_state.content_object for task in waiting_for_moderation()]
        assert sorted(map(str, waiting)) == sorted(map(str, (partner, opportunity, mended)))
        assert again(partner).current_workflow_state.requested_by == member
        assert again(partner) in selectors.public()
        assert again(opportunity).live

    def test_only_what_is_suspended_can_be_let_go(self, partner: Partner, officer: User) -> None:
        with pytest.raises(ValidationError, match="not suspended any more"):
            services.lift_suspension(partner, officer, "All is well.")

    def test_a_warning_from_before_begins_anew(self, partner: Partner, officer: User) -> None:
        Partner.objects.filter(pk=partner.pk).update(warned_on=timezone.localdate() - timedelta(days=27))
        services.suspend(again(partner), officer, WHY)
        services.lift_suspension(again(partner), officer, "All is well.")
        assert again(partner).warned_on is None

    def test_a_second_suspension_forgets_what_the_first_took_back(self, partner: Partner, officer: User) -> None:
        sent(partner, officer)
        services.suspend(again(partner), officer, WHY)
        services.lift_suspension(again(partner), officer, "All is well.")
        services.withdraw(again(partner), officer)
        services.suspend(again(partner), officer, WHY)
        services.lift_suspension(again(partner), officer, "All is well.")
        assert not waiting_for_moderation().exists()


class TestWhomToRing:
    """The page that the officer sees next."""

    def test_it_lists_everybody_whom_it_concerns(self, partner: Partner, officer: User) -> None:
        ContactFactory.create(partner=partner, name="Robin Hale", role="Bookings", telephone="020 7946 0101")
        PartnerMemberFactory.create(partner=partner, email="ada@press.example")
        keeper = UserFactory.create(first_name="Tobiah", last_name="Lindqvist", email="tobiah@city.example")
        RelationshipFactory.create(partner=partner, department=DepartmentFactory.create(slug="culture"), owner=keeper)
        former = UserFactory.create(email="former@city.example")
        RelationshipFactory.create(
            partner=partner, department=DepartmentFactory.create(slug="markets"), owner=former, status="ended"
        )
        visit = OpportunityFactory.create(title="Set, ink, pull", offered_by=partner, availability="dated")
        SessionFactory.create(opportunity=visit, capacity=30, taken=28, waiting=3)
        SessionFactory.create(opportunity=visit, in_days=-5, taken=25)
        SessionFactory.create(opportunity=visit, in_days=9)
        guest = PartnerFactory.create(name="Guest Hall", telephone="020 7946 0102")
        hosted = OpportunityFactory.create(title="Hosted", offered_by=guest, hosted_by=partner, availability="dated")
        SessionFactory.create(opportunity=hosted, taken=5)
        desk = Desk(officer)
        form = desk.form(address_of(Partner, "suspend", partner))
        form["reason"] = WHY
        answer = desk.send(form)
        page = answer.page.get_text(" ", strip=True)
        assert answer.address == f"/admin/partners/whom-to-ring/{partner.pk}/"
        for words in ("020 7946 0100", "Robin Hale, Bookings", "020 7946 0101", "ada@press.example", "Tobiah Lindqvist", "Culture",
                      "tobiah@city.example", "Set, ink, pull", "28", "Hosted", "Guest Hall", "020 7946 0102", WHY, "Ngozi Hartwell",
                      "People signed out: 1."):  # fmt: skip
            assert words in page, words
        assert "former@city.example" not in page
        counts = [cell.get_text(strip=True) for cell in answer.page.select("tbody td.govuk-table__cell--numeric")]
        assert counts == ["28", "3", "5", "0"], "only sessions to come for which places are taken"
        assert "Whom to ring" in desk.open(address_of(Partner, "edit", partner)).page.get_text()

    def test_two_officers_at_once_both_see_it(self, partner: Partner, officer: User) -> None:
        desk = Desk(officer)
        form = desk.form(address_of(Partner, "suspend", partner))
        form["reason"] = WHY
        desk.send(form)
        assert desk.send(form).address == f"/admin/partners/whom-to-ring/{partner.pk}/"
        assert ModelLogEntry.objects.filter(action="partners.suspend").count() == 1

    def test_lifting_twice_is_said(self, partner: Partner, officer: User) -> None:
        services.suspend(partner, officer, WHY)
        desk = Desk(officer)
        form = desk.form(address_of(Partner, "lift_suspension", partner))
        form["reason"] = "All is well."
        assert "no longer suspended" in desk.send(form).said
        assert "not suspended any more" in str(desk.send(form).page)

    def test_the_days_of_a_suspension_are_not_held_against_it(self, partner: Partner, officer: User) -> None:
        services.confirm(partner)
        services.suspend(again(partner), officer, WHY)
        with time_machine.travel(timezone.now() + timedelta(days=400)):
            services.lift_suspension(again(partner), officer, "All is well.")
            assert again(partner).is_public
