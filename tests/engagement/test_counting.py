"""From events to counts, to the report: each figure by an example, and the whole by a property."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO
from itertools import chain
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from engagement.catalogue import EventName
from engagement.counting import Fact, SearchRow, UseRow, count_day, count_terms, last_finished_day
from engagement.models import (
    CountedChoice,
    CountedPeriod,
    CountedSearches,
    CountedTerms,
    CountedUse,
    DroppedEvents,
    Event,
)
from engagement.reporting import Funnel, report
from engagement.services import count_finished
from opportunities.models import Opportunity
from tests.engagement.happenings import HISTORY, moment, write
from tests.factories import OpportunityFactory, PartnerFactory
from tests.numbers import examples

FIRST = date(2026, 10, 23)  # the clocks go back two days later
LATER = datetime(2026, 12, 1, 12, tzinfo=UTC)


def fact(name: EventName, minute: int, search: str = "s1", **others: Any) -> Fact:
    return Fact(name, moment(FIRST, 0, minute), search=search, **others)


SEARCHED = EventName.SEARCH_PERFORMED
VIEWED = EventName.OPPORTUNITY_VIEWED


@pytest.mark.engine_only
def test_a_search_that_is_refined_is_one_and_ends_as_its_last_refinement_does() -> None:
    facts = [fact(SEARCHED, 3, total=0), fact(SEARCHED, 1, total=9), fact(SEARCHED, 2, total=4)]
    assert count_day(FIRST, facts).searches == (SearchRow("site", None, searches=1, empty=1, viewed=0, acted=0),)
    facts.append(fact(SEARCHED, 4, total=1))
    assert count_day(FIRST, facts).searches == (SearchRow("site", None, searches=1, empty=0, viewed=0, acted=0),)


@pytest.mark.engine_only
def test_what_a_search_led_to_by_partner() -> None:
    facts = [
        fact(SEARCHED, 1, total=2, shown=frozenset({7, 8})),
        fact(VIEWED, 2, opportunity=70, partner=7, kind="visit"),
        fact(EventName.PARTNER_VIEWED, 3, partner=9),
        fact(EventName.CONTACT_REVEALED, 4, opportunity=70, partner=7, kind="visit"),
        fact(EventName.ACTION_BEGUN, 5, partner=9, begun="wanted"),
        fact(VIEWED, 6, "", opportunity=70, partner=7, kind="visit"),
    ]
    count = count_day(FIRST, facts)
    assert set(count.searches) == {
        SearchRow("site", None, 1, 0, 1, 1),
        SearchRow("site", 7, 1, 0, 1, 1),
        SearchRow("site", 8, 1, 0, 0, 0),
        SearchRow("site", 9, 1, 0, 1, 0),
    }
    assert set(count.uses) == {
        UseRow("site", "opportunity_viewed", 7, "visit", times=2, from_search=1, acted=1),
        UseRow("site", "partner_viewed", 9, "", times=1, from_search=1, acted=0),
        UseRow("site", "contact_revealed", 7, "visit", times=1, from_search=1, acted=0),
        UseRow("site", "wanted", 9, "", times=1, from_search=1, acted=0),
    }


@pytest.mark.engine_only
def test_a_search_belongs_to_the_day_it_began_and_a_view_to_its_own() -> None:
    facts = [
        fact(SEARCHED, 1439, total=0),
        fact(SEARCHED, 1445, total=2),
        fact(VIEWED, 1450, opportunity=70, partner=7),
    ]
    first, second = (count_day(day, facts) for day in (FIRST, FIRST + timedelta(days=1)))
    assert SearchRow("site", None, 1, 0, 1, 0) in first.searches
    assert first.uses == ()
    assert second.searches == ()
    assert [(use.times, use.from_search) for use in second.uses] == [(1, 1)]


@pytest.mark.engine_only
def test_empty_searches_are_counted_by_skill_and_borough() -> None:
    chosen = (("skill", "creativity"), ("skill", "resilience"), ("borough", "hackney"))
    facts = [fact(SEARCHED, 1, f"s{number}", total=number // 3, chosen=chosen) for number in range(4)]
    rows = {(row.facet, row.value, row.searches) for row in count_day(FIRST, facts).choices}
    assert rows == {("skill", "creativity", 3), ("skill", "resilience", 3), ("borough", "hackney", 3)}


@pytest.mark.engine_only
@examples(50, 400)
@given(
    st.lists(st.tuples(st.integers(0, 7), st.sampled_from(["Clay", "clay", "ink", ""]), st.integers(0, 1)), max_size=40)
)
def test_terms_of_fewer_than_five_searches_are_never_counted(asked: list[tuple[int, str, int]]) -> None:
    facts = [
        fact(SEARCHED, minute, f"s{who}", terms=text, total=total) for minute, (who, text, total) in enumerate(asked)
    ]
    rows = {row.terms: row for row in count_terms(FIRST, FIRST, facts)}
    for text in ("clay", "ink"):
        who = {search for search, typed, _ in asked if typed.lower() == text}
        assert (rows[text].searches == len(who)) if len(who) >= 5 else (text not in rows)
    assert set(rows) <= {"clay", "ink"}


@pytest.mark.engine_only
def test_a_day_is_finished_two_hours_after_its_end() -> None:
    assert last_finished_day(datetime(2026, 11, 24, 2, 5, tzinfo=UTC)) == date(2026, 11, 22)
    assert last_finished_day(datetime(2026, 11, 24, 2, 15, tzinfo=UTC)) == date(2026, 11, 23)
    # In July the day in London ends an hour earlier.
    assert last_finished_day(datetime(2026, 7, 24, 1, 15, tzinfo=UTC)) == date(2026, 7, 23)


def some_opportunities() -> list[Opportunity]:
    one, other = PartnerFactory.create(), PartnerFactory.create()
    made = [OpportunityFactory.create(offered_by=each) for each in (one, one, other)]
    return [*made, OpportunityFactory.create(offered_by=other, kind="apprenticeship")]


def figures(partner: int | None = None) -> list[Funnel]:
    found = report(FIRST, FIRST + timedelta(days=6), partner)
    return [found.whole, *found.by_surface.values()]


@pytest.mark.django_db
@examples(12, 150)
@given(HISTORY, st.sampled_from([0, 26, 27, 50, 51, 200]))
def test_the_report_is_the_same_from_events_and_from_counts(history: Any, hours: int) -> None:
    with transaction.atomic():
        opportunities = some_opportunities()
        write(history, FIRST, opportunities)
        partners = [None, *{each.offered_by_id for each in opportunities}]
        with time_machine.travel(LATER, tick=False):
            before = {partner: figures(partner) for partner in partners}
            assert before[None][0].searches == len(history[0])
            # Some days are counted, then all; and once more, which changes nothing.
            for now in (moment(FIRST, 0, 60 * hours), LATER, LATER):
                count_finished(now)
                assert {partner: figures(partner) for partner in partners} == before
            assert count_finished(LATER) == []
        transaction.set_rollback(True)


@pytest.mark.django_db
@examples(10, 100)
@given(HISTORY)
def test_each_figure_by_itself(history: Any) -> None:
    """A count made another way: search by search, as the history tells it."""
    searches, rest = history
    with transaction.atomic():
        write(history, FIRST, some_opportunities())
        with time_machine.travel(LATER, tick=False):
            count_finished(LATER)
            whole = figures()[0]
        transaction.set_rollback(True)
    views = {EventName.OPPORTUNITY_VIEWED, EventName.PARTNER_VIEWED}
    actions = {EventName.CONTACT_REVEALED, EventName.WEBSITE_OPENED, EventName.ACTION_BEGUN}
    ends = []
    for *_, refinements, led_to in searches:
        timed = [(after if order else 0, order, total) for order, (after, total, *_) in enumerate(refinements)]
        names = {name for _, (name, data), _ in led_to if data.get("kind") != "wanted"}
        ends.append((max(timed)[2] == 0, bool(names & views), bool(names & actions)))
    assert (whole.searches, whole.empty, whole.viewed, whole.acted) == (
        len(ends),
        *map(sum, list(zip(*ends, strict=True)) or [()] * 3),
    )
    done = chain((name for _, _, (name, _), _ in rest), set(_led_to(searches)))
    assert whole.views == sum((name if isinstance(name, str) else name[1]) in views for name in done)


def _led_to(searches: Any) -> Any:
    """What each search led to, once for each thing: the first two opportunities are one partner's."""
    for number, (*_, led_to) in enumerate(searches):
        for _, (name, _), which in led_to:
            yield number, name, which // 2 if name == EventName.PARTNER_VIEWED else which


@pytest.mark.django_db
def test_each_day_is_counted_once_by_the_command_and_months_with_their_last_day() -> None:
    opportunities = some_opportunities()
    history: list[Any] = [
        (0, 60 * hour, "site", [(0, 0, "clay", True)], [(5, (VIEWED, {}), 3)]) for hour in range(1, 7)
    ]
    write((history, []), FIRST, opportunities)
    said = StringIO()
    with time_machine.travel(datetime(2026, 11, 1, 2, 5, tzinfo=UTC), tick=False):
        call_command("count_engagement", stdout=said)
    assert said.getvalue().count("A day from") == 8  # 23 to 30 October: the 31st is not finished
    assert not CountedTerms.objects.exists()
    with time_machine.travel(datetime(2026, 11, 1, 3, 45, tzinfo=UTC), tick=False):
        call_command("count_engagement", stdout=said)
        call_command("count_engagement", stdout=said)
    assert "A month from 2026-10-01" in said.getvalue()
    assert said.getvalue().rstrip().endswith("Every finished day is counted.")
    assert CountedPeriod.objects.count() == 19  # nine days, each twice: for all, and by opportunity
    assert list(CountedTerms.objects.values_list("terms", "searches", "empty")) == [("clay", 6, 6)]
    assert CountedSearches.objects.get(partner=None).empty == 6
    use = CountedUse.objects.get()
    assert (use.name, use.kind, use.times, use.from_search) == ("opportunity_viewed", "apprenticeship", 6, 6)
    assert set(CountedChoice.objects.values_list("facet", "value", "searches")) == {
        ("skill", "creativity", 6),
        ("borough", "hackney", 6),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        CountedTerms.objects.create(month=FIRST, terms="a name", searches=4, empty=0)


def printed(**options: Any) -> str:
    out = StringIO()
    call_command("engagement_report", **({"starts": "2026-10-01", "ends": "2026-10-31"} | options), stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_the_report_is_printed_with_shares_and_by_surface() -> None:
    opportunities = some_opportunities()
    done: list[Any] = [(5, (VIEWED, {}), 0), (9, (EventName.CONTACT_REVEALED, {}), 0)]
    searches = [(0, 60, "site", [(0, 2, "clay", False)], done), (0, 90, "adviser", [(0, 0, "ink", False)], [])]
    write((searches, []), FIRST, opportunities)
    DroppedEvents.objects.create(day=FIRST, count=3)
    said = {" ".join(line.split()) for line in printed().splitlines()}
    assert {
        "all site adviser paper",
        "Searches 2 1 1 0",
        "with a result 1 (50%) 1 (100%) 0 (0%) 0",
        "without a result 1 (50%) 0 (0%) 1 (100%) 0",
        "followed by a view 1 (50%) 1 (100%) 0 (0%) 0",
        "that led to an action 1 (50%) 1 (100%) 0 (0%) 0",
        "Views 1 1 0 0",
        "Actions 1 1 0 0",
        "Contacts asked for 1 1 0 0",
        "Events that could not be recorded 3",
    } <= said
    assert "clay" not in printed()
    partner = opportunities[0].offered_by
    own = printed(partner=str(partner.pk))
    assert f"for {partner}" in own
    assert "without a result" not in own


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"starts": "1 October"}, "--from: “1 October” is not a day. Write it like 2026-11-30."),
        ({"ends": "2026-02-30"}, "--to: “2026-02-30” is not a day."),
        ({"starts": "2026-11-01"}, "The last day is before the first."),
        ({"partner": "99999"}, "there is no partner with the number “99999”"),
        ({"partner": "9" * 400}, "there is no partner"),
        ({"partner": "²"}, "there is no partner"),
    ],
)
def test_what_makes_no_sense_is_said_plainly(options: dict[str, str], says: str) -> None:
    with pytest.raises(CommandError, match=says.replace(".", r"\.")):
        printed(**options)


@pytest.mark.django_db
def test_a_report_of_days_without_anything_is_all_noughts() -> None:
    assert "Searches" in printed(starts="0001-01-01", ends="9999-12-31")
    assert Event.objects.count() == 0
