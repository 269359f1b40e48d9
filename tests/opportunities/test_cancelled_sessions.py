"""A cancelled session stays known, with the words that schools read, and is not on offer anywhere."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import ModelLogEntry

from changes.services import open_feed
from opportunities import selectors, services
from opportunities.models import Session
from opportunities.visibility import Hidden
from pages.selectors import programme
from tests.directory.reading import Page
from tests.factories import CampaignFactory, OfficerFactory, OpportunityFactory, SessionFactory

pytestmark = pytest.mark.django_db

WORDS = "Our large press is broken until Christmas."


def cancelled(**fields: Any) -> Session:
    return services.cancel_session(SessionFactory.create(**fields), WORDS, OfficerFactory.create())


class TestService:
    def test_it_is_kept_with_its_words_and_stands_in_the_history(self) -> None:
        officer, session = OfficerFactory.create(), SessionFactory.create(capacity=30, taken=21)
        feed = open_feed("here")
        services.cancel_session(session, f"  {WORDS}\n", officer)
        kept = Session.objects.get()
        assert (kept.is_cancelled, kept.cancelled_because, kept.taken) == (True, WORDS, 21)
        entry = ModelLogEntry.objects.get(action="opportunities.cancel_session")
        assert (entry.user, entry.object_id) == (officer, str(session.opportunity_id))
        assert WORDS not in json.dumps(entry.data)
        assert "opportunities.session" in {change.model for change in feed.changes.all()}

    @pytest.mark.parametrize("words", ["", "  \n"])
    def test_not_without_words(self, words: str) -> None:
        session = SessionFactory.create()
        with pytest.raises(ValidationError, match="Say in a sentence"):
            services.cancel_session(session, words)
        with pytest.raises(IntegrityError, match="session_cancelled_with_words"), transaction.atomic():
            Session.objects.filter(pk=session.pk).update(cancelled_at=timezone.now())

    def test_not_once_it_is_over_nor_twice(self) -> None:
        with pytest.raises(ValidationError, match="is over"):
            services.cancel_session(SessionFactory.create(in_days=-3), WORDS)
        session = cancelled()
        with pytest.raises(ValidationError, match="has been cancelled"):
            services.cancel_session(session, "Other words.")
        assert Session.objects.get(pk=session.pk).cancelled_because == WORDS

    def test_it_is_neither_changed_nor_deleted_afterwards(self) -> None:
        session = cancelled()
        with pytest.raises(ValidationError, match="has been cancelled"):
            services.edit_session(session, {"capacity": 60})
        with pytest.raises(ValidationError, match="has been cancelled"):
            services.delete_session(session)
        assert Session.objects.get(pk=session.pk).capacity == 30

    def test_places_in_it_can_still_be_released(self) -> None:
        session = cancelled(taken=20)
        assert services.set_places(session, capacity=30, taken=0).is_cancelled


class TestVisibility:
    def test_one_whose_dates_are_all_cancelled_is_not_public(self) -> None:
        opportunity = cancelled().opportunity
        assert selectors.visibility(opportunity).reasons == (Hidden.OVER,)
        assert opportunity not in selectors.public()
        SessionFactory.create(opportunity=opportunity, in_days=40)
        assert selectors.visibility(opportunity).reasons == ()
        assert opportunity in selectors.public()

    def test_it_is_public_no_longer_than_its_last_date_that_happens(self) -> None:
        first = SessionFactory.create(in_days=5)
        cancelled(opportunity=first.opportunity, in_days=50)
        assert selectors.visibility(first.opportunity).visible_until == first.ends

    def test_one_on_request_does_not_depend_on_dates(self) -> None:
        opportunity = OpportunityFactory.create(availability="on_request")
        cancelled(opportunity=opportunity)
        assert opportunity in selectors.public()


class TestPages:
    """Who looks it up reads that it is cancelled, and why."""

    def test_the_page_says_so_beside_the_dates_that_are_left(self, client: Client) -> None:
        session = cancelled(in_days=9)
        SessionFactory.create(opportunity=session.opportunity, in_days=16)
        page = Page(client.get(session.opportunity.get_absolute_url()))
        assert "Cancelled" in page.text
        assert WORDS in page.text
        assert not any(f"/sessions/{session.pk}/" in address for address in page.links.values())
        assert sum(words.startswith("Save to calendar (") for words in page.links) == 1

    def test_the_page_stays_while_all_its_dates_are_cancelled_and_offers_none(self, client: Client) -> None:
        session = cancelled(in_days=9)
        address = session.opportunity.get_absolute_url()
        page = Page(client.get(address))
        assert page.status == 200
        assert WORDS in page.text
        assert "No other date yet" in page.text
        assert "places left" not in page.text
        assert WORDS in Page(client.get(f"{address}print/")).text
        assert "No other date yet" in Page(client.get(f"{address}desk-sheet/")).text
        with time_machine.travel(session.ends + timedelta(minutes=1), tick=False):
            assert client.get(address).status_code == 404

    def test_search_engines_are_told(self, client: Client) -> None:
        session = cancelled(in_days=9)
        SessionFactory.create(opportunity=session.opportunity, in_days=16)
        html = client.get(session.opportunity.get_absolute_url()).content.decode()
        [found] = re.findall(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)
        first, second = json.loads(found)
        assert first["eventStatus"] == "https://schema.org/EventCancelled"
        assert first["remainingAttendeeCapacity"] == 0
        assert "offers" not in first
        assert second["eventStatus"] == "https://schema.org/EventScheduled"
        assert second["remainingAttendeeCapacity"] == 30

    def test_the_programme_of_a_campaign_leaves_it_out(self) -> None:
        campaign = CampaignFactory.create()
        talk = OpportunityFactory.create(campaign=campaign, availability="dated")
        kept = SessionFactory.create(opportunity=talk, in_days=9)
        cancelled(opportunity=talk, in_days=10)
        assert [item.starts for item in programme(campaign).items] == [kept.starts]


class TestCalendars:
    @pytest.mark.parametrize("other", [False, True])
    def test_calendars_that_hold_it_hear_of_it(self, client: Client, other: bool) -> None:
        session = SessionFactory.create()
        opportunity = session.opportunity
        if other:
            SessionFactory.create(opportunity=opportunity, in_days=60)
        addresses = (
            f"/sessions/{session.pk}/calendar.ics",
            f"/opportunities/{opportunity.pk}/calendar.ics",
            f"/partners/{opportunity.offered_by_id}/calendar.ics",
        )

        def entry(address: str) -> Any:
            events = Calendar.from_ical(client.get(address).content).walk("VEVENT")
            return next(each for each in events if str(each["UID"]).startswith(f"session-{session.pk}@"))

        before = {address: entry(address) for address in addresses}
        services.cancel_session(session, WORDS)
        for address in addresses:
            after = entry(address)
            assert str(after["STATUS"]) == "CANCELLED"
            assert after["UID"] == before[address]["UID"]
            assert after["SEQUENCE"] > before[address]["SEQUENCE"]
            assert WORDS in str(after["DESCRIPTION"])
            assert str(after["SUMMARY"]).startswith("Cancelled: ")
