"""A mail scanner opens every link of every message, again and again: nothing changes, and each still works afterwards."""

import re
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from wagtail.models import ModelLogEntry

from notices.models import Notice, SwitchedOff
from partners.models import Partner
from tests.factories import AssuranceFactory, OpportunityFactory, PartnerFactory
from tests.reminding import CONFIRMED, at, run_on

pytestmark = pytest.mark.django_db


def state() -> list[Any]:
    """Whatever a link could change."""
    return [
        list(model._default_manager.order_by("pk").values()) for model in (Partner, SwitchedOff, ModelLogEntry, Notice)
    ]


def links() -> list[str]:
    """The addresses of this site in all messages, in both forms."""
    found = re.compile(rf"{re.escape(settings.SITE_URL)}[^\s\"<>]*")
    texts = [text for notice in Notice.objects.order_by("pk") for text in (notice.text, unescape(notice.html))]
    return list(dict.fromkeys(link for text in texts for link in found.findall(text)))


def test_opening_changes_nothing() -> None:
    partner = PartnerFactory.create(confirmed_on=CONFIRMED, email="hello@press.example")
    OpportunityFactory.create(offered_by=partner)
    AssuranceFactory.create(partner=partner, seen_on=CONFIRMED, expires=at(205).date())
    written = run_on(175, 190, 206, 218)
    assert {kind for _, kind, _ in written} == {
        "still-right", "page-leaves", "page-hidden", "document-expires", "document-lapsed",
    }  # fmt: skip
    with time_machine.travel(at(219), tick=False):
        before, asked = state(), links()
        assert len(asked) >= 6, "three to confirm, two to switch off, and the portal"
        answers = set()
        for _ in range(2):
            for link in asked:
                parts = urlsplit(link)
                for client in (Client(), Client(headers={"user-agent": "MailScanner/1.0"})):
                    for ask in (client.get, client.head, client.options):
                        answers.add(ask(f"{parts.path}?{parts.query}").status_code)
        assert state() == before
        assert answers <= {200, 302, 404, 405}
        # The latest link is as good as new.
        [confirm] = [
            link for link in links() if "/still-right/" in link and Client().get(urlsplit(link).path).status_code == 200
        ][-1:]
        assert Client().post(urlsplit(confirm).path).status_code == 303
    assert Partner.objects.get().is_public
