"""A message is kept with what it tells of, and sent once."""

from pathlib import Path
from smtplib import SMTPServerDisconnected
from typing import Any
from unittest.mock import patch

import pytest
from django.conf import LazySettings
from django.core.mail import EmailMessage

from notices.catalogue import Kind
from notices.models import Notice
from notices.services import deliver, send
from tests.mail import deliver_all

pytestmark = pytest.mark.django_db

HELLO = Kind("hello", "A greeting")


@pytest.fixture(autouse=True)
def templates(tmp_path: Path, settings: LazySettings) -> None:
    (tmp_path / "notices").mkdir()
    (tmp_path / "notices" / "hello.txt").write_text("Subject: Hello {{ name }}\n\nGood day, {{ name }}.\n")
    (tmp_path / "notices" / "hello.html").write_text(
        '{% extends "notices/base.html" %}{% block words %}<p>Good day, {{ name }}.</p>{% endblock %}'
    )
    first: dict[str, Any] = dict(settings.TEMPLATES[0])
    settings.TEMPLATES = [first | {"DIRS": [*first["DIRS"], tmp_path]}]


def test_a_message_waits_and_goes_out_once(mailoutbox: list[EmailMessage]) -> None:
    assert send(HELLO, "Sam@Example.org", key="a", context={"name": "Sam"}) is not None
    assert send(HELLO, "sam@example.org", key="a", context={"name": "Sam"}) is None
    assert not mailoutbox
    assert deliver_all() == 1
    deliver(Notice.objects.get().pk)
    assert [(message.subject, message.to) for message in mailoutbox] == [("Hello Sam", ["sam@example.org"])]
    assert Notice.objects.get().state == Notice.State.SENT


def test_a_failure_puts_it_back_until_patience_ends() -> None:
    notice = send(HELLO, "sam@example.org", key="a", context={"name": "Sam"})
    assert notice is not None
    with patch("django.core.mail.backends.locmem.EmailBackend.send_messages", side_effect=SMTPServerDisconnected):
        for _ in range(6):
            assert not deliver(notice.pk)
    notice.refresh_from_db()
    assert (notice.state, notice.attempts) == (Notice.State.FAILED, 6)
    assert "SMTPServerDisconnected" in notice.problem
