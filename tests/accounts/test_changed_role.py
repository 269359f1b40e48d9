"""Whoever becomes one of the staff, or is none any more, signs in anew at the next request, however that came about."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from accounts.models import OFFICERS, User
from accounts.receivers import STAFF_SESSION
from tests.accounts.entering import SECOND_STEP, browser, enter, is_signed_in
from tests.cms import Desk
from tests.factories import AdministratorFactory, EditorFactory, OfficerFactory, PartnerMemberFactory, UserFactory
from tests.people import give_second_factor, sign_in

pytestmark = pytest.mark.django_db
Outbox = Sequence[EmailMessage]
Change = Callable[[User], Any]


def group(name: str) -> Group:
    return Group.objects.get(name=name)


def access() -> Permission:
    return Permission.objects.get(codename="access_admin")


def with_access(user: User) -> None:
    """The user's group may enter the CMS from now on."""
    own = Group.objects.create(name="Some")
    user.groups.add(own)
    own.permissions.add(access())


GAINS: dict[str, Change] = {
    "officer": lambda user: user.groups.add(group("Officers")),
    "editor": lambda user: user.groups.add(group("Editors")),
    "administrator": lambda user: user.groups.add(group("Administrators")),
    "all permissions": lambda user: User.objects.filter(pk=user.pk).update(is_superuser=True),
    "permission": lambda user: user.user_permissions.add(access()),
    "permission of a group": with_access,
    "in bulk": lambda user: User.groups.through.objects.bulk_create(
        [User.groups.through(user=user, group=group("Officers"))]
    ),
}
LOSSES: dict[str, Change] = {
    "group": lambda user: user.groups.clear(),
    "in bulk": lambda user: User.groups.through.objects.filter(user=user).delete(),
    "the group itself": lambda user: Group.objects.filter(name=OFFICERS).delete(),
}


def turned_out(client: Client, address: str = "/shortlist/") -> str:
    """Asks for a page, which must end the session; where that leads."""
    answer = client.get(address)
    assert answer.status_code == 302
    assert not is_signed_in(client)
    return str(answer.headers["Location"])


@pytest.mark.parametrize("gain", GAINS.values(), ids=GAINS.keys())
def test_a_role_gained_ends_every_session_at_its_next_request(gain: Change) -> None:
    user = PartnerMemberFactory.create()
    here, there = browser(1), browser(2)
    for client in (here, there):
        sign_in(client, user)
        assert client.get("/portal/").status_code in (200, 302)
        assert is_signed_in(client)
    gain(user)
    assert turned_out(here) == "/sign-in/?again=role&next=%2Fshortlist%2F"
    assert "Your role here has changed" in here.get("/sign-in/?again=role").content.decode()
    assert turned_out(there, "/admin/") == "/sign-in/?again=role&next=%2Fadmin%2F"


def test_what_was_typed_as_somebody_else_changes_nothing() -> None:
    client, user = browser(), UserFactory.create()
    sign_in(client, user)
    user.groups.add(group("Officers"))
    answer = client.post("/account/messages/", {"kind": []})
    assert answer.headers["Location"] == "/sign-in/?again=role"
    assert not is_signed_in(client)


def test_then_the_second_step_is_asked_for_and_the_session_ends_within_the_day(mailoutbox: Outbox) -> None:
    client, user = browser(), PartnerMemberFactory.create()
    enter(client, user, mailoutbox)
    user.groups.add(group("Officers"))
    turned_out(client)
    enter(client, user, mailoutbox)
    assert client.get("/shortlist/").headers["Location"].startswith("/account/?next=")
    assert client.session.get_expiry_date() - timezone.now() <= STAFF_SESSION


def test_a_second_step_given_before_the_role_came_does_not_spare_it(mailoutbox: Outbox) -> None:
    client, user = browser(), UserFactory.create()
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "A" * 32})
    sign_in(client, user)
    give_second_factor(client, user)
    assert client.get("/shortlist/").status_code == 200
    user.groups.add(group("Officers"))
    turned_out(client)
    assert enter(client, user, mailoutbox).headers["Location"] == SECOND_STEP


@pytest.mark.parametrize("lose", LOSSES.values(), ids=LOSSES.keys())
def test_a_role_lost_ends_it_too(lose: Change) -> None:
    client, user = browser(), OfficerFactory.create()
    sign_in(client, user)
    assert client.get("/review/").status_code == 200
    lose(user)
    turned_out(client, "/review/")
    sign_in(client, user)
    assert client.get("/review/").status_code == 403
    assert client.session.get_expiry_date() - timezone.now() > STAFF_SESSION


def test_an_administrator_who_gives_a_role_in_the_cms_ends_the_persons_session_and_not_their_own() -> None:
    client, user, desk = browser(), PartnerMemberFactory.create(), Desk(AdministratorFactory.create())
    sign_in(client, user)
    form = desk.form(f"/admin/users/edit/{user.pk}/")
    form["groups"] = [group("Officers").pk]
    desk.send(form)
    assert user.groups.get().name == OFFICERS
    turned_out(client)
    assert desk.open("/admin/").status == 200


def test_another_role_among_staff_ends_nothing() -> None:
    client, user = browser(), EditorFactory.create()
    sign_in(client, user)
    user.groups.set([group("Officers")])
    assert client.get("/review/").status_code == 200


def test_signing_out_and_what_is_the_same_for_all_go_on_as_ever() -> None:
    client, user = browser(), UserFactory.create()
    sign_in(client, user)
    user.groups.add(group("Officers"))
    assert client.get("/robots.txt").status_code == 200
    assert is_signed_in(client)
    assert client.post("/sign-out/").headers["Location"] == "/"


def test_a_session_of_staff_is_not_made_longer_by_using_it() -> None:
    client, user = browser(), OfficerFactory.create()
    sign_in(client, user)
    began = timezone.now()
    for hours in (5, 10):
        with time_machine.travel(began + timedelta(hours=hours)):
            session = client.session
            session["touched"] = hours
            session.save()
            assert client.get("/review/").status_code == 200
    with time_machine.travel(began + timedelta(hours=12, minutes=1)):
        assert client.get("/review/").headers["Location"].startswith("/sign-in/")
