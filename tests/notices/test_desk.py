"""Administrators see what was sent and what was not, never the words that let somebody in."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from notices.models import Notice
from notices.services import deliver, send
from tests.cms import Desk, Form
from tests.factories import AdministratorFactory
from tests.notices.conftest import CODE, HELLO
from tests.notices.test_sending import half_send, kept

pytestmark = pytest.mark.django_db

LIST = "/admin/messages/"


@pytest.fixture
def desk() -> Desk:
    return Desk(AdministratorFactory.create())


def test_the_list_shows_what_is_left(desk: Desk) -> None:
    sent, left = kept(key="sent", name="Kim"), kept(key="left", name="Sam")
    deliver(sent.pk)
    half_send(left)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        everything, of_it = desk.open(LIST).page.text, desk.open(f"{LIST}?left=true").page.text
        assert "A greeting for Kim" in everything
        assert "A greeting for Sam" in everything
        assert "A greeting for Kim" not in of_it
        assert "A greeting for Sam" in of_it


def test_it_is_sent_again_by_a_button_and_by_nothing_else(desk: Desk) -> None:
    notice = kept()
    address = f"{LIST}inspect/{notice.pk}/"
    assert "Send again" not in desk.open(address).page.text
    half_send(notice)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        answer = desk.open(address)
        assert "Dear Sam" in answer.page.text
        assert desk.client.get(f"{LIST}send-again/{notice.pk}/").status_code == 405
        assert "It is being sent again." in desk.send(Form(answer.page, address)).said
        assert "not left over" in desk.post(f"{LIST}send-again/{notice.pk}/").said
    notice.refresh_from_db()
    assert notice.state == Notice.State.WAITING


def test_words_that_let_somebody_in_are_not_shown_nor_sent_again_once_they_are_gone(desk: Desk) -> None:
    notice = kept(CODE, name="7K2M4Q")
    address = f"{LIST}inspect/{notice.pk}/"
    Notice.objects.update(subject="A code")
    page = desk.open(address).page.text
    assert "let somebody in" in page
    assert "7K2M4Q" not in str(desk.open(address).page)
    Notice.objects.update(state="failed", text="", html="")
    page = desk.open(address).page.text
    assert "Ask the person to begin again." in page
    assert "Send again" not in page
    assert "Its words are gone" in desk.post(f"{LIST}send-again/{notice.pk}/").said


def test_nobody_changes_or_deletes_one(desk: Desk) -> None:
    notice = kept()
    for door in ("new/", f"edit/{notice.pk}/", f"delete/{notice.pk}/"):
        desk.post(f"{LIST}{door}", subject="Another")
    notice.refresh_from_db()
    assert notice.subject == "A greeting for Sam"


def test_the_health_page_counts_what_does_not_go_out(client: Client) -> None:
    assert client.get("/health/").json()["messages"] == {
        "ok": True, "message": "Messages go out.", "late": 0, "half_sent": 0, "failed": 0,
    }  # fmt: skip
    half_send(kept())
    Notice.objects.filter(pk=kept(key="b").pk).update(state="failed")
    kept(key="c")
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        found = client.get("/health/").json()["messages"]
    assert found["ok"] is False
    assert (found["late"], found["half_sent"], found["failed"]) == (1, 1, 1)
    assert "sam" not in str(found)


def test_in_the_demonstration_every_message_is_read_on_a_page(client: Client) -> None:
    notice = send(CODE, "sam@example.org", key="a", context={"name": "<script>alert(1)</script>"})
    assert notice is not None
    deliver(notice.pk)
    assert "/demo/messages/" in client.get("/demo/sign-in-as/").content.decode()
    assert f"/demo/messages/{notice.pk}/" in client.get("/demo/messages/").content.decode()
    response = client.get(f"/demo/messages/{notice.pk}/")
    page = response.content.decode()
    assert "Dear &lt;script&gt;" in page
    assert "<script>alert" not in page
    assert 'sandbox srcdoc="' in page
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_outside_the_demonstration_there_is_no_such_page(client: Client, settings: object) -> None:
    notice = send(HELLO, "sam@example.org", key="a", context={"name": "Sam"})
    assert notice is not None
    settings.DEMO = False  # type: ignore[attr-defined]  # pytest-django's
    assert client.get("/demo/messages/").status_code == 404
    assert client.get(f"/demo/messages/{notice.pk}/").status_code == 404
