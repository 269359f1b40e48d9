"""Signing in by a code, and out; the CMS has no door of its own, and nobody makes an account or a password."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from django.conf import LazySettings
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from notices.models import Notice
from tests.accounts.entering import CODE, SIGN_IN, another, ask, browser, enter, is_signed_in, newest_code, type_code
from tests.cms import Desk
from tests.factories import EditorFactory, OfficerFactory, PartnerFactory, PartnerMemberFactory, UserFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db

Outbox = Sequence[EmailMessage]


def test_a_code_from_the_mail_signs_in(client: Client, mailoutbox: Outbox) -> None:
    user = UserFactory.create(email="ada.okafor@example.org")
    asked = ask(client, "  Ada.Okafor@Example.ORG ")
    assert asked.headers["Location"] == CODE
    assert "ada.okafor@example.org" in client.get(CODE).content.decode()
    code = newest_code(mailoutbox)
    assert mailoutbox[-1].to == ["ada.okafor@example.org"]
    assert type_code(client, f" {code[:3]} {code[3:]} ").headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(user.pk)


def test_people_go_on_to_where_they_work(mailoutbox: Outbox) -> None:
    assert enter(browser(1), UserFactory.create(), mailoutbox).headers["Location"] == "/"
    member = PartnerMemberFactory.create(partner=PartnerFactory.create())
    assert enter(browser(2), member, mailoutbox).headers["Location"] == "/portal/"
    assert enter(browser(3), EditorFactory.create(), mailoutbox).headers["Location"] == "/admin/"


def test_signing_in_goes_on_to_the_page_that_asked(client: Client, mailoutbox: Outbox) -> None:
    member = PartnerMemberFactory.create(partner=(partner := PartnerFactory.create()))
    asked = client.get(f"/portal/{partner.pk}/")
    assert asked.headers["Location"] == f"/sign-in/?next=/portal/{partner.pk}/"
    page = BeautifulSoup(client.get(asked.headers["Location"]).content, "html.parser")
    (onward,) = {field["value"] for field in page.select("input[name=next]")}
    sent = ask(client, member.email, next=str(onward))
    page = BeautifulSoup(client.get(sent.headers["Location"]).content, "html.parser")
    (onward,) = (field["value"] for field in page.select("main input[name=next]"))
    done = type_code(client, newest_code(mailoutbox), next=str(onward))
    assert done.headers["Location"] == f"/portal/{partner.pk}/"


def test_the_words_of_a_code_are_forgotten_once_it_is_sent(
    client: Client, mailoutbox: Outbox, settings: LazySettings
) -> None:
    settings.DEMO = False  # the demonstration shows them on a page
    ask(client, UserFactory.create().email)
    code = newest_code(mailoutbox)
    notice = Notice.objects.get()
    assert code[:3] in str(mailoutbox[0].body)
    assert (notice.text, notice.html) == ("", "")
    assert code not in notice.subject.replace(" ", "")


def test_a_wrong_code_is_said_and_the_right_one_still_works(client: Client, mailoutbox: Outbox) -> None:
    ask(client, UserFactory.create().email)
    code = newest_code(mailoutbox)
    for typed, said in ((another(code), "That code is not right"), ("", "Type the six digits"), ("é" * 6, "not right")):
        answer = type_code(client, typed)
        assert answer.status_code == 200
        assert said in answer.content.decode()
        assert not is_signed_in(client)
    assert type_code(client, code).headers["Location"] == "/"


def test_a_new_code_takes_the_place_of_the_old_one(client: Client, mailoutbox: Outbox) -> None:
    ask(client, UserFactory.create().email)
    old = newest_code(mailoutbox)
    answer = client.post(CODE, {"action": "resend"}, follow=True)
    assert "A new code is on its way" in answer.content.decode()
    new = newest_code(mailoutbox)
    assert len(mailoutbox) == 2
    if old != new:
        assert type_code(client, old).status_code == 200
    assert type_code(client, new).headers["Location"] == "/"


def test_another_address_may_be_typed_after_all(client: Client, mailoutbox: Outbox) -> None:
    user = UserFactory.create()
    ask(client, "somebody@example.org")
    assert client.get(SIGN_IN).status_code == 200
    assert enter(client, user, mailoutbox).headers["Location"] == "/"


@pytest.mark.parametrize("typed", ["", "ada", "ada@", "a" * 300 + "@example.org", "ada@example.org\x00"])
def test_what_is_no_address_is_said_so(client: Client, typed: str, mailoutbox: Outbox) -> None:
    answer = ask(client, typed)
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert not Notice.objects.exists()


def test_a_code_page_without_a_code_leads_to_the_first_page(client: Client) -> None:
    for address in (CODE, "/sign-in/second-step/", "/sign-in/passkey/"):
        assert client.get(address).headers["Location"] == SIGN_IN
        assert client.post(address, {"code": "123456"}).headers["Location"].startswith(SIGN_IN)


def test_who_is_signed_in_reads_so_and_is_not_sent_in_circles(client: Client) -> None:
    sign_in(client, UserFactory.create(email="sam@example.org"))
    answer = client.get("/admin/", follow=True)
    assert answer.request["PATH_INFO"] == SIGN_IN
    assert "sam@example.org" in answer.content.decode()
    assert "with another role" in answer.content.decode()
    assert client.post(SIGN_IN, {"email": "other@example.org"}).status_code == 200
    assert is_signed_in(client)


def test_sessions_of_staff_end_within_a_day_and_others_after_two_weeks(mailoutbox: Outbox) -> None:
    for host, (make, hours) in enumerate(((OfficerFactory, 12), (UserFactory, 14 * 24))):
        client = browser(host)
        enter(client, make.create(), mailoutbox)
        left = client.session.get_expiry_date() - timezone.now()
        assert abs(left - timedelta(hours=hours)) < timedelta(minutes=5)
        with time_machine.travel(timezone.now() + timedelta(hours=hours + 1)):
            assert not client.get("/").context["user"].is_authenticated


@pytest.mark.parametrize("door", ["/admin/login/", "/_util/login/"])
def test_the_cms_sends_to_the_one_sign_in_page(client: Client, door: str) -> None:
    assert client.get(f"{door}?next=/admin/pages/").headers["Location"] == "/sign-in/?next=/admin/pages/"
    answer = client.post(door, {"username": OfficerFactory.create().email, "password": "anything"})
    assert answer.headers["Location"].startswith(SIGN_IN)
    assert not is_signed_in(client)


def test_nobody_has_a_password_whoever_sets_one(client: Client) -> None:
    boss = User.objects.create_superuser("boss@example.org", "a-long-password")
    user = UserFactory.create()
    user.set_password("a-long-password")
    user.save()
    for each in (boss, user):
        assert not each.has_usable_password()
        assert not client.login(username=each.email, password="a-long-password")


def test_no_page_makes_accounts_or_passwords(mailoutbox: Outbox, client: Client) -> None:
    names = {str(name) for name in get_resolver().reverse_dict if isinstance(name, str)}
    assert {"account_login", "mfa_index", "usersessions_list"} <= names
    closed = ("signup", "password", "email", "social", "phone", "inactive", "trust")
    assert not [
        name for name in names if name.startswith(("account_", "mfa_")) and any(each in name for each in closed)
    ]
    assert client.post("/admin/password_reset/", {"email": OfficerFactory.create().email}).status_code in (302, 404)
    assert not Notice.objects.exists()
    assert not mailoutbox


def test_signing_out_takes_a_post(client: Client) -> None:
    sign_in(client, EditorFactory.create())
    assert client.get(reverse("sign-out")).status_code == 405
    assert is_signed_in(client)
    assert client.post(reverse("sign-out")).headers["Location"] == "/"
    assert not is_signed_in(client)


def test_signing_out_of_the_cms_leads_to_the_one_sign_in_page(client: Client) -> None:
    sign_in(client, EditorFactory.create())
    response = client.post("/admin/logout/", follow=True)
    assert not is_signed_in(client)
    assert response.request["PATH_INFO"] == SIGN_IN


def test_in_the_cms_nobody_changes_their_own_address_or_gets_a_password() -> None:
    desk = Desk(OfficerFactory.create(email="ada@example.org"))
    page = desk.open("/admin/account/").page
    assert page.select_one('a[href="/account/"]') is not None
    names = {str(field["name"]).rpartition("-")[2] for field in page.select("input[name]")}
    assert "first_name" in names
    assert not [name for name in names if "email" in name or "password" in name]
    desk.post("/admin/account/", **{"name_email-first_name": "Ada", "name_email-email": "eve@example.org"})
    assert User.objects.get(pk=desk.user.pk).email == "ada@example.org"
