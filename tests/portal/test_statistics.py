"""How a partner's opportunities are found and used: by week, with small numbers held back everywhere."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from engagement.services import count_finished
from figures.suppression import Figure
from opportunities.models import Opportunity
from partners.models import Partner
from portal.charts import finding, week_chart
from portal.selectors.statistics import Period, use_of
from tests.factories import OpportunityFactory, PartnerFactory
from tests.numbers import examples
from tests.portal.pages import Page, Portal
from tests.portal.used import use, weeks_ago

pytestmark = pytest.mark.django_db
VIEWS = ("view", "views")


@pytest.fixture
def portal() -> Portal:
    return Portal(PartnerFactory.create(name="Tallowgate Print Rooms"))


@pytest.fixture
def workshop(portal: Portal) -> Opportunity:
    return OpportunityFactory.create(title="Set, ink, pull", offered_by=portal.partner)


def rows(page: Page, heading: str) -> list[list[str]]:
    """The rows of the table with this caption."""
    table = next(each for each in page.soup.select("table") if each.caption and heading in each.caption.text)
    return [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in table.select("tbody tr")]


def file_of(portal: Portal, period: str = "weeks") -> list[dict[str, str]]:
    response = portal.client.get(portal.at(f"use/use.csv?period={period}"))
    return list(csv.DictReader(response.content.decode("utf-8-sig").splitlines()))


class TestFigures:
    """What is told."""

    def test_each_measure_by_week_and_in_all(self, portal: Portal, workshop: Opportunity) -> None:
        use(workshop, weeks_ago(1), searches=9, views=6, actions=5)
        use(workshop, weeks_ago(1) + timedelta(days=6), views=1)
        use(workshop, weeks_ago(3), searches=7)
        page = portal.open("use/")
        assert rows(page, "Use of each") == [["Set, ink, pull", "16", "7", "5"]]
        assert [row[1] for row in rows(page, "Views each week")] == ["0"] * 11 + ["7", "0"]
        assert "16 searches in 13 weeks" in page.text
        assert "fewer than 5" not in page.text

    def test_small_numbers_are_held_back_in_cells_sums_chart_and_file(
        self, portal: Portal, workshop: Opportunity
    ) -> None:
        other = OpportunityFactory.create(title="Another", offered_by=portal.partner)
        use(workshop, weeks_ago(1), views=12)
        use(other, weeks_ago(1), views=3)
        page = portal.open("use/")
        assert rows(page, "Use of each") == [["Set, ink, pull", "0", "12", "0"], ["Another", "0", "fewer than 5", "0"]]
        assert rows(page, "Views each week")[11][1] == "13 to 16"
        assert "13 to 16 views in 13 weeks" in page.text
        assert page.soup.select(".ff-chart__band")
        told = {row["Opportunity"]: row["Views"] for row in file_of(portal) if row["Week from"] == str(weeks_ago(1))}
        assert told == {"Set, ink, pull": "12", "Another": "fewer than 5"}
        assert "15" not in {cell for row in rows(page, "Views each week") for cell in row}

    def test_what_is_told_does_not_change_when_days_are_counted(self, portal: Portal, workshop: Opportunity) -> None:
        use(workshop, weeks_ago(2), searches=8, views=3, actions=1)
        before = file_of(portal)
        count_finished(timezone.now())
        assert file_of(portal) == before

    def test_the_academic_year_begins_with_the_week_of_its_first_day(
        self, portal: Portal, workshop: Opportunity
    ) -> None:
        use(workshop, date(2026, 8, 31), views=5)
        use(workshop, date(2026, 8, 30), views=7)
        with time_machine.travel(datetime(2026, 12, 15, 12, tzinfo=UTC), tick=False):
            told = file_of(Portal(portal.partner), "year")
        assert [row["Views"] for row in told][:2] == ["5", "0"]
        assert told[0]["Week from"] == "2026-08-31"
        assert len(told) == 16

    def test_the_week_of_a_view_is_london_s(self, portal: Portal, workshop: Opportunity) -> None:
        """Half past midnight on a summer Monday in London is still Sunday by the clock of Greenwich."""
        with time_machine.travel(datetime(2026, 6, 14, 23, 30, tzinfo=UTC), tick=False):
            use(workshop, timezone.localdate(), views=5)
        with time_machine.travel(datetime(2026, 6, 20, 12, tzinfo=UTC), tick=False):
            assert [row["Week from"] for row in file_of(Portal(portal.partner)) if row["Views"] == "5"] == [
                "2026-06-15"
            ]

    def test_a_title_that_a_spreadsheet_would_run_is_text_in_the_file(self, portal: Portal) -> None:
        OpportunityFactory.create(title="=cmd|' /C calc'!A0", offered_by=portal.partner)
        assert {row["Opportunity"] for row in file_of(portal)} == {"'=cmd|' /C calc'!A0"}

    @pytest.mark.parametrize("query", ["period=x", "period=", "page=0", "page=abc", "page=999999999999999999999"])
    def test_an_odd_address_shows_the_usual_page(self, portal: Portal, workshop: Opportunity, query: str) -> None:
        page = portal.open(f"use/?{query}")
        assert page.status == 200
        assert "The last 13 weeks, as of" in page.text

    def test_without_any_use_it_says_so(self, portal: Portal) -> None:
        page = portal.open("use/")
        assert "Nothing of yours is public yet" in page.text
        assert "No views in 13 weeks." in page.one("svg title#views-t").text


class TestWhose:
    """A partner reads about what it offers, and nothing else."""

    def test_nothing_of_another_partner_is_told(self, portal: Portal, workshop: Opportunity) -> None:
        theirs = OpportunityFactory.create(title="Their own", hosted_by=portal.partner)
        use(theirs, weeks_ago(1), searches=50, views=40)
        page = portal.open("use/")
        assert "Their own" not in page.text
        assert rows(page, "Views each week")[11][1] == "0"
        assert "Their own" not in str(file_of(portal))
        assert portal.open(f"use/{theirs.pk}/").status == 404
        assert portal.open(f"use/{workshop.pk}/").status == 200

    @pytest.mark.parametrize("path", ["use/", "use/use.csv", "use/{pk}/"])
    def test_another_partner_s_pages_are_not_there(self, portal: Portal, path: str) -> None:
        other = OpportunityFactory.create()
        address = f"/portal/{other.offered_by_id}/" + path.format(pk=other.pk)
        assert portal.client.get(address).status_code == 404

    def test_the_number_of_queries_does_not_grow(self, portal: Portal, workshop: Opportunity) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as made:
                assert portal.open("use/").status == 200
            return len(made)

        use(workshop, weeks_ago(1), views=1, searches=1)
        queries()
        few = queries()
        for opportunity in OpportunityFactory.create_batch(40, offered_by=portal.partner):
            use(opportunity, weeks_ago(2), views=6, searches=2)
        assert queries() == few


def some(partner: Partner, number: int) -> list[Opportunity]:
    return [OpportunityFactory.create(title=f"Offer {n}", offered_by=partner) for n in range(number)]


@examples(8, 60)
@given(data=st.data())
def test_neither_page_nor_file_tells_apart_what_is_held_back(data: st.DataObject) -> None:
    """Two histories that differ only in counts from one to four are told alike, in every table, chart and file."""
    counts = data.draw(st.lists(st.tuples(st.integers(0, 2), st.integers(1, 3), st.integers(0, 7)), max_size=5))
    unique = {(offer, week): count for offer, week, count in counts}
    altered = {key: data.draw(st.integers(1, 4)) if 0 < count < 5 else count for key, count in unique.items()}

    def told(history: dict[tuple[int, int], int]) -> list[str]:
        with transaction.atomic():
            portal = Portal(PartnerFactory.create(name="Same"))
            offers = some(portal.partner, 3)
            for (offer, week), count in history.items():
                use(offers[offer], weeks_ago(week), views=count)
            pages = [portal.open("use/"), *(portal.open(f"use/{each.pk}/") for each in offers)]
            found = [page.text for page in pages]
            found += [str(each) for page in pages for each in page.soup.select(".ff-chart svg")]
            found += [str([list(row.values())[1:] for row in file_of(portal)])]
            transaction.set_rollback(True)
        return found

    assert told(unique) == told(altered)


@pytest.mark.engine_only
class TestWords:
    """What a chart says."""

    WEEKS = tuple(date(2026, 10, 5) + timedelta(days=7 * n) for n in range(4))

    @pytest.mark.parametrize(
        ("counts", "said"),
        [
            ((84, 9, 168, 2), "Views each week rose from 84 to 168 between the weeks of 5 Oct and 19 Oct."),
            ((84, 9, 60, 2), "Views each week fell from 84 to 60 between the weeks of 5 Oct and 19 Oct."),
            ((0, 0, 0, 0), "No views in four weeks."),
            ((3, 9, 60, 2), "Views in four weeks: 71 to 77."),
        ],
    )
    def test_the_title_states_the_finding(self, counts: tuple[int, ...], said: str) -> None:
        assert finding(VIEWS, self.WEEKS, [Figure.of(count) for count in counts]) == said

    def test_the_week_that_is_not_over_stands_in_the_table_alone(self) -> None:
        chart = week_chart("views", VIEWS, self.WEEKS, [Figure.of(each) for each in (5, 6, 7, 0)])
        assert [week for week, _ in chart.rows][-1] == "26 Oct, so far"
        assert "26 Oct" not in chart.drawing
        assert chart.drawing.count("<circle") == 1

    @examples(100, 1000)
    @given(st.lists(st.integers(0, 30_000), min_size=1, max_size=54))
    def test_nothing_is_drawn_outside_the_frame(self, counts: list[int]) -> None:
        weeks = [date(2026, 1, 5) + timedelta(days=7 * n) for n in range(len(counts))]
        drawing = week_chart("views", VIEWS, weeks, [Figure.of(each) for each in counts]).drawing
        for points in drawing.split('points="')[1:]:
            for pair in points.split('"')[0].split():
                x, y = map(float, pair.split(","))
                assert 44 <= x <= 514
                assert 20 <= y <= 170

    @given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.sampled_from(["weeks", "year", ""]))
    def test_every_period_is_of_whole_weeks_up_to_today(self, today: date, slug: str) -> None:
        weeks = Period.named(slug, today).weeks
        assert all(week.weekday() == 0 for week in weeks)
        assert weeks[-1] <= today < weeks[-1] + timedelta(days=7)
        assert len(weeks) == 13 or (slug == "year" and len(weeks) <= 54)


def test_a_draft_without_use_is_left_out_and_one_that_was_used_stays(portal: Portal) -> None:
    OpportunityFactory.create(title="Never shown", offered_by=portal.partner, live=False)
    ended = OpportunityFactory.create(title="Ended", offered_by=portal.partner, live=False)
    use(ended, weeks_ago(1), views=5)
    report = use_of(portal.partner, Period.named("weeks", timezone.localdate()))
    assert [each.opportunity for each in report.offers] == [ended]
