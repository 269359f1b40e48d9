"""How dates, money, places and years are said."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory import words

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 11, 24)
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001  hypothesis adds the zone


def at(year: int, month: int, day: int, hour: int = 10, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


class TestWhen:
    def test_a_session_of_one_day(self) -> None:
        assert words.when_words(at(2026, 12, 8), at(2026, 12, 8, 14, 30), TODAY) == "Tue 8 December, 10am to 2.30pm"

    def test_a_placement_of_a_week(self) -> None:
        starts, ends = at(2027, 2, 15, 9, 30), at(2027, 2, 19, 16)
        assert words.when_words(starts, ends, TODAY) == "15 to 19 February, 9.30am to 4pm"

    def test_two_weeks_are_still_a_block(self) -> None:
        assert words.date_words(at(2027, 2, 15), at(2027, 2, 26), TODAY) == "15 to 26 February"

    def test_a_course_of_many_weeks_is_said_by_its_beginning(self) -> None:
        starts, ends = at(2027, 1, 12, 18), at(2027, 3, 16, 20, 30)
        assert words.when_words(starts, ends, TODAY) == "From Tue 12 January, 6pm to 8.30pm"

    @pytest.mark.parametrize(
        ("first", "last", "said"),
        [
            (at(2027, 2, 26), at(2027, 3, 2), "26 February to 2 March"),
            (at(2026, 12, 29), at(2027, 1, 4), "29 December to 4 January"),
            (at(2027, 12, 29), at(2028, 1, 4), "29 December 2027 to 4 January 2028"),
            (at(2027, 11, 22), at(2027, 11, 26), "22 to 26 November 2027"),
        ],
    )
    def test_several_days_say_month_and_year_once(self, first: datetime, last: datetime, said: str) -> None:
        assert words.date_words(first, last, TODAY) == said

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            (date(2026, 11, 24), "Tue 24 November"),
            (date(2027, 10, 23), "Sat 23 October"),
            (date(2027, 10, 24), "Sun 24 October 2027"),
            (date(2026, 11, 23), "Mon 23 November 2026"),
        ],
    )
    def test_the_year_stands_where_it_is_not_plain(self, day: date, said: str) -> None:
        assert words.day_words(day, TODAY) == said

    @given(day=DAYS, today=DAYS)
    def test_without_a_year_a_day_is_never_in_doubt(self, day: date, today: date) -> None:
        """A day said without its year is the first one of that name from today on."""
        if str(day.year) not in words.day_words(day, today):
            assert today <= day < today + timedelta(days=366)

    def test_times_are_said_as_in_london(self) -> None:
        starts = datetime(2027, 6, 1, 9, 0, tzinfo=UTC)
        assert words.time_words(starts, starts + timedelta(hours=2)) == "10am to 12pm"

    def test_a_naive_time_is_refused(self) -> None:
        with pytest.raises(ValueError, match="time zone"):
            words.time_words(datetime(2027, 6, 1, 9, 0), None)  # noqa: DTZ001  the point of the test

    @pytest.mark.parametrize(
        ("clock", "said"),
        [
            (time(0, 0), "midnight"),
            (time(0, 5), "12.05am"),
            (time(9, 0), "9am"),
            (time(12, 0), "12pm"),
            (time(13, 15), "1.15pm"),
            (time(23, 59), "11.59pm"),
        ],
    )
    def test_clock(self, clock: time, said: str) -> None:
        assert words.clock_words(clock) == said

    @given(st.times())
    def test_a_clock_never_says_an_hour_that_is_not_on_it(self, clock: time) -> None:
        said = words.clock_words(clock)
        if said != "midnight":
            assert 1 <= int(said.removesuffix("am").removesuffix("pm").split(".")[0]) <= 12

    @given(starts=MOMENTS, length=st.timedeltas(timedelta(0), timedelta(days=400)), today=DAYS)
    def test_any_session_can_be_said(self, starts: datetime, length: timedelta, today: date) -> None:
        said = words.when_words(starts, starts + length, today)
        assert said
        assert "  " not in said

    def test_several_sessions_in_a_line(self) -> None:
        sessions = [(at(2026, 12, day), at(2026, 12, day, 14, 30)) for day in (8, 10)] + [
            (at(2027, 1, 15), at(2027, 1, 15, 14, 30))
        ]
        assert words.dates_words(sessions, TODAY) == ("Three dates to 15 January", "10am to 2.30pm")

    def test_sessions_at_different_times_say_which_is_next(self) -> None:
        sessions = [(at(2026, 12, 8), at(2026, 12, 8, 12)), (at(2026, 12, 10, 13), at(2026, 12, 10, 15))]
        assert words.dates_words(sessions, TODAY) == (
            "Two dates to 10 December",
            "next on Tue 8 December, 10am to 12pm",
        )

    def test_a_table_always_says_the_year(self) -> None:
        assert words.session_dates(at(2026, 12, 8), at(2026, 12, 8, 12)) == "Tue 8 December 2026"
        assert words.session_dates(at(2027, 2, 15), at(2027, 2, 19)) == "15 to 19 February 2027"

    def test_without_a_session(self) -> None:
        assert [words.availability_words(each) for each in ("on_request", "always", "dated")] == [
            "Dates on request", "Open all the time", "Dates to come",
        ]  # fmt: skip


class TestMoney:
    @pytest.mark.parametrize(
        ("amount", "said"),
        [
            ("4", "£4"),
            ("4.00", "£4"),
            ("4.5", "£4.50"),
            ("1200", "£1,200"),
            ("13.85", "£13.85"),
            ("0", "£0"),
            ("24999.99", "£24,999.99"),
        ],
    )
    def test_pounds(self, amount: str, said: str) -> None:
        assert words.money_words(Decimal(amount)) == said

    def test_a_negative_amount_is_refused(self) -> None:
        with pytest.raises(ValueError, match="negative"):
            words.money_words(Decimal(-1))

    @given(st.decimals(Decimal(0), Decimal(999_999), places=2))
    def test_the_amount_can_be_read_back(self, amount: Decimal) -> None:
        assert Decimal(words.money_words(amount).removeprefix("£").replace(",", "")) == amount

    @pytest.mark.parametrize(
        ("kind", "amount", "unit", "family", "said"),
        [
            ("free", None, "", None, "Free"),
            ("paid", "0", "pupil", None, "Free"),
            ("paid", "4", "pupil", "0", "Free for Family of Schools"),
            ("paid", "4", "pupil", None, "£4 for each pupil"),
            ("paid", "4", "pupil", "2", "£4 for each pupil, £2 for Family of Schools"),
            ("paid", "4", "pupil", "4", "£4 for each pupil"),
            ("paid", "15", "person", None, "£15 for each person"),
            ("paid", "120", "group", None, "£120 for a group"),
            ("paid", None, "", None, "Ask for the price"),
            ("free_if_eligible", "180", "course", None, "Free if eligible, or £180"),
            ("free_if_eligible", None, "", None, "Free if eligible"),
        ],
    )
    def test_cost(self, kind: str, amount: str | None, unit: str, family: str | None, said: str) -> None:
        price = None if amount is None else Decimal(amount)
        assert words.cost_words(kind, price, unit, None if family is None else Decimal(family)) == said

    def test_what_others_pay_is_said_beside_free_for_the_family(self) -> None:
        assert words.cost_note("paid", Decimal(4), "pupil", Decimal(0)) == "others pay £4 for each pupil"
        assert words.cost_note("paid", Decimal(4), "pupil", None) == ""

    def test_pay(self) -> None:
        assert words.pay_words(Decimal("13.85"), "hour") == "£13.85 an hour"


class TestPlaces:
    @pytest.mark.parametrize(
        ("left", "capacity", "waiting", "said"),
        [
            (9, 30, 0, "9 of 30 places left"),
            (1, 1, 0, "1 of 1 place left"),
            (0, 30, 7, "Full, waiting list open"),
            (0, 30, 0, "Full"),
            (None, None, 0, "Open to any number"),
        ],
    )
    def test_places(self, left: int | None, capacity: int | None, waiting: int, said: str) -> None:
        assert words.places_words(left, capacity, waiting) == said

    @pytest.mark.parametrize(
        ("left", "capacity", "few"),
        [
            (2, 6, True),
            (1, 2, True),
            (4, 24, True),
            (9, 30, False),
            (6, 12, False),
            (3, 5, False),
            (0, 30, False),
            (None, None, False),
        ],
    )
    def test_few_places_are_worth_a_warning(self, left: int | None, capacity: int | None, few: bool) -> None:
        assert words.few_left(left, capacity) is few

    def test_waiting(self) -> None:
        assert words.waiting_words(7) == "Full, 7 waiting"
        assert words.waiting_words(0) == "Full"


class TestForWhom:
    @pytest.mark.parametrize(
        ("low", "high", "said"),
        [
            (7, 9, "Years 7 to 9"),
            (9, 10, "Years 9 and 10"),
            (10, 10, "Year 10"),
            (0, 2, "Reception to Year 2"),
            (-1, 0, "Nursery and Reception"),
            (-1, -1, "Nursery"),
            (10, None, "Year 10 and above"),
            (None, 2, "Up to Year 2"),
            (None, None, ""),
        ],
    )
    def test_years(self, low: int | None, high: int | None, said: str) -> None:
        assert words.years_words(low, high) == said

    def test_ages(self) -> None:
        said = [words.ages_words(*each) for each in ((14, 19), (18, None), (None, 25), (16, 16), (None, None))]
        assert said == ["Ages 14 to 19", "Age 18 and over", "Up to age 25", "Age 16", ""]


class TestWhere:
    @pytest.mark.parametrize(
        ("miles", "said"),
        [
            (0.9, "0.9 miles"),
            (1.0, "1 mile"),
            (1.04, "1 mile"),
            (2.0, "2 miles"),
            (9.96, "10 miles"),
            (14.4, "14 miles"),
            (0.0, "in the same area"),
        ],
    )
    def test_distance(self, miles: float, said: str) -> None:
        assert words.distance_words(miles) == said

    def test_place(self) -> None:
        assert words.where_words("partner_site", "Tower Hamlets", "E1", 0.9) == "Tower Hamlets, 0.9 miles"
        assert words.where_words("partner_site", "Tower Hamlets", "E1") == "Tower Hamlets, E1"
        assert words.where_words("partner_site", "Tower Hamlets", "E1", hybrid=True) == "Tower Hamlets, E1, or online"
        assert words.where_words("outdoors", "", "SE10") == "Outdoors, SE10"
        assert words.where_words("online", "", "") == "Online"
        assert words.where_words("your_school", "", "") == "At your school"
        assert words.where_words("partner_site", "", "") == "Place agreed with you"


class TestCounts:
    def test_headings(self) -> None:
        assert words.counted(3, "opportunity", "opportunities") == "Three opportunities"
        assert words.counted(1, "site") == "One site"
        assert words.counted(1240, "place") == "1,240 places"

    def test_results(self) -> None:
        assert words.results_heading(41, "printmaking", narrowed=True) == "41 opportunities for printmaking"
        assert words.results_heading(1, "", narrowed=False) == "1 opportunity"
        assert (
            words.results_heading(0, "letterpress", narrowed=True) == "Nothing for letterpress with these choices, yet"
        )
        assert words.results_heading(0, "letterpress", narrowed=False) == "Nothing for letterpress, yet"

    def test_lists(self) -> None:
        assert [words.list_words("ABC"[:n]) for n in range(4)] == ["", "A", "A and B", "A, B and C"]

    def test_map(self) -> None:
        assert words.map_summary([7, 6, 0], 3) == "13 in two boroughs, and 3 online"
        assert words.map_summary([], 3) == "3 online"


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Tallowgate Print Rooms", "Tp"),
        ("Nell Aduwo, textile printer", "Na"),
        ("The Ropewrights’ Company", "Rc"),
        ("Kiln", "Ki"),
        ("K", "K"),
        ("The", "Th"),
        ("“Ovid” & Sons", "Os"),
        ("—", "?"),
    ],
)
def test_monogram(name: str, letters: str) -> None:
    assert words.monogram(name) == letters


@given(st.text())
def test_any_name_has_a_monogram(name: str) -> None:
    assert 1 <= len(words.monogram(name)) <= 4


def test_lower_first_leaves_abbreviations() -> None:
    assert words.lower_first("Relaxed session") == "relaxed session"
    assert words.lower_first("BSL tour") == "BSL tour"
    assert words.lower_first("") == ""


def test_access_says_a_feature_once() -> None:
    assert words.access_words("Step-free", "Lift at the side door") == "Step-free: lift at the side door"
    assert words.access_words("Live captions", "Live captions on screen") == "Live captions on screen"
    assert words.access_words("Hearing loop", "") == "Hearing loop"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("14:00", "2pm"), ("1.30", "1.30"), ("9:05", "9.05am"), ("Day 1", "Day 1"), ("25:00", "25:00")],
)
def test_a_timetable_says_times_like_the_rest_of_the_page(typed: str, said: str) -> None:
    assert words.timetable_words(typed) == said
