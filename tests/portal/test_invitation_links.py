"""The page that the link of an invitation leads to: whatever is done with it, nothing is given away and nothing changes
but by its button.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db.models import Model
from django.test import Client

from accounts.invitations import revoke_invitation
from accounts.models import AdviserMembership, DepartmentMembership, Invitation, User
from partners.models import PartnerMembership
from partners.people import invite as invite_to_partner
from schools.models import SchoolMembership
from schools.people import invite as invite_to_school
from tests.factories import (
    AdviserTeamFactory,
    DepartmentFactory,
    PartnerFactory,
    SchoolFactory,
    TeacherFactory,
    UserFactory,
)
from tests.links import invite_adviser, invite_to_department, secret_sent_to
from tests.people import sign_in

pytestmark = pytest.mark.django_db
ADA = "ada@example.org"


def to_partner() -> Invitation:
    return invite_to_partner(PartnerFactory.create(name="Foundry Lane Press"), ADA, "member", None)


def to_school() -> Invitation:
    school = SchoolFactory.create(name="Foundry Lane School")
    return invite_to_school(school, ADA, ["teacher"], TeacherFactory.create(school=school, school__role="dsl"))


def to_department() -> Invitation:
    return invite_to_department(DepartmentFactory.create(), ADA, None)


def to_team() -> Invitation:
    return invite_adviser(AdviserTeamFactory.create(), ADA, None)


KINDS: dict[str, tuple[Callable[[], Invitation], type[Model]]] = {
    "partner": (to_partner, PartnerMembership),
    "school": (to_school, SchoolMembership),
    "department": (to_department, DepartmentMembership),
    "advisers": (to_team, AdviserMembership),
}


def address(secret: str) -> str:
    return f"/invitation/?secret={secret}"


def press(client: Client, secret: str, **more: str) -> Any:
    return client.post("/invitation/", {"secret": secret, **more})


def words(page: Any) -> str:
    """A page without what differs from one asking to the next."""
    return str(page.content.decode().split("<main")[1].split("</main>")[0])


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> tuple[Callable[[], Invitation], type[Model]]:
    return KINDS[request.param]


def test_the_page_says_who_invites_whom_and_has_one_button(client: Client) -> None:
    to_partner()
    page = words(client.get(address(secret_sent_to(ADA))))
    assert "Foundry Lane Press invites you" in page
    assert ADA in page
    assert page.count("<button") == 1


def test_pressing_it_lets_the_address_in_and_signs_nobody_in(
    client: Client, kind: tuple[Callable[[], Invitation], type[Model]]
) -> None:
    make, membership = kind
    make()
    answer = press(client, secret_sent_to(ADA))
    assert answer.status_code == 303
    assert membership._default_manager.filter(user__email=ADA).count() == 1
    assert "_auth_user_id" not in client.session
    page = client.get(answer["Location"])
    assert "/sign-in/?next=" in page.content.decode()


def test_a_scanner_that_opens_every_link_changes_nothing(
    client: Client, kind: tuple[Callable[[], Invitation], type[Model]]
) -> None:
    make, membership = kind
    invitation = make()
    secret = secret_sent_to(ADA)
    before = User.objects.count(), membership._default_manager.count()
    for ask in (client.get, client.head) * 3:
        assert ask(address(secret)).status_code == 200
    for method in ("put", "delete", "patch"):
        assert getattr(client, method)(address(secret)).status_code == 405
    assert (User.objects.count(), membership._default_manager.count()) == before
    invitation.refresh_from_db()
    assert invitation.is_open
    assert press(client, secret).status_code == 303


def test_a_form_from_elsewhere_changes_nothing() -> None:
    to_partner()
    client = Client(enforce_csrf_checks=True)
    assert press(client, secret_sent_to(ADA)).status_code == 403
    assert not PartnerMembership.objects.exists()


def test_used_run_out_taken_back_replaced_altered_and_made_up_links_look_the_same(client: Client) -> None:
    pages: dict[str, tuple[int, str]] = {}

    def look(name: str, secret: str) -> None:
        for way, answer in (("get", client.get(address(secret))), ("post", press(client, secret))):
            pages[f"{name}, {way}"] = (answer.status_code, words(answer))

    to_partner()
    used = secret_sent_to(ADA)
    press(client, used)
    look("used", used)
    ran_out = to_department()
    with time_machine.travel(ran_out.ends_at + timedelta(seconds=1), tick=False):
        look("run out", secret_sent_to(ADA))
    revoke_invitation(ran_out, None)
    look("taken back", secret_sent_to(ADA))
    team = AdviserTeamFactory.create()
    invite_adviser(team, ADA, None)
    first = secret_sent_to(ADA)
    invite_adviser(team, ADA, None)
    look("replaced", first)
    for name, text in {"altered": first[:-1], "made up": "x" * 43, "none": "", "long": "y" * 3_000}.items():
        look(name, text)
    assert len(set(pages.values())) == 1, pages.keys()
    status, page = pages["used, get"]
    assert status == 410
    assert "ask whoever invited you" in page
    assert ADA not in page
    assert "Foundry Lane" not in page


def test_a_link_that_was_used_does_nothing_when_it_is_pressed_again(client: Client) -> None:
    to_partner()
    secret = secret_sent_to(ADA)
    press(client, secret)
    PartnerMembership.objects.all().delete()
    assert press(client, secret).status_code == 410
    assert not PartnerMembership.objects.exists()


class TestSomebodyElseIsSignedIn:
    def test_they_are_told_and_get_nothing(self, client: Client) -> None:
        to_partner()
        bo = sign_in(client, UserFactory.create(email="bo@example.org"))
        secret = secret_sent_to(ADA)
        page = words(client.get(address(secret)))
        assert "You are signed in with another address" in page
        assert "Accept the invitation" not in page
        assert press(client, secret).status_code == 200
        assert not PartnerMembership.objects.exists()
        assert not bo.partner_memberships.exists()

    def test_they_sign_out_and_go_on_with_the_same_link(self, client: Client) -> None:
        to_partner()
        sign_in(client, UserFactory.create(email="bo@example.org"))
        secret = secret_sent_to(ADA)
        answer = press(client, secret, **{"sign-out": "1"})
        assert answer["Location"] == address(secret)
        assert "_auth_user_id" not in client.session
        assert "Accept the invitation" in words(client.get(answer["Location"]))

    def test_a_link_that_does_not_work_signs_nobody_out(self, client: Client) -> None:
        user = sign_in(client, UserFactory.create())
        press(client, "made-up", **{"sign-out": "1"})
        assert client.session["_auth_user_id"] == str(user.pk)


def test_who_is_signed_in_with_that_address_goes_straight_on(client: Client) -> None:
    to_partner()
    sign_in(client, UserFactory.create(email=ADA))
    answer = press(client, secret_sent_to(ADA))
    page = client.get(answer["Location"]).content.decode()
    assert 'href="/portal/"' in page
    assert client.get("/portal/").status_code == 302


def test_a_link_is_kept_by_nobodys_cache_and_leads_nowhere_else(client: Client) -> None:
    to_partner()
    answer = client.get(address(secret_sent_to(ADA)))
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin"
    page = answer.content.decode()
    assert 'name="robots" content="noindex"' in page
    assert "canonical" not in page


@pytest.mark.parametrize("what", ["partner", "school", "school-asked", "team", "", "//evil.example", "<script>"])
def test_the_page_afterwards_leads_only_to_this_site(client: Client, what: str) -> None:
    page = client.get("/invitation/accepted/", {"what": what}).content.decode()
    assert "evil" not in page
    assert "<script>" not in page.split("<main")[1]


def test_inviting_a_stranger_and_an_officer_looks_the_same(client: Client) -> None:
    """Neither the answer nor the page tells whether an address has an account."""
    partner = PartnerFactory.create()
    owner = UserFactory.create()
    PartnerMembership.objects.create(user=owner, partner=partner, role="owner")
    UserFactory.create(email="known@example.org")
    sign_in(client, owner)
    seen = []
    for email in ("known@example.org", "never@example.org"):
        answer = client.post(f"/portal/{partner.pk}/people/invite/", {"email": email, "role": "member"}, follow=True)
        seen.append(words(answer).replace(email, "…"))
        partner.invitations.all().delete()
    first, second = (text.replace("/invitations/2/", "/invitations/1/") for text in seen)
    assert first.count("…") == second.count("…")
    assert len(first.split()) == len(second.split())
