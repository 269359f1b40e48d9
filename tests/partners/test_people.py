"""Who acts for a partner, and that there is always an owner."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.invitations import accept_invitation, find_invitation
from accounts.models import User
from partners import people
from partners.models import Partner, PartnerInvitation, PartnerMembership
from tests.factories import PartnerFactory, PartnerMemberFactory, UserFactory
from tests.links import messages_to, secret_sent_to
from tests.side_by_side import at_once

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"


def owner_of(partner: Partner) -> User:
    return PartnerMemberFactory.create(partner=partner, partner__role="owner")


def membership(user: User, partner: Partner) -> PartnerMembership:
    return PartnerMembership.objects.get(user=user, partner=partner)


def accept(address: str) -> User | None:
    return accept_invitation(PartnerInvitation, secret_sent_to(address), people.join)


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory.create(name="Foundry Lane Press")


@pytest.mark.parametrize("role", ["owner", "member"])
def test_who_is_invited_gets_the_role(partner: Partner, role: str) -> None:
    people.invite(partner, ADA, role, owner_of(partner))
    user = accept(ADA)
    assert user is not None
    assert membership(user, partner).role == role


def test_every_owner_is_told_who_came(partner: Partner) -> None:
    owner, other = owner_of(partner), owner_of(partner)
    member = PartnerMemberFactory.create(partner=partner)
    people.invite(partner, ADA, "owner", owner)
    accept(ADA)
    assert messages_to(owner.email) == messages_to(other.email) == ["person-joined"]
    assert messages_to(member.email) == []
    assert messages_to(ADA) == ["invitation"]


def test_a_person_may_serve_several(partner: Partner) -> None:
    user = PartnerMemberFactory.create(email=ADA)
    people.invite(partner, ADA, "member", None)
    accept(ADA)
    assert user.partner_memberships.count() == 2


def test_who_acts_for_it_already_is_not_invited_again(partner: Partner) -> None:
    user = owner_of(partner)
    with pytest.raises(ValidationError, match="acts for the partner already"):
        people.invite(partner, f" {user.email.upper()} ", "member", user)


def test_an_invitation_makes_no_owner_a_member(partner: Partner) -> None:
    people.invite(partner, ADA, "member", None)
    PartnerMembership.objects.create(user=UserFactory.create(email=ADA), partner=partner, role="owner")
    user = accept(ADA)
    assert user is not None
    assert membership(user, partner).role == "owner"


def test_an_unknown_role_is_refused(partner: Partner) -> None:
    with pytest.raises(ValidationError):
        people.invite(partner, ADA, "emperor", None)
    one, _ = owner_of(partner), owner_of(partner)
    with pytest.raises(ValidationError):
        people.set_role(membership(one, partner), "emperor", None)


def test_nobody_joins_a_partner_that_is_suspended(partner: Partner) -> None:
    people.invite(partner, ADA, "member", None)
    Partner.objects.update(suspended_at=timezone.now())
    assert accept(ADA) is None
    assert not PartnerMembership.objects.exists()
    Partner.objects.update(suspended_at=None)
    assert accept(ADA) is not None


def test_the_last_owner_stays_until_there_is_another(partner: Partner) -> None:
    owner, member = owner_of(partner), PartnerMemberFactory.create(partner=partner)
    for act in (lambda: people.remove(membership(owner, partner), owner),
                lambda: people.set_role(membership(owner, partner), "member", owner)):  # fmt: skip
        with pytest.raises(ValidationError, match="only owner"):
            act()
    people.set_role(membership(member, partner), "owner", owner)
    people.remove(membership(owner, partner), owner)
    assert [each.user for each in partner.memberships.all()] == [member]


def test_an_owner_whose_account_is_closed_is_not_one_who_stays(partner: Partner) -> None:
    owner, closed = owner_of(partner), owner_of(partner)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    with pytest.raises(ValidationError, match="only owner"):
        people.remove(membership(owner, partner), owner)
    people.remove(membership(closed, partner), owner)


def test_links_that_a_removed_owner_sent_stop_working(partner: Partner) -> None:
    owner, gone = owner_of(partner), owner_of(partner)
    people.invite(partner, ADA, "owner", gone)
    people.invite(partner, "bo@example.org", "member", owner)
    people.remove(membership(gone, partner), owner)
    assert find_invitation(PartnerInvitation, secret_sent_to(ADA)) is None
    assert find_invitation(PartnerInvitation, secret_sent_to("bo@example.org")) is not None


def test_links_of_who_is_no_longer_an_owner_stop_working_too(partner: Partner) -> None:
    owner, other = owner_of(partner), owner_of(partner)
    people.invite(partner, ADA, "owner", other)
    people.set_role(membership(other, partner), "member", owner)
    assert accept(ADA) is None


def test_the_history_says_what_was_done_and_by_whom_without_addresses(partner: Partner) -> None:
    owner = owner_of(partner)
    people.invite(partner, ADA, "member", owner)
    user = accept(ADA)
    assert user is not None
    people.set_role(membership(user, partner), "owner", owner)
    people.remove(membership(user, partner), owner)
    entries = ModelLogEntry.objects.filter(object_id=str(partner.pk)).order_by("pk")
    assert [(each.action, each.user) for each in entries] == [
        ("accounts.invite", owner),
        ("accounts.join", user),
        ("partners.set_role", owner),
        ("partners.remove_person", owner),
    ]
    assert not any(ADA in str(each.data) + each.label for each in entries)


def test_one_who_was_removed_meanwhile_is_said_to_be_gone(partner: Partner) -> None:
    owner, member = owner_of(partner), PartnerMemberFactory.create(partner=partner)
    gone = membership(member, partner)
    people.remove(membership(member, partner), owner)
    with pytest.raises(ValidationError, match="any more"):
        people.set_role(gone, "owner", owner)


@pytest.mark.django_db(transaction=True)
class TestAtTheSameMoment:
    def test_of_two_who_press_the_button_one_wins(self) -> None:
        partner = PartnerFactory.create()
        people.invite(partner, ADA, "member", None)
        came = at_once(*(lambda: accept(ADA) for _ in range(4)))
        assert sorted(str(each) for each in came) == ["None", "None", "None", "ada@example.org"]
        assert PartnerMembership.objects.count() == 1
        assert User.objects.filter(email=ADA).count() == 1

    @pytest.mark.parametrize("round_", range(3))
    def test_of_two_owners_who_leave_one_stays(self, round_: int) -> None:
        partner = PartnerFactory.create()
        one, other = owner_of(partner), owner_of(partner)
        came = at_once(
            lambda: people.remove(membership(one, partner), one),
            lambda: people.set_role(membership(other, partner), "member", other),
        )
        assert sorted(type(each).__name__ for each in came) in (
            ["NoneType", "ValidationError"],
            ["PartnerMembership", "ValidationError"],
        )
        assert partner.memberships.filter(role="owner").count() == 1


def test_a_link_of_an_owner_whose_account_was_closed_or_who_is_none_any_more_is_void(partner: Partner) -> None:
    owner = owner_of(partner)
    owner_of(partner)
    people.invite(partner, ADA, "owner", owner)
    for change in ({"is_active": False}, {"is_active": True}):
        User.objects.filter(pk=owner.pk).update(**change)
        assert (find_invitation(PartnerInvitation, secret_sent_to(ADA)) is not None) == change["is_active"]
    # As an import or a command could leave it, which asks no service.
    PartnerMembership.objects.filter(user=owner).update(role="member")
    assert accept(ADA) is None
