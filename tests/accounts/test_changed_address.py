"""An administrator gives an account another address: whoever reads the old mailbox has nothing of it any more."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.mail import EmailMessage
from django.utils import timezone

from accounts.models import User
from tests.accounts.entering import SIGN_IN, ask, browser, enter, is_signed_in, newest_code, type_code
from tests.accounts.test_second_factor import add_app
from tests.cms import Desk
from tests.factories import AdministratorFactory, PartnerMemberFactory, UserFactory

pytestmark = pytest.mark.django_db

Outbox = Sequence[EmailMessage]
NEW = "new@example.org"


def move(user: User, address: str = NEW) -> None:
    """As an administrator does it, on the user's page in the CMS."""
    desk = Desk(AdministratorFactory.create())
    form = desk.form(f"/admin/users/edit/{user.pk}/")
    form["email"] = address
    desk.send(form)
    user.refresh_from_db()
    assert user.email == address


def test_a_code_that_was_sent_to_the_old_address_is_void(mailoutbox: Outbox) -> None:
    user = PartnerMemberFactory.create()
    waiting = browser()
    ask(waiting, user.email)
    code = newest_code(mailoutbox)
    move(user)
    answer = type_code(waiting, code)
    assert answer.headers["Location"].startswith(SIGN_IN)
    assert not is_signed_in(waiting)
    assert list(EmailAddress.objects.filter(user=user).values_list("email", flat=True)) == [NEW]


def test_who_is_signed_in_by_the_old_address_is_signed_out_everywhere(mailoutbox: Outbox) -> None:
    user = PartnerMemberFactory.create()
    devices = [browser(1), browser(2)]
    for device in devices:
        enter(device, user, mailoutbox)
        assert device.get("/account/").status_code == 200
    move(user)
    for device in devices:
        assert device.get("/account/").headers["Location"].startswith(SIGN_IN)
    again = browser(3)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        enter(again, user, mailoutbox)
    assert mailoutbox[-1].to == [NEW]
    assert is_signed_in(again)


def test_another_name_ends_nothing(mailoutbox: Outbox) -> None:
    user = UserFactory.create()
    device = browser()
    enter(device, user, mailoutbox)
    desk = Desk(AdministratorFactory.create())
    form = desk.form(f"/admin/users/edit/{user.pk}/")
    form["last_name"], form["email"] = "Okafor", user.email.upper()
    desk.send(form)
    user.refresh_from_db()
    assert user.last_name == "Okafor"
    assert device.get("/account/").status_code == 200


def test_administrators_who_move_themselves_sign_in_anew(mailoutbox: Outbox) -> None:
    boss = AdministratorFactory.create()
    desk = Desk(boss)
    desk.client = browser()
    enter(desk.client, boss, mailoutbox)
    add_app(desk.client)
    form = desk.form(f"/admin/users/edit/{boss.pk}/")
    form["email"] = NEW
    answer = desk.send(form)
    assert answer.status == 200
    assert answer.address.startswith(SIGN_IN)
    boss.refresh_from_db()
    assert boss.email == NEW
