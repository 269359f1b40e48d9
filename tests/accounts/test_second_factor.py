"""A second step for those who work in the CMS: set up, asked for everywhere, and not to be got around."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.rules import needs_second_factor
from tests.accounts.entering import SECOND_STEP, app_code, ask, browser, enter, is_signed_in, newest_code, type_code
from tests.factories import (
    AdministratorFactory,
    AdviserFactory,
    EditorFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerMemberFactory,
    TeacherFactory,
    UserFactory,
)
from tests.mail import deliver_all
from tests.people import BACKEND, give_second_factor, sign_in

pytestmark = pytest.mark.django_db

Outbox = Sequence[EmailMessage]
STAFF = (OfficerFactory, EditorFactory, AdministratorFactory)
EVERYWHERE = (
    "/", "/search/", "/portal/", "/shortlist/", "/account/devices/", "/account/recovery-codes/", "/account/recovery-codes/new/",
    "/admin/", "/admin/pages/", "/admin/users/", "/admin/snippets/partners/partner/", "/admin/snippets/opportunities/opportunity/",
    "/admin/reports/site-history/", "/admin/images/", "/admin/account/", "/documents/1/any.pdf",
)  # fmt: skip


def first_step_only(user: User) -> Client:
    """A browser in which the user typed a code and no more."""
    client = browser()
    client.force_login(user, backend=BACKEND)
    return client


def page(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "html.parser")


def add_app(client: Client) -> tuple[str, list[str]]:
    """Adds an app as a person does; its key and the recovery codes."""
    found = page(client.get("/account/app/")).select_one(".ff-appkey")
    assert found is not None
    key = found.get_text()
    answer = client.post("/account/app/", {"code": app_code(key)})
    assert answer.headers["Location"] == "/account/recovery-codes/"
    codes = [code.get_text() for code in page(client.get("/account/recovery-codes/")).select(".ff-codes code")]
    assert len(codes) == 10
    return key, codes


class TestWhoNeedsOne:
    @pytest.mark.parametrize("make", STAFF)
    def test_the_groups_of_the_cms_and_whoever_may_enter_it(self, make: Any) -> None:
        assert needs_second_factor(make.create())
        assert needs_second_factor(User.objects.create_superuser("boss@example.org"))
        user = UserFactory.create()
        assert not needs_second_factor(user)
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        assert needs_second_factor(user)

    def test_nobody_else(self) -> None:
        for make in (UserFactory, PartnerMemberFactory, TeacherFactory, AdviserFactory):
            user = make.create()
            assert not needs_second_factor(user)
            assert first_step_only(user).get("/").status_code == 200
        assert not needs_second_factor(OfficerFactory.create(is_active=False))


class TestEverywhere:
    @pytest.mark.parametrize("make", STAFF)
    def test_without_one_the_whole_site_leads_to_setting_it_up(self, make: Any) -> None:
        client = first_step_only(make.create())
        opportunity = OpportunityFactory.create()
        for address in (*EVERYWHERE, opportunity.get_absolute_url()):
            assert client.get(address).headers["Location"].startswith("/account/?next="), address
            assert client.post(address).headers["Location"] == "/account/", address
        assert "Set up a second step to go on" in client.get("/account/").content.decode()

    def test_with_one_that_was_not_given_it_leads_to_giving_it(self) -> None:
        user = OfficerFactory.create()
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "A" * 32})
        client = first_step_only(user)
        for address in (*EVERYWHERE, "/account/", "/account/app/", "/account/passkeys/add/", "/account/app/remove/"):
            assert client.get(address).headers["Location"].startswith("/account/confirm/?next="), address
            assert client.post(address).headers["Location"] == "/account/confirm/", address
        assert client.get("/account/confirm/").status_code == 200

    def test_what_another_gave_in_the_same_browser_does_not_count(self) -> None:
        one, other = OfficerFactory.create_batch(2)
        client = first_step_only(one)
        give_second_factor(client, other)
        assert client.get("/admin/").headers["Location"].startswith("/account/?next=")

    def test_what_is_the_same_for_all_is_not_asked_for_it(self) -> None:
        client = first_step_only(OfficerFactory.create())
        for address in ("/robots.txt", "/health/", "/sitemap.xml"):
            answer = client.get(address)
            assert answer.status_code in (200, 503)
            assert "Cookie" not in answer.headers.get("Vary", "")
        assert client.post("/sign-out/").headers["Location"] == "/"


class TestApp:
    def test_an_officer_sets_one_up_and_is_asked_for_it_from_then_on(self, client: Client, mailoutbox: Outbox) -> None:
        officer = OfficerFactory.create()
        assert enter(client, officer, mailoutbox).headers["Location"] == "/admin/"
        assert client.get("/admin/").headers["Location"] == "/account/?next=%2Fadmin%2F"
        key, codes = add_app(client)
        assert client.get("/admin/").status_code == 200

        again = browser(2)
        assert enter(again, officer, mailoutbox).headers["Location"] == SECOND_STEP
        assert not is_signed_in(again)
        assert again.get("/admin/").headers["Location"].startswith("/sign-in/")
        wrong = again.post(SECOND_STEP, {"code": "000000"})
        assert "not right" in wrong.content.decode()
        used = again.session.session_key
        given = app_code(key)
        assert again.post(SECOND_STEP, {"code": given}).headers["Location"] == "/admin/"
        assert again.session.session_key != used
        assert again.get("/admin/").status_code == 200

        third = browser(3)
        enter(third, officer, mailoutbox)
        # The code stays right for another half minute, and is void all the same.
        for seconds in (0, 32):
            with time_machine.travel(timezone.now() + timedelta(seconds=seconds), tick=False):
                assert third.post(SECOND_STEP, {"code": given}).status_code == 200
                assert not is_signed_in(third)
        assert third.post(SECOND_STEP, {"code": codes[0]}).headers["Location"] == "/admin/"
        fourth = browser(4)
        enter(fourth, officer, mailoutbox)
        assert "not right" in fourth.post(SECOND_STEP, {"code": codes[0]}).content.decode()
        assert fourth.post(SECOND_STEP, {"code": codes[1]}).headers["Location"] == "/admin/"

    def test_two_hundred_wrong_codes_gain_nothing(self, client: Client, mailoutbox: Outbox) -> None:
        officer = sign_in(client, OfficerFactory.create())
        key, _ = add_app(client)
        guesser = browser(2)
        enter(guesser, officer, mailoutbox)
        answers = [guesser.post(SECOND_STEP, {"code": f"{number:06}"}).content.decode() for number in range(200)]
        assert sum("too many tries" in answer for answer in answers) >= 190
        assert "too many tries" in guesser.post(SECOND_STEP, {"code": app_code(key, 1)}).content.decode()
        assert not is_signed_in(guesser)

    def test_whoever_chose_one_is_asked_for_it(self, client: Client, mailoutbox: Outbox) -> None:
        member = PartnerMemberFactory.create()
        enter(client, member, mailoutbox)
        key, _ = add_app(client)
        again = browser(2)
        assert enter(again, member, mailoutbox).headers["Location"] == SECOND_STEP
        assert again.post(SECOND_STEP, {"code": app_code(key)}).headers["Location"] == "/portal/"

    def test_a_passkey_alone_asks_nobody_else_for_a_second_step(self, client: Client, mailoutbox: Outbox) -> None:
        member, officer = PartnerMemberFactory.create(), OfficerFactory.create()
        for user in (member, officer):
            Authenticator.objects.create(
                user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Mine", "credential": {}}
            )
        assert enter(client, member, mailoutbox).headers["Location"] == "/portal/"
        assert enter(browser(2), officer, mailoutbox).headers["Location"] == SECOND_STEP

    def test_a_wrong_first_code_adds_nothing(self, client: Client) -> None:
        officer = sign_in(client, OfficerFactory.create())
        client.get("/account/app/")
        for typed, said in (
            ("000000", "not right"),
            ("", "Type the six digits"),
            ("é" * 30, "not right"),
            ("1" * 99, "problem"),
        ):
            answer = client.post("/account/app/", {"code": typed})
            assert said in answer.content.decode()
        assert not Authenticator.objects.filter(user=officer).exists()

    def test_staff_keep_their_last_one_and_others_need_not(self, client: Client, mailoutbox: Outbox) -> None:
        officer = sign_in(client, OfficerFactory.create())
        add_app(client)
        assert "Your role needs a second step" in client.get("/account/app/remove/").content.decode()
        client.post("/account/app/remove/")
        assert Authenticator.objects.filter(user=officer, type="totp").exists()
        member = browser(2)
        user = PartnerMemberFactory.create()
        enter(member, user, mailoutbox)
        add_app(member)
        assert member.post("/account/app/remove/").headers["Location"] == "/account/"
        assert not Authenticator.objects.filter(user=user).exists()
        deliver_all()
        assert "The app for codes was taken away." in str(mailoutbox[-1].body)
        assert mailoutbox[-1].to == [user.email]

    def test_changes_are_confirmed_when_the_last_confirmation_is_old(self, client: Client) -> None:
        user = sign_in(client, PartnerMemberFactory.create())
        secret = "JBSWY3DPEHPK3PXP"
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": secret})
        for address in ("/account/app/remove/", "/account/recovery-codes/new/", "/account/passkeys/add/"):
            assert client.get(address).headers["Location"].startswith("/account/confirm/?next="), address
        onward = "/account/recovery-codes/new/"
        answer = client.post("/account/confirm/", {"code": app_code(secret), "next": onward})
        assert answer.headers["Location"] == onward
        assert client.get(onward).status_code == 200
        answer = client.post("/account/confirm/", {"code": app_code(secret, 1), "next": "//evil.example"})
        assert answer.headers["Location"] == "/portal/"

    def test_new_recovery_codes_make_the_old_ones_void(self, client: Client, mailoutbox: Outbox) -> None:
        officer = sign_in(client, OfficerFactory.create())
        _, old = add_app(client)
        assert client.post("/account/recovery-codes/new/").headers["Location"] == "/account/recovery-codes/"
        new = [code.get_text() for code in page(client.get("/account/recovery-codes/")).select(".ff-codes code")]
        assert not set(old) & set(new)
        again = browser(2)
        enter(again, officer, mailoutbox)
        assert "not right" in again.post(SECOND_STEP, {"code": old[0]}).content.decode()
        assert again.post(SECOND_STEP, {"code": new[0].replace(" ", "")}).headers["Location"] == "/admin/"

    def test_nobody_reaches_the_passkeys_of_another(self, client: Client) -> None:
        other = PartnerMemberFactory.create()
        theirs = Authenticator.objects.create(user=other, type="webauthn", data={"name": "Theirs", "credential": {}})
        sign_in(client, PartnerMemberFactory.create())
        for address in (f"/account/passkeys/{theirs.pk}/name/", f"/account/passkeys/{theirs.pk}/remove/"):
            assert client.get(address).status_code == 404
            assert client.post(address, {"name": "Mine"}).status_code == 404
        theirs.refresh_from_db()
        assert theirs.data["name"] == "Theirs"


class TestCommands:
    """For whoever looks after the server: no mail yet, and a second step that was lost."""

    def test_the_code_is_printed_for_the_browser_that_waits(
        self, client: Client, capsys: pytest.CaptureFixture[str]
    ) -> None:
        boss = User.objects.create_superuser("boss@example.org")
        with pytest.raises(CommandError, match="No browser waits"):
            call_command("sign_in_code", "boss@example.org")
        ask(client, "boss@example.org")
        ask(browser(2), "nobody@example.org")
        call_command("sign_in_code", " Boss@example.org ")
        code = capsys.readouterr().out.strip()
        assert type_code(client, code).headers["Location"] == "/admin/"
        assert client.session["_auth_user_id"] == str(boss.pk)
        for email in ("boss@example.org", "nobody@example.org"):
            with pytest.raises(CommandError, match="No browser waits"):
                call_command("sign_in_code", email)

    def test_a_lost_second_step_is_taken_away(self, client: Client, mailoutbox: Outbox) -> None:
        officer = sign_in(client, OfficerFactory.create())
        add_app(client)
        call_command("forget_second_factor", officer.email.upper())
        assert not client.get("/").context["user"].is_authenticated
        assert not Authenticator.objects.filter(user=officer).exists()
        deliver_all()
        assert "taken away by somebody who looks after this site" in str(mailoutbox[-1].body)
        again = browser(2)
        ask(again, officer.email)
        assert type_code(again, newest_code(mailoutbox)).headers["Location"] == "/admin/"
        assert again.get("/admin/").headers["Location"].startswith("/account/?next=")
        with pytest.raises(CommandError, match="Nobody signs in"):
            call_command("forget_second_factor", "nobody@example.org")
