"""Weeks of school holidays are marked in the charts and named in their tables, by the term dates that are known."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from figures.suppression import Figure
from opportunities.models import Opportunity
from portal.charts import BASE, LEFT, RIGHT, TOP, week_chart
from portal.selectors.statistics import holidays
from tests.factories import OpportunityFactory, PartnerFactory, SiteFactory, TermPeriodFactory
from tests.numbers import examples
from tests.portal.pages import Portal
from tests.portal.test_statistics import rows
from tests.portal.used import use

pytestmark = pytest.mark.django_db
HALF_TERM = date(2026, 10, 26)
VIEWS = ("view", "views")


@pytest.fixture
def autumn() -> Iterator[None]:
    """A term in two halves with a week between, and then the holidays of winter."""
    for name, starts, ends in (
        ("Autumn, first half", date(2026, 9, 1), date(2026, 10, 23)),
        ("Autumn, second half", date(2026, 11, 2), date(2026, 12, 18)),
        ("Spring, first half", date(2027, 1, 4), date(2027, 2, 12)),
    ):
        TermPeriodFactory.create(academic_year=2026, name=name, starts=starts, ends=ends)
    with time_machine.travel(datetime(2026, 12, 29, 12, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def portal(autumn: None) -> Portal:
    return Portal(PartnerFactory.create(name="Tallowgate Print Rooms"))


@pytest.fixture
def workshop(portal: Portal) -> Opportunity:
    return OpportunityFactory.create(title="Set, ink, pull", offered_by=portal.partner)


@pytest.mark.parametrize("path", ["use/", "use/?period=year", "use/{pk}/", ""])
def test_they_are_named_in_every_table_drawn_in_every_chart_and_explained(
    portal: Portal, workshop: Opportunity, path: str
) -> None:
    use(workshop, date(2026, 10, 20), views=9)
    page = portal.open(path.format(pk=workshop.pk))
    weeks = [row[0] for row in rows(page, "Views each week")]
    assert "19 Oct" in weeks
    assert "26 Oct, half-term" in weeks
    assert "21 Dec, school holiday" in weeks
    assert weeks[-1] == "28 Dec, school holiday, so far"
    charts = page.soup.select(".ff-chart")
    assert all(len(chart.select("rect.ff-chart__off")) == 2 for chart in charts)
    assert all("Upright bands are school holidays." in chart.text for chart in charts)
    assert ("by the term dates that we know" in page.text) is path.startswith("use/")


def test_without_term_dates_nothing_is_marked_or_explained() -> None:
    portal = Portal(PartnerFactory.create())
    OpportunityFactory.create(offered_by=portal.partner)
    page = portal.open("use/")
    assert not page.soup.select(".ff-chart__off")
    assert "holidays" not in page.text


def test_a_week_belongs_to_the_holidays_from_three_of_its_weekdays(autumn: None) -> None:
    monday = date(2027, 2, 15)
    for off in range(6):
        TermPeriodFactory.create(
            academic_year=2026, name="Spring, second half", starts=monday + timedelta(days=off), ends=date(2027, 3, 25)
        )
        assert holidays([monday]) == ({monday: "half-term"} if off >= 3 else {}), off
        TermPeriodFactory._meta.model.objects.filter(name="Spring, second half").delete()


def test_terms_of_one_borough_or_school_are_not_those_of_london() -> None:
    assert holidays([HALF_TERM]) == {}
    borough = SiteFactory.create(postcode="E1 6AN").outward_code.borough
    TermPeriodFactory.create(academic_year=2026, starts=date(2026, 9, 1), ends=date(2026, 10, 23), borough=borough)
    assert holidays([HALF_TERM]) == {}


@pytest.mark.engine_only
@examples(100, 1000)
@given(st.integers(1, 54), st.data())
def test_bands_lie_within_the_frame_and_cover_just_the_weeks_that_are_off(number: int, data: st.DataObject) -> None:
    weeks = [date(2026, 1, 5) + timedelta(days=7 * n) for n in range(number)]
    off = data.draw(st.sets(st.sampled_from(weeks)))
    chart = week_chart("views", VIEWS, weeks, [Figure.of(5)] * number, dict.fromkeys(off, "half-term"))
    drawn = weeks[: -1 if number > 2 else None]
    step = (RIGHT - LEFT) / max(len(drawn) - 1, 1)
    spans = []
    for rect in chart.drawing.split("<rect ")[1:]:
        said = dict(part.split("=") for part in rect.split("/>")[0].split())
        x, y, width, height = (float(said[name].strip('"')) for name in ("x", "y", "width", "height"))
        assert LEFT <= x <= x + width <= RIGHT + 0.1
        assert (y, height) == (TOP, BASE - TOP)
        spans.append((x, x + width))
    marked = {
        week for n, week in enumerate(drawn) if any(low - 0.1 <= LEFT + n * step <= high + 0.1 for low, high in spans)
    }
    assert marked == off & set(drawn)
    assert sum("half-term" in week for week, _ in chart.rows) == len(off)
