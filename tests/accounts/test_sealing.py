"""What is kept of the second step is encrypted, with keys that can be changed, and a wrong key shuts nobody out for good."""

import importlib
import json
from collections.abc import Sequence
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from accounts.checks import check_signing_in
from accounts.sealing import UnreadableSecretError, seal, unseal
from findfusion.signing_in import key_for_development
from tests.accounts.entering import SECOND_STEP, app_code, browser, enter, is_signed_in
from tests.accounts.test_second_factor import add_app, page
from tests.factories import OfficerFactory, PartnerMemberFactory
from tests.numbers import examples
from tests.people import sign_in

OLD, NEW, LOST = (Fernet.generate_key().decode() for _ in range(3))
PLAIN_KEY, PLAIN_SEED = "JBSWY3DPEHPK3PXP", "ab" * 40
Outbox = Sequence[EmailMessage]


@pytest.fixture(autouse=True)
def key(settings: Settings) -> None:
    settings.SECOND_FACTOR_KEYS = [OLD]


def kept() -> str:
    """Everything that the database holds of second steps and sessions."""
    held = list(Authenticator.objects.values_list("data", flat=True))
    return json.dumps([held, [session.get_decoded() for session in Session.objects.all()]])


@pytest.mark.engine_only
class TestSealing:
    @examples(50, 1_000)
    @given(st.text(max_size=100))
    def test_what_was_sealed_is_read_and_does_not_show(self, text: str) -> None:
        sealed = seal(f"{text}a secret")
        assert unseal(sealed) == f"{text}a secret"
        assert "a secret" not in sealed
        assert seal(f"{text}a secret") != sealed

    def test_what_was_altered_or_is_of_another_key_is_not_read(self, settings: Settings) -> None:
        sealed = seal(PLAIN_KEY)
        with pytest.raises(UnreadableSecretError):
            unseal(sealed[:-4] + ("AAA=" if not sealed.endswith("AAA=") else "BBB="))
        settings.SECOND_FACTOR_KEYS = [NEW]
        with pytest.raises(UnreadableSecretError):
            unseal(sealed)
        for keys in ([], ["no key"], [OLD, ""]):
            settings.SECOND_FACTOR_KEYS = keys
            with pytest.raises(UnreadableSecretError):
                seal(PLAIN_KEY)

    def test_development_has_a_key_of_its_own_for_each_secret_key(self) -> None:
        one, other = key_for_development("one"), key_for_development("another")
        assert one == key_for_development("one") != other
        assert Fernet(one)

    def test_a_site_without_keys_does_not_start(self, settings: Settings) -> None:
        for keys, said in (([], "is not set"), ([OLD, "short"], "no key"), ([""], "no key")):
            settings.SECOND_FACTOR_KEYS = keys
            (problem,) = check_signing_in()
            assert problem.id == "accounts.E003"
            assert said in problem.msg
            assert "urlsafe_b64encode" in str(problem.hint)
            assert "short" not in problem.msg + str(problem.hint)
        settings.SECOND_FACTOR_KEYS = [NEW, OLD]
        assert check_signing_in() == []


@pytest.mark.django_db
class TestKept:
    def test_the_database_never_holds_the_key_of_an_app(self, client: Client) -> None:
        sign_in(client, OfficerFactory.create())
        shown = page(client.get("/account/app/")).select_one(".ff-appkey")
        assert shown is not None
        plain = shown.get_text().replace(" ", "")
        assert plain not in kept()
        # A wrong code shows the same key again, and it is still nowhere.
        again = page(client.post("/account/app/", {"code": "000000"})).select_one(".ff-appkey")
        assert again is not None
        assert again.get_text() == shown.get_text()
        assert plain not in kept()
        client.post("/account/app/", {"code": app_code(plain)})
        assert Authenticator.objects.filter(type="totp").exists()
        assert plain not in kept()

    def test_recovery_codes_cannot_be_made_from_what_is_kept(self, client: Client) -> None:
        sign_in(client, OfficerFactory.create())
        add_app(client)
        seed = Authenticator.objects.get(type="recovery_codes").data["seed"]
        assert seed.startswith("sealed:")
        assert unseal(seed) not in kept()

    def test_what_stood_unencrypted_is_encrypted_by_the_migration_and_works(self, mailoutbox: Outbox) -> None:
        officer = OfficerFactory.create()
        Authenticator.objects.create(user=officer, type="totp", data={"secret": PLAIN_KEY})
        codes = {"seed": PLAIN_SEED, "used_mask": 5}
        Authenticator.objects.create(user=officer, type="recovery_codes", data=codes)
        passkey = Authenticator.objects.create(user=officer, type="webauthn", data={"name": "Mine", "credential": {}})
        migration = importlib.import_module("accounts.migrations.0005_seal_second_factors")
        for _ in range(2):
            migration.seal(apps, None)
        assert PLAIN_KEY not in kept()
        assert PLAIN_SEED not in kept()
        assert Authenticator.objects.get(type="recovery_codes").data["used_mask"] == 5
        passkey.refresh_from_db()
        assert passkey.data == {"name": "Mine", "credential": {}}
        guest = browser(2)
        enter(guest, officer, mailoutbox)
        assert guest.post(SECOND_STEP, {"code": app_code(PLAIN_KEY)}).headers["Location"] == "/admin/"
        migration.unseal(apps, None)
        assert Authenticator.objects.get(type="totp").data == {"secret": PLAIN_KEY}
        assert Authenticator.objects.get(type="recovery_codes").data == codes


@pytest.mark.django_db
class TestRotation:
    def test_a_new_key_takes_over_and_the_old_one_can_go(
        self, client: Client, settings: Settings, mailoutbox: Outbox, capsys: pytest.CaptureFixture[str]
    ) -> None:
        officer = sign_in(client, OfficerFactory.create())
        key, codes = add_app(client)
        settings.SECOND_FACTOR_KEYS = [NEW, OLD]
        other = browser(2)
        enter(other, officer, mailoutbox)
        assert other.post(SECOND_STEP, {"code": codes[0]}).headers["Location"] == "/admin/"
        call_command("seal_second_factors")
        assert "2 encrypted with the newest key, 0 were so already" in capsys.readouterr().out
        call_command("seal_second_factors")
        assert "0 encrypted with the newest key, 2 were so already" in capsys.readouterr().out
        settings.SECOND_FACTOR_KEYS = [NEW]
        for number, code in ((3, app_code(key)), (4, codes[1])):
            guest = browser(number)
            enter(guest, officer, mailoutbox)
            assert guest.post(SECOND_STEP, {"code": code}).headers["Location"] == "/admin/"
        # The one that was used before stays used.
        guest = browser(5)
        enter(guest, officer, mailoutbox)
        assert "not right" in guest.post(SECOND_STEP, {"code": codes[0]}).content.decode()

    def test_what_no_key_reads_is_counted_and_left(self, settings: Settings) -> None:
        officer = OfficerFactory.create()
        sealed = Authenticator.objects.create(user=officer, type="totp", data={"secret": seal(PLAIN_KEY)})
        Authenticator.objects.create(
            user=PartnerMemberFactory.create(), type="recovery_codes", data={"migrated_codes": ["one", "two"]}
        )
        settings.SECOND_FACTOR_KEYS = [NEW]
        with pytest.raises(CommandError, match="1 cannot be read"):
            call_command("seal_second_factors")
        before = sealed.data
        sealed.refresh_from_db()
        assert sealed.data == before
        (codes,) = Authenticator.objects.filter(type="recovery_codes")
        assert [unseal(code) for code in codes.data["migrated_codes"]] == ["one", "two"]
        assert "one" not in codes.data["migrated_codes"]


@pytest.mark.django_db
class TestWrongKey:
    """Nothing answers 500, nobody gets in, and it says what to do."""

    @pytest.mark.parametrize("keys", [[LOST], [], ["no key"]])
    def test_at_the_second_step(
        self, keys: list[str], client: Client, settings: Settings, mailoutbox: Outbox, caplog: pytest.LogCaptureFixture
    ) -> None:
        officer = sign_in(client, OfficerFactory.create())
        key, codes = add_app(client)
        settings.SECOND_FACTOR_KEYS = keys
        guest = browser(2)
        enter(guest, officer, mailoutbox)
        for code in (app_code(key), codes[0], "000000"):
            answer = guest.post(SECOND_STEP, {"code": code})
            assert answer.status_code == 200
            assert "Use a passkey if you have one" in answer.content.decode()
        assert not is_signed_in(guest)
        assert "SECOND_FACTOR_KEYS" in caplog.text
        assert officer.email not in caplog.text
        settings.SECOND_FACTOR_KEYS = [OLD]
        assert guest.post(SECOND_STEP, {"code": app_code(key)}).headers["Location"] == "/admin/"

    @pytest.mark.parametrize("keys", [[LOST], []])
    def test_on_the_pages_of_an_account(self, keys: list[str], client: Client, settings: Settings) -> None:
        sign_in(client, OfficerFactory.create())
        add_app(client)
        settings.SECOND_FACTOR_KEYS = keys
        for address in ("/account/recovery-codes/", "/account/recovery-codes/new/"):
            answer: Any = client.get(address, follow=True)
            assert answer.redirect_chain == [("/account/", 302)]
            assert "Use a passkey if you have one" in answer.content.decode()
        assert client.get("/account/app/remove/").status_code == 200
        answer = client.post("/account/confirm/", {"code": "000000"})
        assert "Use a passkey if you have one" in answer.content.decode()

    def test_a_key_that_is_lost_is_mended_by_taking_the_second_step_away(
        self, client: Client, settings: Settings
    ) -> None:
        officer = sign_in(client, OfficerFactory.create())
        add_app(client)
        settings.SECOND_FACTOR_KEYS = [LOST]
        call_command("forget_second_factor", officer.email)
        officer.refresh_from_db()
        sign_in(client, officer)
        add_app(client)

    def test_a_new_app_without_any_key(self, client: Client, settings: Settings) -> None:
        sign_in(client, PartnerMemberFactory.create())
        settings.SECOND_FACTOR_KEYS = []
        assert client.get("/account/app/").headers["Location"] == "/account/"
        assert client.post("/account/app/", {"code": "123456"}).headers["Location"] == "/account/"
