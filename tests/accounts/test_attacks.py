"""What somebody tries who is not who they say: nothing is gained, nothing is given away, nothing changes."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.adapters import is_path_of_this_site
from accounts.models import User
from notices.models import Notice
from tests.accounts.entering import CODE, SIGN_IN, another, ask, browser, enter, is_signed_in, newest_code, type_code
from tests.factories import OfficerFactory, UserFactory
from tests.mail import deliver_all
from tests.people import sign_in

pytestmark = pytest.mark.django_db

Outbox = Sequence[EmailMessage]
TRIES = 200
TOO_MANY = "There were too many tries"


def in_(hours: float) -> Any:
    return time_machine.travel(timezone.now() + timedelta(hours=hours))


class TestGuessing:
    def test_a_code_is_void_after_three_wrong_ones(self, client: Client, mailoutbox: Outbox) -> None:
        ask(client, UserFactory.create().email)
        code = newest_code(mailoutbox)
        answers = [type_code(client, another(code)) for _ in range(TRIES)]
        assert [answer.status_code for answer in answers[:2]] == [200, 200]
        assert {answer.headers["Location"] for answer in answers[2:]} == {f"{SIGN_IN}?again=tries", SIGN_IN}
        assert "the code is void" in client.get(f"{SIGN_IN}?again=tries").content.decode()
        type_code(client, code)
        assert not is_signed_in(client)

    def test_from_many_places_an_address_gets_five_codes_an_hour_and_few_guesses(self, mailoutbox: Outbox) -> None:
        user = UserFactory.create()
        said, refused = [], 0
        for host in range(TRIES):
            guesser = browser(host)
            if ask(guesser, user.email).status_code == 200:
                refused += 1
                continue
            code = newest_code(mailoutbox)
            said += [type_code(guesser, another(code)).content.decode() for _ in range(3)]
        assert refused == TRIES - 5
        assert len(mailoutbox) == 5
        assert len(said) == 15
        # All browsers together are stopped before the last of them has had its three tries.
        assert any(TOO_MANY in each for each in said)
        # Whose address it is gets in again when the hour is over, with a code of their own.
        with in_(1.1):
            assert enter(browser(999), user, mailoutbox).headers["Location"] == "/"

    def test_many_guesses_at_once_in_one_session_gain_nothing(self, client: Client, mailoutbox: Outbox) -> None:
        """As requests that all read the session before one of them writes that a try is gone."""
        user = UserFactory.create()
        ask(client, user.email)
        code = newest_code(mailoutbox)
        before = dict(client.session.items())

        def as_before() -> None:
            session = client.session
            session.update(before)
            session.save()

        for _ in range(TRIES):
            type_code(client, another(code))
            as_before()
        assert TOO_MANY in type_code(client, code).content.decode()
        assert not is_signed_in(client)
        # After ten minutes the code itself has run out.
        with in_(0.2):
            as_before()
            assert type_code(client, code).headers["Location"].startswith(SIGN_IN)
            assert not is_signed_in(client)

    def test_one_place_asks_for_sixty_codes_in_ten_minutes_at_most(self, client: Client) -> None:
        answers = [ask(client, f"somebody{number}@example.org").status_code for number in range(62)]
        assert answers == [302] * 60 + [200] * 2
        assert Notice.objects.count() == 60
        assert ask(browser(7), "another@example.org").status_code == 302

    def test_asking_anew_is_no_way_around(self, client: Client, mailoutbox: Outbox) -> None:
        user = UserFactory.create()
        ask(client, user.email)
        for _ in range(20):
            client.post(CODE, {"action": "resend"})
        for _ in range(20):
            ask(client, user.email)
        deliver_all()
        assert len(mailoutbox) == 5


class TestCodes:
    def test_a_code_works_once(self, client: Client, mailoutbox: Outbox) -> None:
        user = UserFactory.create()
        enter(client, user, mailoutbox)
        code = newest_code(mailoutbox)
        client.post("/sign-out/")
        for again in (client, browser(2)):
            assert type_code(again, code).headers["Location"] == SIGN_IN
            ask(again, user.email)
            type_code(again, code)
            assert not is_signed_in(again)

    def test_a_code_works_in_the_browser_that_asked_only(self, client: Client, mailoutbox: Outbox) -> None:
        user, thief = UserFactory.create(), browser(2)
        ask(client, user.email)
        code = newest_code(mailoutbox)
        assert type_code(thief, code).headers["Location"] == SIGN_IN
        ask(thief, "other@example.org")
        type_code(thief, code)
        assert not is_signed_in(thief)

    def test_a_code_runs_out_after_ten_minutes(self, client: Client, mailoutbox: Outbox) -> None:
        ask(client, UserFactory.create().email)
        code = newest_code(mailoutbox)
        with in_(10.5 / 60):
            answer = type_code(client, code)
            assert answer.headers["Location"] == f"{SIGN_IN}?again=time"
            assert "has run out" in client.get(answer.headers["Location"]).content.decode()
            assert type_code(client, code).headers["Location"] == SIGN_IN
            assert not is_signed_in(client)

    def test_an_account_that_was_closed_meanwhile_stays_closed(self, client: Client, mailoutbox: Outbox) -> None:
        user = UserFactory.create()
        ask(client, user.email)
        code = newest_code(mailoutbox)
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert type_code(client, code).headers["Location"] == f"{SIGN_IN}?again=closed"
        assert not is_signed_in(client)

    def test_an_account_that_is_closed_is_signed_out_everywhere(self, client: Client) -> None:
        user = sign_in(client, UserFactory.create())
        User.objects.filter(pk=user.pk).update(is_active=False)
        assert not client.get("/").context["user"].is_authenticated


class TestSessions:
    def test_signing_in_begins_a_new_session(self, client: Client, mailoutbox: Outbox) -> None:
        user = UserFactory.create()
        ask(client, user.email)
        planted = client.cookies["sessionid"].value
        type_code(client, newest_code(mailoutbox))
        assert client.cookies["sessionid"].value != planted
        assert not Session.objects.filter(session_key=planted).exists()
        attacker = browser(2)
        attacker.cookies["sessionid"] = planted
        assert not attacker.get("/").context["user"].is_authenticated

    @pytest.mark.parametrize("planted", ["0123456789abcdef0123456789abcdef", "x", "' OR 1=1", "a" * 4000])
    def test_a_session_that_somebody_made_up_is_not_taken(
        self, client: Client, mailoutbox: Outbox, planted: str
    ) -> None:
        client.cookies["sessionid"] = planted
        enter(client, UserFactory.create(), mailoutbox)
        assert is_signed_in(client)
        assert client.cookies["sessionid"].value != planted
        assert not Session.objects.filter(session_key=planted).exists()

    def test_the_list_of_devices_ends_all_others(self, mailoutbox: Outbox) -> None:
        user, mine, lost = UserFactory.create(), browser(1), browser(2)
        enter(lost, user, mailoutbox)
        enter(mine, user, mailoutbox)
        page = mine.get("/account/devices/").content.decode()
        assert "198.51.0.3" in page
        assert "198.51.0.2" in page
        done = mine.post("/account/devices/", follow=True)
        assert "You are signed out everywhere else" in done.content.decode()
        assert mine.get("/").context["user"].is_authenticated
        assert not lost.get("/").context["user"].is_authenticated
        assert UserSession.objects.filter(user=user).count() == 1
        assert lost.get("/account/devices/").headers["Location"].startswith(SIGN_IN)


NASTY = (
    "https://evil.example/", "//evil.example", "///evil.example", "////evil.example/", "/\\evil.example", "\\\\evil.example",
    "http:evil.example", "https:///evil.example", "javascript:alert(1)", "data:text/html,x", "/\t/evil.example", "/\n/evil.example",
    "\t//evil.example", " //evil.example", "\x01//evil.example", "https://testserver@evil.example/", "https://testserver.evil.example/",
    "//testserver@evil.example/", "http://testserver/", "https://localhost:8000/", "evil.example", "?next=//evil.example",
    "//evil.example%2f..", "/\\/evil.example", "/\u200b/evil.example", "ftp://evil.example",
)  # fmt: skip


class TestRedirects:
    @pytest.mark.parametrize("onward", NASTY)
    def test_nobody_is_sent_elsewhere(self, client: Client, mailoutbox: Outbox, onward: str) -> None:
        page = client.get(SIGN_IN, {"next": onward})
        assert page.status_code in (200, 400)
        assert 'name="next"' not in page.content.decode()
        user = UserFactory.create()
        assert ask(client, user.email, next=onward).headers["Location"].startswith(CODE)
        assert type_code(client, newest_code(mailoutbox), next=onward).headers["Location"] == "/"
        page = client.get("/account/confirm/", {"next": onward})
        assert page.status_code in (400, 403)

    def test_a_path_of_this_site_is_gone_on_to(self) -> None:
        for url in ("/", "/search/?q=a&year=7#results", "/guides/é/", "/portal/7/?next=//evil.example", "/%2f%2fevil"):
            assert is_path_of_this_site(url)


WRITES = ("INSERT", "UPDATE", "DELETE")


def shape(answer: Any, email: str) -> dict[str, Any]:
    """All that an answer tells, without what differs each time and without the address that was typed."""
    body = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(email, "ADDRESS")
    cookies = {
        name: {key: morsel[key] for key in morsel if key != "expires"} | {"length": len(morsel.value)}
        for name, morsel in answer.cookies.items()
    }
    headers = {name: value for name, value in answer.headers.items() if name not in ("Set-Cookie", "ETag", "Expires")}
    return {"status": answer.status_code, "body": body, "cookies": cookies, "headers": headers}


class TestWhoHasAnAccount:
    def test_no_answer_tells(self, mailoutbox: Outbox) -> None:
        UserFactory.create(email="known01@example.org")
        OfficerFactory.create(email="staff01@example.org")
        UserFactory.create(email="gone001@example.org", is_active=False)
        told, written = [], []
        for number, email in enumerate(
            ("known01@example.org", "staff01@example.org", "gone001@example.org", "nobody1@example.org")
        ):
            client = browser(number)
            with CaptureQueriesContext(connection) as asked:
                answers = [ask(client, email)]
            written.append(
                [line.split('"')[:2] for each in asked.captured_queries if (line := each["sql"]).startswith(WRITES)]
            )
            answers += [client.get(CODE), client.post(CODE, {"action": "resend"}), client.get(f"{CODE}?sent=anew")]
            answers += [type_code(client, "12 34"), type_code(client, ""), type_code(client, "-")]
            answers += [type_code(client, "x"), client.get(CODE), client.get(f"{SIGN_IN}?again=tries")]
            answers += [ask(client, email) for _ in range(5)]
            told.append([shape(answer, email) for answer in answers])
        assert told[0][0]["status"] == 302
        assert told[0] == told[1] == told[2] == told[3]
        # What takes time is the same, too: a message is kept and queued for each.
        assert ["INSERT INTO ", "notices_notice"] in written[0]
        assert written[0] == written[1] == written[2] == written[3]

    def test_who_has_none_is_told_by_mail_only(self, client: Client, mailoutbox: Outbox) -> None:
        UserFactory.create(email="gone@example.org", is_active=False)
        for email in ("nobody@example.org", "gone@example.org"):
            ask(client, email)
            deliver_all()
            assert mailoutbox[-1].to == [email]
            assert "there is no account with it" in str(mailoutbox[-1].body)
            assert not re.search(r"\d{6}|\d{3} \d{3}", str(mailoutbox[-1].body))

    def test_no_passkey_tells(self, client: Client) -> None:
        """The question for the device is the same for everybody, since nobody said yet who they are."""
        first, second = (
            browser(n).get("/sign-in/passkey/", headers={"Accept": "application/json"}).json() for n in (1, 2)
        )
        for question in (first, second):
            assert question["request_options"]["publicKey"].pop("challenge")
        assert first == second
        assert not first["request_options"]["publicKey"]["allowCredentials"]


def test_a_scanner_that_opens_every_link_of_every_mail_changes_nothing(client: Client, mailoutbox: Outbox) -> None:
    user = UserFactory.create()
    ask(client, user.email)
    ask(browser(2), "nobody@example.org")
    deliver_all()
    code = newest_code([message for message in mailoutbox if message.to == [user.email]])
    texts = [str(message.body) + str(message.alternatives[0].content) for message in mailoutbox]  # type: ignore[attr-defined]
    links = {link for text in texts for link in re.findall(r"https?://[^\s\"<>]+", text)}
    assert links, "the mails have links to try"
    for link in links:
        assert link.startswith("http://localhost:8000/"), link
        for method in ("get", "head"):
            scanner = browser(3)
            answer = getattr(scanner, method)(link.removeprefix("http://localhost:8000"), follow=True)
            assert answer.status_code == 200
            assert not is_signed_in(scanner)
    assert not UserSession.objects.exists()
    assert type_code(client, code).headers["Location"] == "/"


@pytest.mark.parametrize(
    "credential",
    ["", "null", "[]", "1", '"x"', "{}", '{"response": null}', '{"response": {}}', '{"response": {"userHandle": 5}}', "{" * 999,
     '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA","signature":"AA","userHandle":"eA"}}',
     '{"id":"AA","rawId":"é","type":1,"response":{"clientDataJSON":[],"authenticatorData":{},"signature":"=","userHandle":"MQ"}}',
     "x" * 30_000, "[" * 19_000],
)  # fmt: skip
def test_what_no_device_says_is_refused(client: Client, credential: str) -> None:
    client.get("/sign-in/passkey/", headers={"Accept": "application/json"})
    answer = client.post("/sign-in/passkey/", {"credential": credential})
    assert answer.headers["Location"] == f"{SIGN_IN}?again=passkey"
    assert "did not confirm that it is you" in client.get(answer.headers["Location"]).content.decode()
    assert not is_signed_in(client)
