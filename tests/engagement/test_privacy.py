"""No personal data in what is stored: every column of every row of every table of the room is looked through."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from engagement.catalogue import EventName
from engagement.events import Happening
from engagement.models import CountedTerms, Event
from engagement.services import count_finished, record
from tests.factories import OpportunityFactory, TeacherFactory
from tests.people import sign_in
from tests.visitors import BROWSER

pytestmark = pytest.mark.django_db

EMAIL, PHONE, POSTCODE = "sam.smith@example.org", "020 7946 0958", "EC2Y 8DS"
ADDRESS, COOKIE, REFERER = "203.0.113.77", "tastes-of-oatcakes", "https://elsewhere.example/sams-own-page"
BROWSER_NAME = BROWSER["user-agent"] + " SamsOwnBrowser/7"
SECRETS = (
    *("sam.smith", "example.org", "@", "7946", "0958", "8DS", "8ds", "07700", "900123"),
    *(ADDRESS, COOKIE, "elsewhere", "sams-own-page", "SamsOwnBrowser", "Mozilla", "Firefox", "en-GB"),
)
TYPED = (
    f"clay {EMAIL}",
    f"clay {PHONE} pots",
    "clay 07700900123",
    f"clay {POSTCODE}",
    "clay ec2y8ds",
    "clay @sam.smith",
    f"clay https://{EMAIL.partition('@')[2]}/sam.smith",
    f"{EMAIL} {PHONE} {POSTCODE}",
)


def stored() -> Iterator[str]:
    """Everything that the room has stored, column by column."""
    for model in apps.get_app_config("engagement").get_models():
        for row in model._base_manager.values():
            yield from (f"{name}={json.dumps(value, default=str, ensure_ascii=False)}" for name, value in row.items())


def test_what_people_type_and_what_their_browsers_say_is_not_stored(index: Callable[[], None]) -> None:
    opportunity = OpportunityFactory.create(title="Clay pots")
    index()
    headers = {
        "user-agent": BROWSER_NAME,
        "x-forwarded-for": ADDRESS,
        "x-real-ip": ADDRESS,
        "forwarded": f"for={ADDRESS}",
        "referer": REFERER,
        "accept-language": "en-GB",
        "hx-current-url": REFERER,
    }
    client = Client(headers=headers, REMOTE_ADDR=ADDRESS)
    client.cookies["tastes"] = COOKIE
    sign_in(client, TeacherFactory.create(email="sam.smith@example.org"))
    for typed in TYPED:
        for params in ({"q": typed}, {"q": typed, "kind": "visit", "near": "EC2Y"}):
            assert client.get("/search/", params, follow=True).status_code == 200
    client.get(opportunity.get_absolute_url(), {"utm": EMAIL, "s": PHONE})
    client.get(opportunity.offered_by.get_absolute_url())
    # And a page that hands on whatever it was given.
    data = {"terms": EMAIL, "selections": {EMAIL: [PHONE, POSTCODE, ADDRESS]}}
    record(
        [Happening(EventName.SEARCH_PERFORMED, data=data), Happening(EventName.SHARED, data={"what": EMAIL})],
        timezone.now(),
    )
    assert Event.objects.count() > len(TYPED)
    Event.objects.update(at=timezone.now() - timedelta(days=40))
    count_finished(timezone.now())
    assert CountedTerms.objects.filter(terms="clay").exists()
    columns = list(stored())
    assert len(columns) > 100
    told = [column for column in columns for secret in SECRETS if secret in column]
    # An address of four short numbers among the choices is the one thing here that looks like no person; it goes, too.
    assert not told
    session = client.session.session_key
    assert session is not None
    assert not [column for column in columns if session in column]


@pytest.mark.parametrize("name", ["near", "q"])
def test_a_full_postcode_in_the_address_is_sent_on_to_its_outward_code(
    client: Client, index: Callable[[], None], name: str
) -> None:
    index()
    response: Any = client.get("/search/", {name: POSTCODE})
    assert response.status_code == 302
    assert parse_qs(urlsplit(response["Location"]).query) == {name: ["EC2Y"]}
    assert not Event.objects.exists()
