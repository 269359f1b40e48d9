"""Importing opportunities: drafts, publication, what is held, pathways, doubles, and any garbage."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import assume, given
from hypothesis import strategies as st

from opportunities import services
from opportunities.models import Opportunity
from opportunities.resources import OpportunityResource
from opportunities.resources.ordering import targets_first
from opportunities.selectors import public
from partners.resources import PartnerResource
from taxonomy.resources import RefusedFile, Report
from taxonomy.resources.files import TableRow
from tests.capabilities import lacks_postgres
from tests.factories import AdviserTeamFactory, CampaignFactory, OfficerFactory, OpportunityFactory
from tests.factories.tables import everything, opportunity_row, outbox, partner_row, placement_row, run, watch
from tests.numbers import examples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-24T09:00:00Z", tick=False):
        yield


@pytest.fixture(autouse=True)
def partners(today: None, db: None) -> None:
    run(PartnerResource, [partner_row(), partner_row(2)], publish=True)


def outcomes(report: Report) -> list[str]:
    return [str(row.outcome) for row in report.rows]


def problems(report: Report) -> list[tuple[str, str]]:
    return [(one.column, one.value) for row in report.rows for one in row.problems]


def test_a_row_lands_as_a_draft_with_all_that_it_says() -> None:
    AdviserTeamFactory.create()
    CampaignFactory.create(slug="careers-festival")
    row = opportunity_row(
        host="P2",
        site="Print room 2",
        with_partners="Print room 2",
        sourcing_team="connecting-communities-east",
        campaign="careers-festival",
        deadline="24/12/2026",
        eligible_ages="18-24",
        eligible_residence="Hackney;Tower Hamlets",
        eligible_level="2",
        eligible_income="23400",
        hours_per_week="7.5",
        weeks="6",
        personal_connection="yes",
    )
    assert outcomes(run(OpportunityResource, [row])) == ["new"]
    found = Opportunity.objects.get()
    assert not found.live
    assert (found.year_from, found.year_to, found.age_from, found.age_to) == (7, 9, 11, 14)
    assert (found.group_min, found.group_max, found.adult_ratio) == (10, 30, 10)
    assert (found.cost_amount, found.family_price, found.hours_per_week) == (Decimal(4), Decimal(0), Decimal("7.5"))
    assert (found.in_daytime, found.in_evening, found.at_weekend) == (True, False, True)
    assert str(found.site) == "Print room 2, E1"
    assert [str(offer.partner) for offer in found.co_offers.all()] == ["Print room 2"]
    assert [(item.tag.slug, item.practice[:6]) for item in found.skill_items.all()] == [
        ("creativity", "Choose"),
        ("collaboration", "One pr"),
    ]
    assert [(line.when, line.title) for line in found.timetable.all()] == [
        ("10:00", "Meet the press"),
        ("13:00", "Ink and pull"),
    ]
    assert [(line.feature.slug, line.present) for line in found.access.all()] == [
        ("step-free", True),
        ("scent-free", False),
    ]
    assert sorted(borough.slug for borough in found.eligible_boroughs.all()) == ["hackney", "tower-hamlets"]
    assert (found.eligible_residence, found.eligible_level, found.eligible_income) == ("boroughs", 2, 23400)
    assert found.personal_connection
    assert str(found.deadline) == "2026-12-24"


def test_published_rows_are_public_and_in_the_outbox() -> None:
    watch()
    report = run(OpportunityResource, [opportunity_row()], publish=True, user=OfficerFactory.create())
    assert report.rows[0].public
    found = public().get()
    assert ("opportunities.opportunity", found.pk) in outbox()


@pytest.mark.parametrize("publish", [False, True])
def test_the_same_file_again_changes_nothing(publish: bool) -> None:
    watch()
    rows = [
        opportunity_row(1, leads_to="O2;O3"),
        placement_row(2, leads_to="O1"),
        placement_row(3, under_16="yes", leads_to="O9"),
        opportunity_row(4, reference="", site="", outward_code="SE10", place="outdoors", years="N-R"),
        opportunity_row(5, eligible_residence="london", cost="free", cost_amount="", family_price=""),
        opportunity_row(6, kind="course"),
    ]
    assert outcomes(run(OpportunityResource, rows, publish=publish)) == ["new"] * 6
    before = everything()
    assert outcomes(run(OpportunityResource, rows, publish=publish)) == ["unchanged"] * 6
    assert everything() == before


def test_a_dry_run_writes_nothing_and_says_the_same() -> None:
    rows = [
        opportunity_row(1, leads_to="O2;O7"),
        opportunity_row(2, leads_to="O1;O3"),
        opportunity_row(3, kind="palace"),
        placement_row(4, under_16="yes"),
    ]
    before = everything()
    dry = run(OpportunityResource, rows, dry_run=True, publish=True)
    assert everything() == before
    wet = run(OpportunityResource, rows, publish=True)
    assert [(row.line, row.outcome, row.problems, row.notes, row.public) for row in dry.rows] == [
        (row.line, row.outcome, row.problems, row.notes, row.public) for row in wet.rows
    ]


def test_a_yes_to_a_safeguarding_question_is_held_even_when_publishing() -> None:
    rows = [placement_row(1, alone_with_one_adult="yes"), placement_row(2)]
    report = run(OpportunityResource, rows, publish=True)
    assert [row.public for row in report.rows] == [False, True]
    assert "Held" in report.rows[0].notes[0]
    held = Opportunity.objects.get(reference="O1")
    assert not held.live
    officer = OfficerFactory.create()
    services.decide_safeguarding(held, officer, accepted=True, reason="Two adults are there.")
    assert outcomes(run(OpportunityResource, rows)) == ["unchanged", "unchanged"]
    assert outcomes(run(OpportunityResource, rows, publish=True)) == ["changed", "unchanged"]
    assert Opportunity.objects.get(reference="O1").live
    # Another answer needs another decision; what is public stays as it was.
    report = run(OpportunityResource, [placement_row(1, alone_with_one_adult="yes", under_16="yes")], publish=True)
    assert "Held" in report.rows[0].notes[0]
    assert not Opportunity.objects.get(reference="O1").under_16


def test_what_lacks_something_is_a_draft_and_says_what() -> None:
    report = run(OpportunityResource, [placement_row(1, tasks="", under_16="")], publish=True)
    assert outcomes(report) == ["new"]
    assert not Opportunity.objects.get().live
    assert [note.split(":")[1].strip() for note in report.rows[0].notes] == ["tasks", "under_16"]


def test_a_bad_row_is_reported_and_stops_nothing() -> None:
    rows = [
        opportunity_row(1, partner="P9", skills="juggling | With clubs."),
        opportunity_row(2, site="Print room 7"),
        opportunity_row(3, outward_code="SE10"),
        placement_row(4, years="7-9"),
        opportunity_row(5, access="step-free | no sign"),
        opportunity_row(6, kind="internship", pay_amount="0", pay_unit="hour"),
        opportunity_row(7),
    ]
    report = run(OpportunityResource, rows)
    assert outcomes(report) == [*["refused"] * 6, "new"]
    assert problems(report) == [
        ("partner", "P9"),
        ("skills", "juggling"),
        ("site", "Print room 7"),
        ("outward_code", "SE10"),
        ("years", "7-9"),
        ("access", "step-free | no sign"),
        ("pay_amount", "0"),
    ]
    assert "It has “Print room 1”" in report.rows[1].problems[0].reason


def test_pathways_are_found_wherever_they_stand() -> None:
    OpportunityFactory.create(reference="O9")
    rows = [
        opportunity_row(1, leads_to="O3;O2;O9"),
        opportunity_row(2, leads_to="O1"),
        opportunity_row(3, leads_to="O2;O8;O4"),
        opportunity_row(4, kind="palace"),
    ]
    report = run(OpportunityResource, rows, publish=True)
    leads = {one.reference: [path.target.reference for path in one.leads_to.all()] for one in Opportunity.objects.all()}
    assert leads == {"O1": ["O3", "O2", "O9"], "O2": ["O1"], "O3": ["O2"], "O9": []}
    assert [row.line for row in report.rows] == sorted(row.line for row in report.rows)
    assert sorted(note[:16] for note in report.rows[2].notes) == ["leads_to: “O4”. ", "leads_to: “O8”. "]
    assert not Opportunity.objects.filter(has_unpublished_changes=True).exists()


@given(st.lists(st.tuples(st.integers(0, 6), st.lists(st.integers(0, 6), max_size=3)), max_size=8))
def test_rows_come_after_those_that_they_lead_to(graph: list[tuple[int, list[int]]]) -> None:
    rows = [TableRow(line, (str(name), ";".join(map(str, targets)))) for line, (name, targets) in enumerate(graph)]
    ordered = targets_first(rows, lambda row: row.cells[0], lambda row: row.cells[1].split(";"))
    assert sorted(row.line for row in ordered) == [row.line for row in rows]
    forward = all(all(target < name for target in targets) for name, targets in graph)
    if forward and len({name for name, _ in graph}) == len(graph):
        place = {row.cells[0]: n for n, row in enumerate(ordered)}
        for row in rows:
            assert all(place[one] < place[row.cells[0]] for one in row.cells[1].split(";") if one in place)


def test_doubles_are_flagged_and_not_doubled() -> None:
    run(OpportunityResource, [opportunity_row(1)])
    rows = [
        opportunity_row(2, title="SET, ink, pull 1"),
        opportunity_row(3),
        opportunity_row(3, title="Another"),
        opportunity_row(4, title="Set, ink, pull 3"),
        opportunity_row(5, title="Set, ink, pull 1", partner="P2", site=""),
        opportunity_row(6, reference="", title="Set, ink, pull 1", summary="Another sentence."),
    ]
    report = run(OpportunityResource, rows)
    assert outcomes(report) == ["duplicate", "new", "duplicate", "duplicate", "new", "duplicate"]
    assert Opportunity.objects.count() == 3
    assert "the reference O1" in report.rows[0].notes[0]
    assert "same reference" in report.rows[2].notes[0]
    assert "same title, partner and place" in report.rows[3].notes[0]


def test_a_change_by_hand_is_overwritten_only_by_a_draft() -> None:
    run(OpportunityResource, [opportunity_row()], publish=True)
    live = Opportunity.objects.get()
    live.title = "By hand"
    services.publish(live)
    assert outcomes(run(OpportunityResource, [opportunity_row()])) == ["changed"]
    assert Opportunity.objects.get().title == "By hand"
    assert Opportunity.objects.get().has_unpublished_changes


GARBAGE = st.fixed_dictionaries({name: st.text(max_size=20) for name in placement_row()})
BASES: Any = st.sampled_from([opportunity_row(), placement_row()])
BITS = st.sampled_from(
    ["yes", "no", "=1", "O1", "P1", "7-9", "0", "99999999999", "law", "|", "\n", ";", "é", "\x1f", "2026-02-30"]
)
SPOILT = st.builds(
    lambda base, name, text: base | {name: text},
    BASES,
    st.sampled_from(sorted(opportunity_row())),
    st.one_of(st.text(st.characters(codec="utf-8"), max_size=40), st.lists(BITS, max_size=5).map("".join)),
)


# All on SQLite, which is quicker; what reads rows knows no database, so a quarter on PostgreSQL.
@examples(40, 1000 if lacks_postgres() else 250)
@given(st.lists(st.one_of(GARBAGE, SPOILT), min_size=1, max_size=3), st.booleans())
def test_no_row_ever_raises_and_a_dry_run_foretells(rows: list[dict[str, str]], publish: bool) -> None:
    assume(any(cell.strip() for row in rows for cell in row.values()))
    try:
        dry = run(OpportunityResource, rows, dry_run=True, publish=publish)
    except RefusedFile:
        return  # the file as a whole
    with transaction.atomic():
        wet = run(OpportunityResource, rows, publish=publish)
        transaction.set_rollback(True)
    assert outcomes(dry) == outcomes(wet)
    assert not [one.reason for row in wet.rows for one in row.problems if "fault" in one.reason]
