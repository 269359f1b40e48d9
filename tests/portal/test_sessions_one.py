"""One date is added by its day, times and places, without a rule; what is wrong is said by its field."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from opportunities.models import Session
from opportunities.services import cancel_session
from tests.directory.reading import Page
from tests.factories import OpportunityFactory, TermPeriodFactory
from tests.portal.dates import Keeper, monday

pytestmark = pytest.mark.django_db


def typed(**fields: Any) -> dict[str, Any]:
    """What a browser sends of a Monday, 10am to 2.30pm, 30 places."""
    return {
        "add": "one",
        "day": monday().isoformat(),
        "start": "10:00",
        "end": "14:30",
        "places": "30",
        "last_day": "",
        "label": "",
        **fields,
    }


def add(keeper: Keeper, **fields: Any) -> Page:
    return Page(keeper.client.post(keeper.address, typed(**fields), follow=True))


class TestChoosing:
    """One date comes first; the rule is one link away."""

    def test_the_page_opens_with_one_date(self, keeper: Keeper) -> None:
        page = Page(keeper.client.get(keeper.address))
        assert "Add this date" in page.text
        assert "Show the dates" not in page.text
        assert page.links["Several dates by a rule"] == "?add=rule#add"

    def test_the_rule_is_behind_its_link_and_stays_while_it_is_shown(self, keeper: Keeper) -> None:
        page = Page(keeper.client.get(keeper.address, {"add": "rule"}))
        assert "Show the dates" in page.text
        assert "Add this date" not in page.text
        assert page.links["One date"] == "?add=one#add"

    @pytest.mark.parametrize("query", [{"add": "x"}, {"add": ""}, {"which": "past"}])
    def test_an_odd_address_opens_with_one_date(self, keeper: Keeper, query: dict[str, str]) -> None:
        page = Page(keeper.client.get(keeper.address, query))
        assert page.status == 200
        assert "Add this date" in page.text


class TestAdding:
    def test_it_is_made_and_said(self, keeper: Keeper) -> None:
        response = keeper.client.post(keeper.address, typed(label="Relaxed session"))
        assert response.status_code == 302
        assert str(response["Location"]).endswith("/dates/#said")
        page = Page(keeper.client.get(response["Location"]))
        assert "is added. It is public now." in page.text
        made = Session.objects.get()
        starts, ends = timezone.localtime(made.starts), timezone.localtime(made.ends)
        assert (starts.date(), f"{starts:%H:%M}", f"{ends:%H:%M}") == (monday(), "10:00", "14:30")
        assert (made.opportunity, made.capacity, made.taken, made.label) == (
            keeper.opportunity,
            30,
            0,
            "Relaxed session",
        )
        assert ModelLogEntry.objects.get(action="opportunities.add_session").user == keeper.user

    def test_of_a_draft_it_does_not_say_that_it_is_public(self, client: Client) -> None:
        page = add(Keeper(client, live=False))
        assert "is added." in page.text
        assert "public now" not in page.text

    def test_any_number_may_come_and_it_may_take_several_days(self, keeper: Keeper) -> None:
        add(keeper, places="", last_day=(monday() + timedelta(days=4)).isoformat(), start="10am", end="9.30am")
        made = Session.objects.get()
        assert made.capacity is None
        assert timezone.localtime(made.ends).date() == monday() + timedelta(days=4)

    def test_a_day_in_the_holidays_is_added_and_said(self, client: Client) -> None:
        for name, starts, ends in (
            ("Spring, first half", date(2027, 1, 4), date(2027, 2, 12)),
            ("Spring, second half", date(2027, 2, 22), date(2027, 3, 25)),
        ):
            TermPeriodFactory.create(academic_year=2026, name=name, starts=starts, ends=ends)
        with time_machine.travel(datetime(2027, 2, 1, 12, tzinfo=UTC), tick=False):
            keeper = Keeper(client)
            assert "Mind the day: half-term." in add(keeper, day="2027-02-16").text
            assert "Mind the day" not in add(keeper, day="2027-02-23").text
        assert Session.objects.count() == 2

    def test_a_bank_holiday_is_named(self, client: Client) -> None:
        christmas = date(timezone.localdate().year + 1, 12, 25)
        assert "Mind the day: Christmas Day." in add(Keeper(client), day=christmas.isoformat()).text

    def test_it_can_be_today_if_it_has_not_begun(self, client: Client) -> None:
        with time_machine.travel(datetime(2027, 2, 2, 12, tzinfo=UTC), tick=False):
            keeper = Keeper(client)
            page = add(keeper, day="2027-02-02", start="11:00")
            assert "This time is past." in page.text
            assert not Session.objects.exists()
            add(keeper, day="2027-02-02", start="13:00")
            assert Session.objects.count() == 1


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("fields", "field", "message"),
        [
            ({"day": ""}, "day", "Type the day."),
            ({"day": "32/1/2027"}, "day", "Type the date like"),
            ({"day": "2021-01-04"}, "day", "This day is past."),
            ({"day": "9999-12-31"}, "day", ""),
            ({"start": ""}, "start", "Type when it starts."),
            ({"start": "25:00"}, "start", "Type the time like"),
            ({"end": ""}, "end", "Type when it ends."),
            ({"end": "10:00"}, "end", "It ends before it starts."),
            ({"places": "0"}, "places", "Type 1 or more"),
            ({"places": "many"}, "places", "Type a whole number"),
            ({"places": "1000000"}, "places", "or fewer"),
            ({"places": "1\x00"}, "places", "Type a whole number"),
            ({"last_day": "2021-01-04"}, "last_day", "It lies before the first day."),
            ({"last_day": "2099-01-04"}, "last_day", "within a year of the first"),
            ({"label": "x" * 61}, "label", "Shorten this"),
        ],
    )
    def test_what_makes_no_sense_is_said_by_its_field_and_what_was_typed_stays(
        self, keeper: Keeper, fields: dict[str, Any], field: str, message: str
    ) -> None:
        page = add(keeper, **fields)
        assert page.status == 200
        if message:
            assert f'href="#{field}"' in page.html
            assert f'id="{field}-error"' in page.html
            assert message in page.text
            assert not Session.objects.exists()
        if field != "start" and message:
            assert 'value="10:00"' in page.html

    def test_nothing_sent_says_what_is_needed(self, keeper: Keeper) -> None:
        page = Page(keeper.client.post(keeper.address, {"add": "one"}))
        assert [words in page.text for words in ("Type the day.", "Type when it starts.", "Type when it ends.")] == [
            True, True, True,
        ]  # fmt: skip

    def test_sent_twice_it_is_there_once_and_a_cancelled_one_stays_cancelled(self, keeper: Keeper) -> None:
        add(keeper)
        page = add(keeper)
        assert "There is a date already that starts then." in page.text
        assert 'id="start-error"' in page.html
        cancel_session(Session.objects.get(), "The press is broken.")
        assert "There is a date already that starts then." in add(keeper).text
        assert "is added" in add(keeper, label="Relaxed").text
        assert Session.objects.count() == 2

    def test_a_time_that_the_clocks_skip(self, client: Client) -> None:
        with time_machine.travel(datetime(2027, 3, 1, 12, tzinfo=UTC), tick=False):
            page = add(Keeper(client), day="2027-03-28", start="01:30", end="04:00")
        assert "The clocks skip this time on that day." in page.text
        assert not Session.objects.exists()

    def test_another_partner_s_opportunity_is_not_there(self, keeper: Keeper) -> None:
        other = OpportunityFactory.create()
        for partner in (keeper.partner, other.offered_by):
            address = f"/portal/{partner.pk}/opportunities/{other.pk}/dates/"
            assert keeper.client.post(address, typed()).status_code == 404
        assert not Session.objects.exists()
