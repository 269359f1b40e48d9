"""The people page of a partner: who sees it, who changes what, and only within that partner."""

import pytest
from django.test import Client

from accounts.models import User
from partners.models import Partner, PartnerInvitation, PartnerMembership
from partners.people import invite
from tests.factories import OfficerFactory, PartnerFactory, PartnerMemberFactory, UserFactory
from tests.links import messages_to
from tests.people import sign_in

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory.create(name="Foundry Lane Press")


@pytest.fixture
def owner(partner: Partner) -> User:
    return PartnerMemberFactory.create(partner=partner, partner__role="owner")


@pytest.fixture
def member(partner: Partner) -> User:
    return PartnerMemberFactory.create(partner=partner)


def page(client: Client, partner: Partner) -> str:
    return client.get(f"/portal/{partner.pk}/people/").content.decode()


def post(client: Client, partner: Partner, step: str, **fields: object) -> int:
    return int(client.post(f"/portal/{partner.pk}/people/{step}/", fields).status_code)


def of(user: User, partner: Partner) -> PartnerMembership:
    return PartnerMembership.objects.get(user=user, partner=partner)


def every_step(
    partner: Partner, membership: PartnerMembership, invitation: PartnerInvitation
) -> dict[str, dict[str, str]]:
    """Each change of the page, with what an owner would send."""
    return {
        "invite": {"email": "new@example.org", "role": "owner"},
        f"{membership.pk}/role": {"role": "owner"},
        f"{membership.pk}/remove": {},
        f"invitations/{invitation.pk}/revoke": {},
    }


def as_it_stands(partner: Partner) -> tuple[list[tuple[str, str]], list[tuple[str, object]]]:
    people = sorted(partner.memberships.values_list("user__email", "role"))
    return people, sorted(partner.invitations.values_list("email", "revoked_at"))


def test_an_owner_invites_and_sees_who_has_not_come_yet(client: Client, partner: Partner, owner: User) -> None:
    sign_in(client, owner)
    assert post(client, partner, "invite", email=ADA, role="member") == 303
    assert messages_to(ADA) == ["invitation"]
    assert ADA in page(client, partner)


def test_a_member_sees_people_and_nothing_to_change(
    client: Client, partner: Partner, owner: User, member: User
) -> None:
    invite(partner, ADA, "member", owner)
    sign_in(client, member)
    seen = page(client, partner)
    assert owner.email in seen
    assert ADA not in seen
    for missing in ("Invite somebody", "Make an owner", "Remove", "Take back"):
        assert missing not in seen


def test_a_member_changes_nothing(client: Client, partner: Partner, owner: User, member: User) -> None:
    invitation = invite(partner, ADA, "member", owner)
    before = as_it_stands(partner)
    sign_in(client, member)
    for step, fields in every_step(partner, of(owner, partner), invitation).items():
        assert post(client, partner, step, **fields) == 403, step
    assert as_it_stands(partner) == before


@pytest.mark.parametrize("who", ["owner elsewhere", "officer", "nobody of it"])
def test_nobody_else_sees_or_changes_anything(client: Client, partner: Partner, owner: User, who: str) -> None:
    invitation = invite(partner, ADA, "member", owner)
    before = as_it_stands(partner)
    user: User = {
        "owner elsewhere": lambda: PartnerMemberFactory.create(partner__role="owner"),
        "officer": OfficerFactory.create,
        "nobody of it": UserFactory.create,
    }[who]()
    sign_in(client, user)
    assert client.get(f"/portal/{partner.pk}/people/").status_code == 404
    for step, fields in (every_step(partner, of(owner, partner), invitation) | {"leave": {}}).items():
        assert post(client, partner, step, **fields) == 404, step
    assert as_it_stands(partner) == before


def test_people_and_invitations_of_another_partner_are_not_there_by_the_address_of_ones_own(
    client: Client, partner: Partner, owner: User
) -> None:
    other = PartnerFactory.create()
    stranger = of(PartnerMemberFactory.create(partner=other, partner__role="owner"), other)
    of(PartnerMemberFactory.create(partner=other, partner__role="owner"), other)
    invitation = invite(other, ADA, "member", None)
    before = as_it_stands(other)
    sign_in(client, owner)
    for step, fields in every_step(other, stranger, invitation).items():
        if step != "invite":
            assert post(client, partner, step, **fields) == 404, step
    assert as_it_stands(other) == before
    assert stranger.user.email not in page(client, partner)


def test_an_owner_changes_roles_and_removes(client: Client, partner: Partner, owner: User, member: User) -> None:
    sign_in(client, owner)
    assert post(client, partner, f"{of(member, partner).pk}/role", role="owner") == 303
    assert of(member, partner).role == "owner"
    assert post(client, partner, f"{of(member, partner).pk}/role", role="emperor") == 303
    assert "Choose owner or member" in page(client, partner)
    assert post(client, partner, f"{of(member, partner).pk}/remove") == 303
    assert not partner.memberships.filter(user=member).exists()


def test_the_removed_see_nothing_any_more_at_once(client: Client, partner: Partner, owner: User, member: User) -> None:
    theirs = Client()
    sign_in(theirs, member)
    assert theirs.get(f"/portal/{partner.pk}/people/").status_code == 200
    sign_in(client, owner)
    post(client, partner, f"{of(member, partner).pk}/remove")
    assert theirs.get(f"/portal/{partner.pk}/people/").status_code == 404


def test_the_last_owner_is_told_why_they_cannot_leave(client: Client, partner: Partner, owner: User) -> None:
    sign_in(client, owner)
    for step, fields in (("leave", {}), (f"{of(owner, partner).pk}/role", {"role": "member"})):
        assert post(client, partner, step, **fields) == 303
        assert "Make somebody else an owner first" in page(client, partner)
    assert of(owner, partner).role == "owner"


def test_one_leaves_one_partner_and_stays_with_the_others(client: Client, partner: Partner, member: User) -> None:
    other = PartnerFactory.create()
    PartnerMembership.objects.create(user=member, partner=other)
    sign_in(client, member)
    assert post(client, partner, "leave") == 303
    assert [each.partner for each in member.partner_memberships.all()] == [other]


def test_what_is_taken_back_is_gone_from_the_page(client: Client, partner: Partner, owner: User) -> None:
    invitation = invite(partner, ADA, "member", owner)
    sign_in(client, owner)
    assert post(client, partner, f"invitations/{invitation.pk}/revoke") == 303
    assert ADA not in page(client, partner)
    post(client, partner, f"invitations/{invitation.pk}/revoke")
    assert "was answered meanwhile" in page(client, partner)


@pytest.mark.parametrize(
    "email", ["", "nobody", "a@b", "x\x00@example.org", "a" * 250 + "@example.org", "a@example.org\nBcc: b@example.org"]
)
def test_what_is_no_address_is_told_and_kept_to_be_mended(
    client: Client, partner: Partner, owner: User, email: str
) -> None:
    sign_in(client, owner)
    answer = client.post(f"/portal/{partner.pk}/people/invite/", {"email": email, "role": "member"})
    assert answer.status_code in (200, 400)
    assert not partner.invitations.exists()
    if answer.status_code == 200:
        seen = answer.content.decode()
        assert "There is a problem" in seen
        assert 'href="#email"' in seen


def test_somebody_who_is_here_already_is_told_beside_the_field(
    client: Client, partner: Partner, owner: User, member: User
) -> None:
    sign_in(client, owner)
    answer = client.post(f"/portal/{partner.pk}/people/invite/", {"email": member.email, "role": "member"})
    assert "acts for the partner already" in answer.content.decode()


def test_an_owner_sends_thirty_invitations_a_day_and_no_more(client: Client, partner: Partner, owner: User) -> None:
    sign_in(client, owner)
    for number in range(30):
        assert post(client, partner, "invite", email=f"p{number}@example.org", role="member") == 303
    assert post(client, partner, "invite", email="more@example.org", role="member") == 429
    assert messages_to("more@example.org") == []
