"""Many dates by a rule: shown first, then made; what is left out, and what is refused."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from figures.academic_years import AcademicYear
from opportunities.models import Session
from opportunities.services import save_draft
from tests.directory.reading import Page
from tests.factories import (
    SchoolFactory,
    SessionFactory,
    TermPeriodFactory,
)
from tests.portal.dates import Keeper, days_of, monday, rule

pytestmark = pytest.mark.django_db


def shown(keeper: Keeper, **fields: Any) -> Page:
    return Page(keeper.client.get(keeper.address, rule(**fields)))


def ticked(page: Page) -> list[str]:
    """The days whose boxes are ticked, as they would be sent."""
    marked = [part for part in page.html.split("<input") if 'name="date"' in part and " checked" in part.split(">")[0]]
    return [part.split('value="')[1].split('"')[0] for part in marked]


class TestAddingMany:
    def test_the_first_send_shows_and_makes_nothing(self, keeper: Keeper) -> None:
        page = shown(keeper)
        assert "Four dates, 120 places" in page.text
        assert ticked(page) == days_of(monday(), 0, 2, 7, 9)
        assert not Session.objects.exists()

    def test_the_second_makes_those_that_are_ticked(self, keeper: Keeper) -> None:
        response = keeper.add(days_of(monday(), 0, 9))
        assert response.status_code == 302
        assert str(response["Location"]).endswith("/dates/#said"), "not below what the page answers"
        first, second = Session.objects.all()
        assert timezone.localtime(first.starts).date() == monday()
        assert (timezone.localtime(first.starts).hour, timezone.localtime(first.ends).hour) == (10, 12)
        assert (second.capacity, second.taken, second.label) == (30, 0, "")
        assert "Two dates added. They are public now." in Page(keeper.client.get(response["Location"])).text
        entry = ModelLogEntry.objects.get(action="opportunities.add_sessions")
        assert (entry.user, entry.data["sessions"]) == (keeper.user, [first.pk, second.pk])

    def test_what_is_left_out_says_why_and_can_be_put_back(self, keeper: Keeper) -> None:
        year = AcademicYear.of(monday())
        TermPeriodFactory.create(academic_year=year.start_year, starts=year.starts, ends=monday())
        SessionFactory.create(opportunity=keeper.opportunity, starts=timezone.now() + timedelta(days=400))
        page = shown(keeper, skip=["school", "taken"])
        assert ticked(page) == days_of(monday(), 0)
        assert page.text.count("school holiday") >= 2
        assert keeper.add(days_of(monday(), 0, 2), skip=["school"]).status_code == 302
        assert Session.objects.filter(starts__lt=timezone.now() + timedelta(days=300)).count() == 2

    def test_holidays_of_a_borough_or_of_a_school(self, keeper: Keeper) -> None:
        year = AcademicYear.of(monday())
        school = SchoolFactory.create(name="Northgate School")
        for owner in ({"borough": school.outward_code.borough}, {"school": school}, {}):
            ends = monday() + timedelta(days=2 if "school" in owner else 7 if "borough" in owner else 60)
            TermPeriodFactory.create(
                academic_year=year.start_year, name=f"Term {len(owner)}", starts=year.starts, ends=ends, **owner
            )
        assert "Northgate School" in Page(keeper.client.get(keeper.address, {"add": "rule"})).text
        skip = ["school"]
        of_borough = f"borough-{school.outward_code.borough_id}"
        assert len(ticked(shown(keeper, skip=skip))) == 4
        assert len(ticked(shown(keeper, skip=skip, terms=of_borough))) == 3
        assert len(ticked(shown(keeper, skip=skip, terms=f"school-{school.urn}"))) == 2

    def test_years_whose_terms_are_not_known_are_named(self, keeper: Keeper) -> None:
        text = shown(keeper, skip=["school"]).text
        assert f"The term dates of {AcademicYear.of(monday())} are not known yet" in text
        assert "are not known yet" not in shown(keeper, skip=["bank"]).text

    def test_a_draft_gets_dates_too_and_says_when_they_show(self, client: Client) -> None:
        keeper = Keeper(client, live=False)
        assert "as soon as the opportunity itself is public" in shown(keeper).text
        assert "They are public now" not in Page(keeper.client.get(keeper.add(days_of(monday(), 0))["Location"])).text
        assert Session.objects.count() == 1

    def test_from_the_dates_of_a_draft_one_goes_on_to_send_it_and_of_a_live_one_there_is_nothing_to_send(
        self, client: Client
    ) -> None:
        for live in (False, True):
            keeper = Keeper(client, live=live)
            links = Page(client.get(keeper.address)).links
            assert (links.get("Go on: read once and send") == keeper.address.removesuffix("dates/")) is not live

    def test_dates_outlive_the_drafts_of_their_opportunity(self, keeper: Keeper) -> None:
        save_draft(keeper.opportunity, keeper.user)
        keeper.add(days_of(monday(), 0))
        save_draft(keeper.opportunity.get_latest_revision_as_object(), keeper.user).publish()
        assert Session.objects.count() == 1

    def test_any_number_several_days_and_a_name(self, keeper: Keeper) -> None:
        keeper.add(days_of(monday(), 0), places="", running="5", label=" Week\u00a0A ", end="09:30", on=["0"])
        session = Session.objects.get()
        assert (session.capacity, session.label) == (None, "Week A")
        assert timezone.localtime(session.ends).date() == monday() + timedelta(days=4)

    @pytest.mark.parametrize("times", [("10am", "2.30pm"), ("10.00", "14.30"), ("10 am", "2:30 PM")])
    def test_times_as_people_type_them(self, keeper: Keeper, times: tuple[str, str]) -> None:
        keeper.add(days_of(monday(), 0), start=times[0], end=times[1])
        session = Session.objects.get()
        assert f"{timezone.localtime(session.starts):%H:%M}-{timezone.localtime(session.ends):%H:%M}" == "10:00-14:30"


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"on": []}, "Tick at least one day of the week."),
            ({"on": ["9"]}, "Tick days from Monday to Sunday."),
            ({"every": "daily"}, "Choose how often."),
            ({"every": "once"}, "Choose how often."),
            ({"first": ""}, "Type the first date."),
            ({"first": "32/1/2027"}, "Type the date like"),
            ({"first": "2021-01-04"}, "This day is past."),
            ({"last": ""}, "Type the last date."),
            ({"last": (monday() - timedelta(days=1)).isoformat()}, "It lies before the first date."),
            ({"last": (monday() + timedelta(days=800)).isoformat()}, "within two years of the first"),
            ({"last": monday().isoformat(), "on": ["4"]}, "No such day lies between"),
            ({"on": list("0123456"), "last": (monday() + timedelta(days=300)).isoformat()}, "more than 200 dates"),
            ({"start": ""}, "Type when it starts."),
            ({"end": ""}, "Type when it ends."),
            ({"end": "10:00"}, "It ends before it starts."),
            ({"start": "25:00"}, "Type the time like"),
            ({"places": "0"}, "Type 1 or more"),
            ({"places": "many"}, "Type a whole number"),
            ({"places": "1000000"}, "or fewer"),
            ({"running": "0"}, "from 1 to 31"),
            ({"label": "x" * 61}, "Shorten this"),
            ({"skip": ["rain"]}, "Tick what to leave out."),
            ({"terms": "school-1"}, "Choose whose school holidays"),
        ],
    )
    def test_a_rule_that_makes_no_sense_is_said_and_kept(
        self, keeper: Keeper, fields: dict[str, Any], message: str
    ) -> None:
        for page in (shown(keeper, **fields), Page(keeper.add(days_of(monday(), 0), **fields))):
            assert page.status == 200
            assert message in page.text
            assert "There is a problem" in page.text
            assert "Add the ticked dates" not in page.text
        assert not Session.objects.exists()

    def test_no_date_ticked(self, keeper: Keeper) -> None:
        page = Page(keeper.add([]))
        assert "Tick at least one date." in page.text
        assert "Add the ticked dates" in page.text

    @pytest.mark.parametrize("days", [["2031-01-01"], ["never"], days_of(monday(), 0, 1)])
    def test_days_that_the_rule_does_not_make_add_nothing(self, keeper: Keeper, days: list[str]) -> None:
        page = Page(keeper.add(days))
        assert page.status == 200
        assert "There is a problem" in page.text
        assert not Session.objects.exists()

    def test_sent_twice_it_is_made_once(self, keeper: Keeper) -> None:
        days = days_of(monday(), 0, 2)
        assert keeper.add(days).status_code == 302
        again = Page(keeper.add(days))
        assert "cannot be added any more" in again.text
        assert "there already" in again.text
        assert Session.objects.count() == 2


def test_a_rule_across_the_end_of_summer_time_keeps_the_hour(client: Client) -> None:
    keeper = Keeper(client)
    year = date.today().year + 1  # noqa: DTZ011  any year to come does
    first = date(year, 10, 18)
    days = [first + timedelta(days=7 * n) for n in range(3)]
    keeper.add(
        [day.isoformat() for day in days], on=[str(first.weekday())], first=first.isoformat(), last=days[-1].isoformat()
    )
    starts = [timezone.localtime(session.starts) for session in Session.objects.all()]
    assert [each.hour for each in starts] == [10, 10, 10]
    assert len({each.utcoffset() for each in starts}) == 2
