"""What a partner's people see first: whether all is still right, what waits for whom, how each offer stands and is used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils import timezone

from opportunities.selectors import requirements_by_kind
from partners.freshness import ASK_AFTER_DAYS
from partners.models import Partner
from partners.states import PublishingState
from portal.charts import WeekChart, week_chart
from portal.selectors import documents
from portal.selectors.details import Moderation, page_state
from portal.selectors.offers import TABS, Row, offer_rows, tab_counts
from portal.selectors.statistics import MEASURES, UseReport, holidays, recent_use

ON_A_PAGE = 25
#: So many of what waits are told one by one; the tab shows all.
TOLD = 5


@dataclass(frozen=True, slots=True)
class Freshness:
    """When the partner last said that all is right: so many days ago, or never (None)."""

    days: int | None

    @property
    def is_due(self) -> bool:
        """Whether it is time to say so again."""
        return self.days is None or self.days >= ASK_AFTER_DAYS


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for its people or for the officers: the own page, and rows of opportunities."""

    page: bool
    rows: Sequence[Row]

    @property
    def count(self) -> int:
        """How many things."""
        return len(self.rows) + self.page

    @property
    def told(self) -> Sequence[Row]:
        """The first of the rows: what came back from the officers first."""
        return sorted(self.rows, key=lambda row: (row.state is not PublishingState.CHANGES, row.opportunity.title))[
            :TOLD
        ]

    @property
    def left_out(self) -> int:
        """How many rows are not told one by one."""
        return len(self.rows) - len(self.told)


@dataclass(frozen=True)
class Dashboard:
    """All that the first page shows."""

    page_state: PublishingState
    moderation: Moderation | None
    freshness: Freshness | None
    documents: Sequence[documents.Row]
    on_you: Waiting
    on_us: Waiting
    tabs: Sequence[tuple[str, str, int]]
    tab: str
    table: Page[Any]
    charts: Sequence[WeekChart]


def dashboard_of(partner: Partner, tab: str, page: str) -> Dashboard:
    """The first page, in a fixed number of queries. `tab` and `page` as they stand in the address."""
    state, step = page_state(partner)
    needed = requirements_by_kind()
    papers = documents.board(partner, needed)
    rows = offer_rows(partner, needed, [paper.standing for paper in papers.rows])
    tab = tab if tab in TABS else "all"
    use = recent_use(partner)
    table = Paginator([row for row in rows if tab in row.tabs], ON_A_PAGE).get_page(page)
    table.object_list = [_with_views(row, use) for row in table.object_list]
    return Dashboard(
        page_state=state,
        moderation=step,
        freshness=_freshness(partner) if partner.live else None,
        documents=papers.pressing,
        on_you=Waiting(state.waits_on_partner, [row for row in rows if "you" in row.tabs]),
        on_us=Waiting(state.waits_on_officers, [row for row in rows if "us" in row.tabs]),
        tabs=tab_counts(rows),
        tab=tab,
        table=table,
        charts=_charts(use) if any(use.total(name).high for name in MEASURES) else [],
    )


def _charts(use: UseReport) -> list[WeekChart]:
    weeks = use.period.weeks
    off = holidays(weeks)
    return [week_chart(name, MEASURES[name], weeks, use.weekly(name), off) for name in ("views", "actions")]


def _freshness(partner: Partner) -> Freshness:
    said = partner.confirmed_on
    return Freshness((timezone.localdate() - said).days if said else None)


def _with_views(row: Row, use: UseReport) -> Row:
    """The row with what is told of its views; None where nobody can have seen it."""
    found = use.by_opportunity.get(row.opportunity.pk)
    return replace(row, views=found.total("views")) if found else row
