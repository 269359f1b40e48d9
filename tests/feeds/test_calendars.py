"""Calendars as a calendar program reads them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from engagement.models import Event
from opportunities.services import edit_session, publish, set_places
from search.engines.base import SearchUnavailableError
from search.engines.embedded.store import EmbeddedStore
from search.services import rebuild
from tests.directory.noted import events, found, visit
from tests.directory.reading import Page
from tests.factories import OfficerFactory, OpportunityFactory, PartnerFactory, SessionFactory, SiteFactory

pytestmark = pytest.mark.django_db

Build = Callable[[], None]


@pytest.fixture(autouse=True)
def _site(settings: LazySettings) -> None:
    settings.SITE_URL = "https://find.example"


@pytest.fixture
def index(tmp_path: Path, settings: LazySettings) -> Build:
    settings.SEARCH_INDEX_DIR = tmp_path / "index"

    def build() -> None:
        rebuild(EmbeddedStore(settings.SEARCH_INDEX_DIR))

    return build


def whole(response: Any) -> Any:
    """A calendar."""
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def read(response: Any) -> list[Any]:
    """The entries of a calendar."""
    return list(whole(response).walk("VEVENT"))


def titles(response: Any) -> list[str]:
    return [str(each["SUMMARY"]) for each in read(response)]


def workshop(**fields: Any) -> Any:
    return OpportunityFactory.create(
        **{"title": "Set, ink; pull", "availability": "dated", "offered_by__name": "Tallowgate", **fields}
    )


class TestSession:
    @pytest.mark.parametrize(("month", "utc_hour"), [(1, 10), (7, 9)])
    def test_it_says_when_in_london_where_and_what(self, client: Client, month: int, utc_hour: int) -> None:
        partner = PartnerFactory.create(name="Tallowgate")
        site = SiteFactory.create(partner=partner, name="The print room", address="1 High Street", postcode="E1 6AN")
        opportunity = workshop(offered_by=partner, site=site)
        day = timezone.localtime().replace(year=timezone.localdate().year + 1, month=month, day=6, hour=10, minute=0)
        starts = day.replace(second=0, microsecond=0)
        starts = timezone.make_aware(starts.replace(tzinfo=None))
        session = SessionFactory.create(opportunity=opportunity, starts=starts, label="Relaxed session")
        [entry] = read(client.get(f"/sessions/{session.pk}/calendar.ics"))
        assert entry["DTSTART"].to_ical() == f"{starts.year}{month:02}06T{utc_hour:02}0000Z".encode()
        assert entry["DTEND"].dt - entry["DTSTART"].dt == timedelta(hours=2)
        assert str(entry["SUMMARY"]) == "Set, ink; pull, Relaxed session"
        assert str(entry["LOCATION"]) == "The print room, 1 High Street, Tower Hamlets, E1"
        assert str(entry["URL"]) == f"https://find.example{opportunity.get_absolute_url()}"
        assert str(entry["STATUS"]) == "CONFIRMED"
        assert "Offered by Tallowgate." in str(entry["DESCRIPTION"])
        assert str(entry["UID"]) == f"session-{session.pk}@find.example"

    def test_a_private_home_is_told_no_closer_than_its_outward_code(self, client: Client) -> None:
        site = SiteFactory.create(address="7 Quiet Row", postcode="E1 6AN")
        session = SessionFactory.create(opportunity=workshop(site=site, in_private_home=True, kind="visit"))
        response = client.get(f"/sessions/{session.pk}/calendar.ics")
        if response.status_code == 200:
            assert b"Quiet Row" not in response.content

    @pytest.mark.parametrize(("place", "said"), [("your_school", "At your school"), ("online", "Online")])
    def test_where_nobody_travels_it_says_so(self, client: Client, place: str, said: str) -> None:
        session = SessionFactory.create(opportunity=workshop(place=place))
        [entry] = read(client.get(f"/sessions/{session.pk}/calendar.ics"))
        assert str(entry["LOCATION"]) == said

    def test_a_change_is_known_as_one_of_the_same_entry(self, client: Client) -> None:
        session = SessionFactory.create(opportunity=workshop())
        address = f"/sessions/{session.pk}/calendar.ics"
        [before] = read(client.get(address))
        assert client.get(address).content == client.get(address).content
        moved = session.starts + timedelta(days=1)
        edit_session(session, {"starts": moved, "ends": moved + timedelta(hours=2)}, OfficerFactory.create())
        [after] = read(client.get(address))
        assert after["UID"] == before["UID"]
        assert after["SEQUENCE"] > before["SEQUENCE"]
        assert after["LAST-MODIFIED"].dt > before["LAST-MODIFIED"].dt
        assert after["DTSTART"].dt == moved.astimezone(UTC)
        set_places(session, capacity=30, taken=7)
        assert read(client.get(address)) == [after]
        publish(session.opportunity)
        assert read(client.get(address))[0]["SEQUENCE"] >= after["SEQUENCE"]

    def test_saving_it_counts_by_the_search_that_led_there(self, client: Client) -> None:
        session = SessionFactory.create(opportunity=workshop())
        opportunity, token = session.opportunity, found(2)
        page = Page(client.get(opportunity.get_absolute_url(), {"s": token.sign()}))
        [address] = [each for words, each in page.links.items() if words.startswith("Save to calendar (")]
        assert address == f"/sessions/{session.pk}/calendar.ics?s={token.sign()}"
        response = visit(client, address.partition("?")[0], token)
        assert response["Content-Disposition"] == 'attachment; filename="set-ink-pull.ics"'
        assert "no-store" in response["Cache-Control"]
        assert [each for each in events() if each["name"] == "calendar_saved"] == [
            {
                "name": "calendar_saved", "surface": "site", "search": token.search, "rank": 2,
                "opportunity": opportunity.pk, "partner": opportunity.offered_by_id,
            }
        ]  # fmt: skip

    def test_what_is_over_or_not_public_is_not_there(self, client: Client) -> None:
        over = SessionFactory.create(opportunity=workshop(), in_days=-1)
        draft = SessionFactory.create(opportunity=workshop(live=False))
        hidden = SessionFactory.create(opportunity=workshop(offered_by__live=False))
        for session in (over, draft, hidden):
            assert client.get(f"/sessions/{session.pk}/calendar.ics").status_code == 404
            assert client.get(f"/opportunities/{session.opportunity_id}/calendar.ics").status_code == 404
        for number in ("0", "9" * 40, "-1", "x"):
            assert client.get(f"/sessions/{number}/calendar.ics").status_code == 404
        assert events() == []


def test_all_dates_of_an_opportunity_are_saved_together(client: Client) -> None:
    opportunity = workshop()
    for in_days in (20, 10, -10):
        SessionFactory.create(opportunity=opportunity, in_days=in_days)
    SessionFactory.create(opportunity=workshop(title="Another"))
    page = Page(client.get(opportunity.get_absolute_url()))
    response = visit(client, page.links["Save all dates to your calendar"])
    starts = [each["DTSTART"].dt for each in read(response)]
    assert starts == sorted(starts)
    assert len(starts) == 2
    assert [each["name"] for each in events()][-1] == "calendar_saved"


def test_the_calendar_of_a_partner_follows_all_that_it_offers_or_hosts_and_does_not_count(client: Client) -> None:
    partner = PartnerFactory.create(name="Tallowgate")
    SessionFactory.create(opportunity=workshop(title="Own", offered_by=partner), in_days=20)
    SessionFactory.create(opportunity=workshop(title="Hosted", hosted_by=partner), in_days=10)
    SessionFactory.create(opportunity=workshop(title="Draft", offered_by=partner, live=False))
    SessionFactory.create(opportunity=workshop(title="Another’s"))
    address = Page(client.get(partner.get_absolute_url())).links["Follow their dates in your calendar"]
    Event.objects.all().delete()
    response = visit(client, address)
    assert titles(response) == ["Hosted", "Own"]
    assert whole(response)["X-WR-CALNAME"] == "Find Fusion: Tallowgate"
    assert events() == []
    assert client.get(f"/partners/{PartnerFactory.create(live=False).pk}/calendar.ics").status_code == 404


class TestSearch:
    @pytest.fixture(autouse=True)
    def _world(self, index: Build) -> None:
        talk = workshop(title="Clay talk", kind="talk", audiences=["ks3"], postcode="E1 6AN")
        SessionFactory.create(opportunity=talk, in_days=20)
        SessionFactory.create(opportunity=talk, in_days=5, capacity=30, taken=30)
        SessionFactory.create(opportunity=talk, in_days=-5)
        SessionFactory.create(opportunity=workshop(title="Clay visit"), in_days=10)
        OpportunityFactory.create(title="Clay on request")
        index()

    def test_it_holds_the_coming_sessions_of_what_is_found_the_soonest_first(self, client: Client) -> None:
        response = visit(client, "/search/calendar.ics?q=clay&sort=newest&page=3")
        assert titles(response) == ["Clay talk", "Clay visit", "Clay talk"]
        assert titles(client.get("/search/calendar.ics?q=clay&kind=visit")) == ["Clay visit"]
        assert titles(client.get("/search/calendar.ics?q=xylophone")) == []
        assert len(titles(client.get("/search/calendar.ics"))) == 3
        assert events() == []

    def test_dates_and_open_places_hold_for_the_session_itself(self, client: Client) -> None:
        day = timezone.localdate() + timedelta(days=8)
        assert titles(client.get("/search/calendar.ics", {"from": day.isoformat()})) == ["Clay visit", "Clay talk"]
        assert titles(client.get("/search/calendar.ics", {"to": day.isoformat()})) == ["Clay talk"]
        assert titles(client.get("/search/calendar.ics?open=1&kind=talk")) == ["Clay talk"]

    def test_its_name_says_what_is_searched_for(self, client: Client) -> None:
        response = client.get("/search/calendar.ics?q=clay%0Aink&kind=talk&near=E1&open=1&s=x&junk=y&page=4")
        made = whole(response)
        assert (
            str(made["NAME"]).replace("\\", "") == "Find Fusion: clay ink, Careers talk or event, near E1, open places"
        )
        assert made["REFRESH-INTERVAL"].dt == timedelta(hours=12)
        assert str(made["URL"]) == "https://find.example/search/?q=clay%0Aink&near=E1&open=1&kind=talk"

    def test_a_full_postcode_is_cut_to_its_first_half(self, client: Client) -> None:
        response = client.get("/search/calendar.ics?near=E1+6AN&kind=talk")
        assert (response.status_code, response["Location"]) == (302, "/search/calendar.ics?near=E1&kind=talk")

    def test_programs_that_ask_often_get_what_is_kept(self, client: Client) -> None:
        response = client.get("/search/calendar.ics?q=clay")
        assert {"public", "max-age=3600"} <= set(response["Cache-Control"].split(", "))
        again = client.get("/search/calendar.ics?q=clay", headers={"If-None-Match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == response["ETag"]

    def test_the_number_of_queries_does_not_grow(
        self, client: Client, index: Build, django_assert_num_queries: Any
    ) -> None:
        client.get("/search/calendar.ics")  # what is kept between pages is read first
        with django_assert_num_queries(2):
            client.get("/search/calendar.ics")
        for n in range(30):
            SessionFactory.create(opportunity=workshop(postcode="E1 6AN", audiences=["ks3"]), in_days=n + 1)
        index()
        client.get("/search/calendar.ics")
        with django_assert_num_queries(2):
            assert len(titles(client.get("/search/calendar.ics"))) == 33

    def test_without_search_a_program_is_asked_to_come_back(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object, **__: object) -> None:
            raise SearchUnavailableError("No index.")

        monkeypatch.setattr("feeds.selectors.search", broken)
        response = client.get("/search/calendar.ics")
        assert response.status_code == 503
        assert response["Retry-After"]


def test_long_ago_changes_have_a_number_too(client: Client) -> None:
    session = SessionFactory.create(opportunity=workshop(last_published_at=datetime(2019, 5, 1, tzinfo=UTC)))
    [entry] = read(client.get(f"/sessions/{session.pk}/calendar.ics"))
    assert entry["SEQUENCE"] == 0
