"""Dates in the portal: many by a rule, shown first, then made; one changed; one cancelled with words; one removed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from figures.academic_years import AcademicYear
from opportunities.models import Session
from opportunities.services import cancel_session, save_draft
from tests.directory.reading import Page
from tests.factories import (
    OfficerFactory,
    OpportunityFactory,
    PartnerMemberFactory,
    SchoolFactory,
    SessionFactory,
    TermPeriodFactory,
    UserFactory,
)
from tests.people import sign_in
from tests.portal.dates import Keeper, days_of, monday, rule

pytestmark = pytest.mark.django_db

WORDS = "The press is broken."


@pytest.fixture
def keeper(client: Client) -> Keeper:
    return Keeper(client, title="Set, ink, pull")


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
        assert "Northgate School" in Page(keeper.client.get(keeper.address)).text
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


class TestTheList:
    def test_dates_by_what_they_are(self, keeper: Keeper) -> None:
        coming = SessionFactory.create(opportunity=keeper.opportunity, capacity=30, taken=21, waiting=2)
        SessionFactory.create(opportunity=keeper.opportunity, in_days=20, capacity=12, taken=12)
        SessionFactory.create(opportunity=keeper.opportunity, in_days=-20)
        gone = SessionFactory.create(opportunity=keeper.opportunity, in_days=30)
        cancel_session(gone, WORDS)
        page = Page(keeper.client.get(keeper.address))
        assert "Coming 3" in page.text
        assert "Past 1" in page.text
        assert "Cancelled 1" in page.text
        assert "21 of 30" in page.text
        assert "Full, 12 of 12" in page.text
        assert f"{keeper.address}{coming.pk}/cancel/" in page.links.values()
        assert f"{keeper.address}{gone.pk}/cancel/" not in page.links.values()
        past = Page(keeper.client.get(keeper.address, {"which": "past"}))
        assert not any("/cancel/" in address for address in past.links.values())
        assert "No date" not in Page(keeper.client.get(keeper.address, {"which": "cancelled"})).text
        assert Page(keeper.client.get(keeper.address, {"which": "'", "page": "x"})).status == 200

    def test_a_long_list_has_pages_and_a_fixed_number_of_questions(
        self, keeper: Keeper, django_assert_max_num_queries: Any
    ) -> None:
        for n in range(61):
            SessionFactory.create(opportunity=keeper.opportunity, in_days=10 + n)
        with django_assert_max_num_queries(30):
            page = Page(keeper.client.get(keeper.address))
        assert "Coming 61" in page.text
        assert page.html.count("/cancel/") == 60
        assert Page(keeper.client.get(keeper.address, {"page": "2"})).html.count("/cancel/") == 1


class TestOneDate:
    def session(self, keeper: Keeper, **fields: Any) -> tuple[Session, str]:
        session = SessionFactory.create(opportunity=keeper.opportunity, **fields)
        return session, f"{keeper.address}{session.pk}/"

    def sent(self, **fields: Any) -> dict[str, Any]:
        day = monday().isoformat()
        return {"day": day, "last_day": "", "start": "13:00", "end": "15:30", "places": "20", "label": "", **fields}

    def test_it_is_changed_at_once_and_stands_in_the_history(self, keeper: Keeper) -> None:
        session, address = self.session(keeper, taken=12)
        assert keeper.client.post(address, self.sent()).status_code == 302
        session.refresh_from_db()
        assert timezone.localtime(session.starts).date() == monday()
        assert (timezone.localtime(session.ends).hour, session.capacity, session.taken) == (15, 20, 12)
        entry = ModelLogEntry.objects.get(action="opportunities.edit_session")
        assert (entry.user, entry.data["changed"]) == (keeper.user, ["capacity", "ends", "starts"])

    def test_the_form_shows_what_is_there(self, keeper: Keeper) -> None:
        session, address = self.session(keeper, label="Relaxed session")
        html = keeper.client.get(address).content.decode()
        starts = timezone.localtime(session.starts)
        for value in (starts.date().isoformat(), "10:00", "12:00", "30", "Relaxed session"):
            assert f'value="{value}"' in html

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"places": "11"}, "12 places are taken already. Type 12 or more."),
            ({"places": "-3"}, "Type 1 or more"),
            ({"day": ""}, "Type the day."),
            ({"end": "12:59"}, "It ends before it starts."),
            ({"last_day": "2021-01-01"}, "It lies before the first day."),
            ({"last_day": "2090-01-01"}, "within a year of the first"),
            ({"day": "2027-03-28", "start": "01:30"}, "The clocks skip this time"),
        ],
    )
    def test_what_makes_no_sense_is_said_and_kept(self, keeper: Keeper, fields: dict[str, Any], message: str) -> None:
        session, address = self.session(keeper, taken=12)
        page = Page(keeper.client.post(address, self.sent(**fields)))
        assert message in page.text
        assert 'value="13:00"' in page.html or "start" in fields
        assert Session.objects.get().starts == session.starts

    def test_another_one_stands_there_already(self, keeper: Keeper) -> None:
        _, address = self.session(keeper)
        other, _ = self.session(keeper, in_days=30)
        sent = self.sent(day=timezone.localdate(other.starts).isoformat(), start="10:00", end="12:00")
        assert "There is a date already that starts then." in Page(keeper.client.post(address, sent)).text

    def test_a_past_one_is_only_read(self, keeper: Keeper) -> None:
        session, address = self.session(keeper, in_days=-3)
        assert "is past" in Page(keeper.client.post(address, self.sent())).text
        assert Session.objects.get().starts == session.starts


class TestCancelling:
    def test_it_asks_for_words_and_cancels_with_them(self, keeper: Keeper) -> None:
        session = SessionFactory.create(opportunity=keeper.opportunity, taken=30)
        address = f"{keeper.address}{session.pk}/cancel/"
        page = Page(keeper.client.get(address))
        assert "This cannot be undone" in page.text
        assert "30 places are taken." in page.text
        assert "Remove this date" not in page.text
        assert not Session.objects.get().is_cancelled
        response = keeper.client.post(address, {"because": WORDS})
        assert response.status_code == 302
        assert Session.objects.get().cancelled_because == WORDS
        assert "is cancelled" in Page(keeper.client.get(response["Location"])).text
        assert WORDS in Page(keeper.client.get(f"{keeper.address}{session.pk}/")).text
        assert keeper.client.post(address, {"because": "Other words."}).status_code == 302
        assert Session.objects.get().cancelled_because == WORDS

    @pytest.mark.parametrize(("words", "message"), [(" ", "Say in a sentence"), ("x" * 401, "Shorten this")])
    def test_not_without_words_nor_with_too_many(self, keeper: Keeper, words: str, message: str) -> None:
        session = SessionFactory.create(opportunity=keeper.opportunity)
        page = Page(keeper.client.post(f"{keeper.address}{session.pk}/cancel/", {"because": words}))
        assert message in page.text
        assert not Session.objects.get().is_cancelled

    def test_one_in_which_nobody_has_a_place_may_be_removed_instead(self, keeper: Keeper) -> None:
        free = SessionFactory.create(opportunity=keeper.opportunity)
        taken = SessionFactory.create(opportunity=keeper.opportunity, in_days=20, taken=1)
        assert "Remove this date" in Page(keeper.client.get(f"{keeper.address}{free.pk}/cancel/")).text
        assert keeper.client.get(f"{keeper.address}{free.pk}/remove/").status_code == 405
        refused = keeper.client.post(f"{keeper.address}{taken.pk}/remove/", follow=True)
        assert "Places are taken in this session." in Page(refused).text
        keeper.client.post(f"{keeper.address}{free.pk}/remove/")
        assert list(Session.objects.all()) == [taken]


class TestWhoMay:
    """Only those who act for the partner that offers it; for others there is no such page, and nothing changes."""

    def addresses(self, keeper: Keeper, session: Session) -> list[str]:
        return [keeper.address, *(f"{keeper.address}{session.pk}/{step}" for step in ("", "cancel/", "remove/"))]

    def test_another_partner_s_dates_are_not_there(self, keeper: Keeper, client: Client) -> None:
        session = SessionFactory.create(opportunity=keeper.opportunity)
        before = Session.objects.values().get()
        stranger = PartnerMemberFactory.create()
        for user in (stranger, UserFactory.create()):
            sign_in(client, user)
            for address in self.addresses(keeper, session):
                assert (
                    client.post(address, {**rule(), "date": days_of(monday(), 0), "because": WORDS}).status_code == 404
                )
        assert Session.objects.values().get() == before

    def test_not_by_the_address_of_an_own_partner_or_opportunity_either(self, keeper: Keeper) -> None:
        foreign = SessionFactory.create()
        own = OpportunityFactory.create(offered_by=keeper.partner)
        base = f"/portal/{keeper.partner.pk}/opportunities"
        for address in (
            f"{base}/{foreign.opportunity_id}/dates/",
            f"{base}/{foreign.opportunity_id}/dates/{foreign.pk}/cancel/",
            f"{base}/{own.pk}/dates/{foreign.pk}/",
            f"{base}/{own.pk}/dates/{foreign.pk}/cancel/",
        ):
            assert keeper.client.post(address, {**rule(), "because": WORDS}).status_code == 404
            assert keeper.client.get(address).status_code == 404
        assert not Session.objects.get().is_cancelled

    def test_the_host_does_not_keep_the_dates_of_whoever_offers(self, keeper: Keeper, client: Client) -> None:
        hosted = OpportunityFactory.create(hosted_by=keeper.partner)
        address = f"/portal/{keeper.partner.pk}/opportunities/{hosted.pk}/dates/"
        assert client.get(address).status_code == 404


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


def test_officers_read_afterwards_what_was_changed_without_a_check(keeper: Keeper, client: Client) -> None:
    keeper.add(days_of(monday(), 0, 2))
    first, second = Session.objects.all()
    day = monday().isoformat()
    client.post(f"{keeper.address}{first.pk}/", {"day": day, "start": "10:00", "end": "12:00", "places": "12"})
    client.post(f"{keeper.address}{second.pk}/cancel/", {"because": WORDS})
    sign_in(client, OfficerFactory.create())
    text = Page(client.get("/review/changes/")).text
    assert "Added several sessions, two dates in all, the first: " in text
    assert ", 10am, 12 places" in text
    assert "Cancelled a session: " in text
