"""Two who invite, accept or take back at the same moment: one comes after the other, and neither is turned away by the database."""

from functools import partial

import pytest

from accounts.invitations import accept_invitation
from accounts.models import DepartmentInvitation
from partners import people
from partners.models import PartnerInvitation, PartnerMembership
from tests.factories import DepartmentFactory, OfficerFactory, PartnerFactory, PartnerMemberFactory
from tests.links import invite_to_department, secret_sent_to
from tests.side_by_side import at_once, side_by_side

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def test_of_two_invitations_to_one_address_one_link_works() -> None:
    officer = OfficerFactory.create()
    for number in range(ROUNDS):
        department, email = DepartmentFactory.create(slug=f"d{number}"), f"ada{number}@example.org"
        jobs = [partial(invite_to_department, department, email, officer)] * 2
        assert side_by_side(*jobs) == []
        invitations = DepartmentInvitation.objects.filter(department=department)
        assert sorted(each.state for each in invitations) == ["Taken back", "Waiting"]


def test_an_invitation_accepted_while_whoever_sent_it_is_taken_out() -> None:
    """Either somebody was quicker to join, or the link had stopped working; never both, and no error."""
    for number in range(ROUNDS):
        partner, email = PartnerFactory.create(), f"ben{number}@example.org"
        owner, other = (PartnerMemberFactory.create(partner=partner, partner__role="owner") for _ in range(2))
        people.invite(partner, email, "member", owner)
        secret = secret_sent_to(email)
        joined, removed = at_once(
            partial(accept_invitation, PartnerInvitation, secret, people.join),
            partial(people.remove, partner.memberships.get(user=owner), other),
        )
        assert not isinstance(joined, Exception), joined
        assert removed is None
        invitation = PartnerInvitation.objects.get(partner=partner)
        assert invitation.state == ("Accepted" if joined else "Taken back")
        assert PartnerMembership.objects.filter(partner=partner, user__email=email).exists() == bool(joined)


def test_accepted_by_two_at_the_same_moment_it_lets_in_once() -> None:
    for number in range(ROUNDS):
        partner, email = PartnerFactory.create(), f"cem{number}@example.org"
        people.invite(partner, email, "member", None)
        secret = secret_sent_to(email)
        came = at_once(*[partial(accept_invitation, PartnerInvitation, secret, people.join)] * 2)
        assert sorted(each is None for each in came) == [False, True]
