"""How a link lets somebody in: once, for two weeks, whoever it was sent to."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.invitations import (
    accept_invitation,
    find_invitation,
    join_advisers,
    join_department,
    revoke_invitation,
)
from accounts.models import AdviserInvitation, AdviserMembership, DepartmentInvitation, DepartmentMembership, User
from engagement.retention import apply_retention
from notices.models import Notice
from tests.factories import AdviserFactory, AdviserTeamFactory, DepartmentFactory, OfficerFactory, UserFactory
from tests.links import invite_adviser, invite_to_department, secret_sent_to
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"


def invited() -> tuple[DepartmentInvitation, str]:
    invitation = invite_to_department(DepartmentFactory.create(), ADA, OfficerFactory.create())
    assert isinstance(invitation, DepartmentInvitation)
    return invitation, secret_sent_to(ADA)


def accept(secret: str) -> User | None:
    return accept_invitation(DepartmentInvitation, secret, join_department)


def test_the_address_that_was_invited_joins_once() -> None:
    invitation, secret = invited()
    user = accept(secret)
    assert user is not None
    assert user.email == ADA
    assert not user.has_usable_password()
    assert DepartmentMembership.objects.filter(user=user, department=invitation.department).exists()
    assert accept(secret) is None
    assert DepartmentMembership.objects.count() == 1


def test_only_a_fingerprint_of_the_link_is_kept_once_it_is_sent(settings: LazySettings) -> None:
    settings.DEMO = False  # the demonstration shows what was sent on a page
    invitation, secret = invited()
    deliver_all()
    assert not Notice.objects.filter(text__contains=secret).exists()
    assert not Notice.objects.filter(html__contains=secret).exists()
    values = [str(value) for value in DepartmentInvitation.objects.filter(pk=invitation.pk).values_list()[0]]
    assert not any(secret in value for value in values)
    assert accept(invitation.fingerprint) is None


def test_a_link_works_for_fourteen_days_and_not_a_second_longer() -> None:
    invitation, secret = invited()
    with time_machine.travel(invitation.ends_at - timedelta(seconds=1), tick=False):
        assert find_invitation(DepartmentInvitation, secret) == invitation
    with time_machine.travel(invitation.ends_at, tick=False):
        assert find_invitation(DepartmentInvitation, secret) is None
        assert accept(secret) is None
    assert invitation.ends_at - invitation.made_at == timedelta(days=14)


@pytest.mark.parametrize("altered", ["", "guessed", "\x00", "a" * 5_000, "é"])
def test_no_other_text_opens_anything(altered: str) -> None:
    invited()
    assert accept(altered) is None


def test_an_altered_link_is_none() -> None:
    _, secret = invited()
    assert accept(secret[:-1] + ("A" if secret[-1] != "A" else "B")) is None
    assert accept(secret + "A") is None
    assert accept(secret.swapcase()) is None


def test_a_link_of_another_kind_is_none() -> None:
    _, secret = invited()
    assert accept_invitation(AdviserInvitation, secret, join_advisers) is None


def test_what_is_taken_back_is_useless_and_forgets_the_address() -> None:
    invitation, secret = invited()
    assert revoke_invitation(invitation, None)
    assert not revoke_invitation(invitation, None)
    assert accept(secret) is None
    invitation.refresh_from_db()
    assert invitation.email == ""


def test_a_second_invitation_makes_the_first_useless() -> None:
    invitation, first = invited()
    invite_to_department(invitation.department, ADA.upper(), None)
    second = secret_sent_to(ADA)
    assert accept(first) is None
    assert accept(second) is not None


def test_invitations_to_other_organisations_stand_beside_it() -> None:
    _, first = invited()
    invite_to_department(DepartmentFactory.create(slug="education"), ADA, None)
    assert accept(first) is not None
    assert accept(secret_sent_to(ADA)) is not None
    assert DepartmentMembership.objects.filter(user__email=ADA).count() == 2


@pytest.mark.parametrize("typed", ["", "   ", "nobody", "a@b", "two@example.org, three@example.org"])
def test_what_is_no_address_is_refused_and_nothing_is_sent(typed: str) -> None:
    with pytest.raises(ValidationError):
        invite_to_department(DepartmentFactory.create(), typed, None)
    assert not Notice.objects.exists()


def test_who_has_an_account_joins_with_it() -> None:
    user = UserFactory.create(email=ADA)
    _, secret = invited()
    assert accept(secret) == user


def test_a_closed_account_stays_closed() -> None:
    UserFactory.create(email=ADA, is_active=False)
    _, secret = invited()
    user = accept(secret)
    assert user is not None
    assert not user.is_active


def test_an_adviser_who_leads_stays_the_lead() -> None:
    team = AdviserTeamFactory.create()
    lead = AdviserFactory.create(team=team)
    AdviserMembership.objects.update(is_lead=True)
    invite_adviser(team, lead.email, None)
    accept_invitation(AdviserInvitation, secret_sent_to(lead.email), join_advisers)
    assert AdviserMembership.objects.get(user=lead).is_lead
    invite_adviser(team, ADA, None, is_lead=True)
    accept_invitation(AdviserInvitation, secret_sent_to(ADA), join_advisers)
    assert AdviserMembership.objects.get(user__email=ADA).is_lead


def test_the_address_of_an_unanswered_invitation_goes_a_month_after_it_ran_out() -> None:
    invitation, _ = invited()
    apply_retention(invitation.ends_at + timedelta(days=29))
    invitation.refresh_from_db()
    assert invitation.email == ADA
    apply_retention(invitation.ends_at + timedelta(days=31))
    invitation.refresh_from_db()
    assert invitation.email == ""
    apply_retention(timezone.now() + timedelta(days=366))
    assert not DepartmentInvitation.objects.exists()


def test_a_link_of_somebody_whose_account_was_closed_is_void() -> None:
    officer = OfficerFactory.create()
    invite_to_department(DepartmentFactory.create(), ADA, officer)
    secret = secret_sent_to(ADA)
    officer.is_active = False
    officer.save()
    assert find_invitation(DepartmentInvitation, secret) is None
    assert accept(secret) is None
    officer.is_active = True
    officer.save()
    assert accept(secret) is not None


def test_a_link_of_somebody_whose_account_was_deleted_is_void() -> None:
    officer, other = OfficerFactory.create(), OfficerFactory.create()
    invite_to_department(DepartmentFactory.create(), ADA, officer)
    invite_to_department(DepartmentFactory.create(), "bo@example.org", other)
    officer.delete()
    assert accept(secret_sent_to(ADA)) is None
    assert accept(secret_sent_to("bo@example.org")) is not None
