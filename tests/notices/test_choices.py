"""A person switches off what may be switched off: signed in, or by the link in a message. Opening a link changes nothing."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from engagement.retention import apply_retention
from notices.addresses import SIGNER, sign, switch_off_address
from notices.models import SwitchedOff
from notices.services import deliver, send, switch
from tests.directory.reading import Page
from tests.factories import UserFactory
from tests.notices.conftest import CODE, HELLO
from tests.people import sign_in

pytestmark = pytest.mark.django_db


def told(address: str, key: str = "a") -> bool:
    return send(HELLO, address, key=key, context={"name": "Sam"}) is not None


def link(address: str = "sam@example.org") -> str:
    parts = urlsplit(switch_off_address(HELLO, address))
    return f"{parts.path}?{parts.query}"


def test_who_is_signed_in_chooses_and_chooses_again(client: Client) -> None:
    user = sign_in(client, UserFactory.create(email="sam@example.org"))
    page = Page(client.get("/account/messages/"))
    assert page.heading == "Messages to you"
    assert "A friendly word now and then." in page.html
    assert "Lets you in." in page.html
    assert 'value="code"' not in page.html, "what must be sent is no choice"
    response = client.post("/account/messages/", {"shown": ["hello", "code"]})
    assert (response.status_code, response["Location"]) == (303, "/account/messages/")
    assert "Your choice is kept." in client.get("/account/messages/").content.decode()
    assert not told("Sam@example.org")
    assert told("kim@example.org")
    client.post("/account/messages/", {"shown": ["hello"], "kind": ["hello"]})
    assert told(user.email)


def test_what_must_be_sent_is_sent_whatever_is_posted(client: Client) -> None:
    sign_in(client, UserFactory.create(email="sam@example.org"))
    client.post("/account/messages/", {"shown": ["code", "nonsense"], "kind": ["nonsense"]})
    assert send(CODE, "sam@example.org", key="a", context={"name": "Sam"}) is not None
    with pytest.raises(ValueError, match="cannot be switched off"):
        switch(CODE, "sam@example.org", off=True)


def test_nobody_chooses_for_another(client: Client) -> None:
    assert client.get("/account/messages/")["Location"].startswith("/sign-in/")
    assert client.post("/account/messages/", {})["Location"].startswith("/sign-in/")
    assert not SwitchedOff.objects.exists()


def test_every_message_that_may_be_switched_off_leads_there(mailoutbox: list[EmailMessage]) -> None:
    for kind in (HELLO, CODE):
        notice = send(kind, "sam@example.org", key="a", context={"name": "Sam"})
        assert notice is not None
        deliver(notice.pk)
    hello, code = mailoutbox
    address = switch_off_address(HELLO, "sam@example.org")
    assert address.startswith(f"{settings.SITE_URL}/messages/switch-off/?m=")
    html = str(hello.alternatives[0].content)  # type: ignore[attr-defined]  # django-stubs: of an alternative
    assert address in hello.body
    assert address in html
    assert hello.extra_headers["List-Unsubscribe"] == f"<{address}>"
    assert "switch" not in code.body.lower()
    assert "List-Unsubscribe" not in code.extra_headers


@pytest.mark.parametrize("how", ["get", "head"])
def test_a_mail_scanner_that_opens_the_link_changes_nothing(client: Client, how: str) -> None:
    for _ in range(3):
        assert getattr(client, how)(link()).status_code == 200
    assert not SwitchedOff.objects.exists()
    assert told("sam@example.org")


def test_the_button_switches_off_and_says_so(client: Client) -> None:
    page = Page(client.get(link()))
    assert page.heading == "Switch off these messages?"
    assert page.html.count('<button class="govuk-button"') == 1
    response = client.post(link())
    assert (response.status_code, response["Location"]) == (303, link())
    assert Page(client.get(link())).heading == "Switched off"
    client.post(link())
    assert not told("sam@example.org")
    assert told("kim@example.org")


@pytest.mark.parametrize(
    "signed",
    [
        "", "x", "hello sam@example.org", sign(HELLO, "sam@example.org")[:-1], "a" + sign(HELLO, "sam@example.org"),
        sign(HELLO, "kim@example.org").replace("kim", "sam"), sign(CODE, "sam@example.org"), SIGNER.sign(""),
        signing.Signer(salt="another").sign("hello sam@example.org"), SIGNER.sign("gone sam@example.org"), "é:é",
    ],
)  # fmt: skip
def test_an_altered_link_does_nothing_and_tells_nothing(client: Client, signed: str) -> None:
    for answer in (
        client.get("/messages/switch-off/", {"m": signed}),
        client.post(f"/messages/switch-off/?m={signed}"),
    ):
        assert answer.status_code == 404
        assert "sam@example.org" not in answer.content.decode()
    assert not SwitchedOff.objects.exists()


def test_the_choice_lasts_as_long_as_it_keeps_anything_back() -> None:
    switch(HELLO, "sam@example.org", off=True)
    switch(HELLO, "old@example.org", off=True)
    with time_machine.travel(timezone.now() + timedelta(days=1000)):
        assert not told("sam@example.org")
    with time_machine.travel(timezone.now() + timedelta(days=1096)):
        apply_retention(timezone.now())
        assert [each.address for each in SwitchedOff.objects.all()] == ["sam@example.org"]
