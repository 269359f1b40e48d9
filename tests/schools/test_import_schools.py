"""Importing schools from the national register, the Family of Schools, and classes."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
import time_machine
from django.core.management import call_command
from wagtail.models import ModelLogEntry

from figures.academic_years import AcademicYear
from schools.models import Cohort, Group, School, TermPeriod
from schools.resources import FamilyResource, GroupResource, SchoolResource
from schools.services import set_term_periods
from taxonomy.resources import Report
from tests.factories import OfficerFactory, SchoolFactory
from tests.factories.tables import as_csv, everything, run

pytestmark = pytest.mark.django_db
YEAR = AcademicYear(2026)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-24T09:00:00Z", tick=False):
        yield


def school_row(urn: int = 900001, **cells: str) -> dict[str, str]:
    """A row of the register, with columns that are not kept."""
    return {
        "URN": str(urn),
        "LA (name)": "Tower Hamlets",
        "EstablishmentName": "St Orla’s Primary School",
        "TypeOfEstablishment (name)": "Voluntary aided school",
        "EstablishmentStatus (name)": "Open",
        "PhaseOfEducation (name)": "Primary",
        "StatutoryLowAge": "3",
        "StatutoryHighAge": "11",
        "Postcode": "e1 8zx",
        "PercentageFSM": "37.4",
        "SchoolWebsite": "www.storlas.example",
        "TelephoneNum": "2079460901",
    } | cells


def group_row(name: str = "4B", **cells: str) -> dict[str, str]:
    return {"URN": "900001", "year_group": "4", "roll": "60", "group": name, "group_roll": "30"} | cells


def outcomes(report: Report) -> list[str]:
    return [str(row.outcome) for row in report.rows]


def test_a_school_is_read_as_the_register_publishes_it() -> None:
    table = SchoolResource.read("edubase.csv", as_csv([school_row()], "cp1252"))
    assert table.encoding == "Windows-1252"
    assert outcomes(SchoolResource(user=OfficerFactory.create()).run(table)) == ["new"]
    school = School.objects.get()
    assert (school.name, school.kind, school.phase) == ("St Orla’s Primary School", "community", "primary")
    assert (school.postcode, school.outward_code_id) == ("E1 8ZX", "E1")
    assert (school.website, school.telephone) == ("https://www.storlas.example", "02079460901")
    assert (school.age_from, school.age_to, school.open, school.family_of_schools) == (3, 11, True, False)
    assert school.pupil_premium_share is None
    assert ModelLogEntry.objects.get(object_id=school.pk).action == "wagtail.create"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Community school", "community"),
        ("Foundation school", "community"),
        ("Academy sponsor led", "academy"),
        ("University technical college", "academy"),
        ("Free schools", "free"),
        ("Free schools 16 to 19", "college"),
        ("Academy 16-19 converter", "college"),
        ("Further education", "college"),
        ("Academy special converter", "special"),
        ("Other independent special school", "special"),
        ("Free schools special", "special"),
        ("Other independent school", "independent"),
        ("Pupil referral unit", "alternative"),
        ("Academy alternative provision converter", "alternative"),
    ],
)
def test_kinds_follow_from_the_types_of_the_register(words: str, kind: str) -> None:
    run(SchoolResource, [school_row(900001, **{"TypeOfEstablishment (name)": words})])
    assert School.objects.get().kind == kind


def test_bad_rows_are_reported_and_stop_nothing() -> None:
    rows = [
        school_row(1, Postcode="ZZ1 1ZZ"),
        school_row(2, **{"TypeOfEstablishment (name)": "Children's centre"}),
        school_row(3, **{"EstablishmentStatus (name)": "Closed"}),
        school_row(4, StatutoryLowAge="eleven"),
        school_row(5),
        school_row(5, EstablishmentName="Again"),
    ]
    report = run(SchoolResource, rows)
    assert outcomes(report) == ["refused", "refused", "refused", "refused", "new", "duplicate"]
    assert [one.column for row in report.rows for one in row.problems] == [
        "Postcode",
        "TypeOfEstablishment (name)",
        "EstablishmentStatus (name)",
        "StatutoryLowAge",
    ]


def test_a_school_that_closes_stays() -> None:
    run(SchoolResource, [school_row()])
    assert outcomes(run(SchoolResource, [school_row(900001, **{"EstablishmentStatus (name)": "Closed"})])) == [
        "changed"
    ]
    assert not School.objects.get().open


def test_the_family_gets_its_figures_with_source_and_date() -> None:
    SchoolFactory.create(urn=1)
    SchoolFactory.create(urn=2, kind="independent")
    other = SchoolFactory.create(urn=3)
    rows = [
        {
            "URN": "1",
            "pupil_premium_share": "38.0",
            "pupil_premium_source": "Allocations",
            "pupil_premium_date": "2026-06-17",
            "send_share": "19.4",
        },
        {"URN": "2", "send_share": "9.6"},
        {"URN": "2", "send_share": "9.7"},
        {"URN": "4"},
        {"URN": "3", "pupil_premium_share": "12"},
    ]
    report = run(FamilyResource, rows)
    assert outcomes(report) == ["changed", "changed", "duplicate", "refused", "refused"]
    school = School.objects.get(urn=1)
    assert (school.pupil_premium_share, str(school.pupil_premium_on)) == (Decimal("38.0"), "2026-06-17")
    assert school.family_of_schools
    other.refresh_from_db()
    assert not other.family_of_schools


def test_classes_are_kept_by_academic_year_and_never_overlap() -> None:
    SchoolFactory.create(urn=900001)
    rows = [
        group_row("4A"),
        group_row("4B", group_roll="31"),
        group_row("4C", roll="59", group_roll="1"),
        group_row("4B"),
        group_row("NA", year_group="-1", roll="26", group_roll="26"),
        group_row("RA", year_group="R", roll="30", group_roll="30"),
        group_row("", year_group="6", roll="58", group_roll=""),
        group_row("7A", year_group="14"),
        group_row("5A", year_group="5", group_roll=""),
        group_row("4D", group_roll="30"),
    ]
    report = run(GroupResource, rows, year=YEAR)
    assert outcomes(report) == [
        "new",
        "refused",
        "refused",
        "duplicate",
        "new",
        "new",
        "new",
        "refused",
        "refused",
        "new",
    ]
    assert {(group.cohort.year_group, group.name, group.roll) for group in Group.objects.all()} == {
        (4, "4A", 30),
        (4, "4D", 30),
        (-1, "NA", 26),
        (0, "RA", 30),
    }
    assert set(Cohort.objects.values_list("academic_year", "year_group", "roll")) == {
        (2026, 4, 60),
        (2026, -1, 26),
        (2026, 0, 30),
        (2026, 6, 58),
    }
    assert outcomes(run(GroupResource, [group_row("4A")], year=AcademicYear(2027))) == ["new"]


def test_the_same_files_again_change_nothing_and_dry_runs_write_nothing() -> None:
    family = [{"URN": "900001", "send_share": "19.4"}]
    groups = [group_row("4A"), group_row("4B"), group_row("", year_group="6", roll="58", group_roll="")]
    assert outcomes(run(SchoolResource, [school_row()])) == ["new"]
    before = everything()
    assert outcomes(run(FamilyResource, family, dry_run=True)) == ["changed"]
    assert outcomes(run(GroupResource, groups, year=YEAR, dry_run=True)) == ["new"] * 3
    assert everything() == before
    run(FamilyResource, family)
    run(GroupResource, groups, year=YEAR)
    before = everything()
    assert outcomes(run(SchoolResource, [school_row()])) == ["unchanged"]
    assert outcomes(run(FamilyResource, family)) == ["unchanged"]
    assert outcomes(run(GroupResource, groups, year=YEAR)) == ["unchanged"] * 3
    assert everything() == before


def test_rolls_change_with_the_next_census() -> None:
    SchoolFactory.create(urn=900001)
    run(GroupResource, [group_row("4A"), group_row("4B")], year=YEAR)
    report = run(
        GroupResource,
        [group_row("4A", roll="62", group_roll="31"), group_row("4B", roll="62", group_roll="31")],
        year=YEAR,
    )
    assert outcomes(report) == ["changed", "changed"]
    assert Cohort.objects.get().roll == 62
    assert [group.roll for group in Group.objects.order_by("name")] == [31, 31]


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    register, family, groups = tmp_path / "register.csv", tmp_path / "family.csv", tmp_path / "groups.csv"
    register.write_bytes(as_csv([school_row()], "cp1252"))
    family.write_bytes(as_csv([{"URN": "900001", "send_share": "19.4"}]))
    groups.write_bytes(as_csv([group_row()]))
    call_command("import_schools", register, family=family)
    call_command("import_groups", groups)
    call_command("import_groups", groups, year=2027)
    said = capsys.readouterr().out
    assert "register.csv: 1 rows, read as Windows-1252. 1 new." in said
    assert "family.csv: 1 rows, read as UTF-8. 1 changed." in said
    assert School.objects.get().family_of_schools
    assert set(Cohort.objects.values_list("academic_year", flat=True)) == {2026, 2027}


def test_term_dates_are_set_once() -> None:
    period = {"name": "Autumn", "starts": YEAR.starts, "ends": YEAR.starts.replace(month=12)}
    assert set_term_periods(YEAR, [TermPeriod(**period)])
    assert not set_term_periods(YEAR, [TermPeriod(**period)])
    assert set_term_periods(YEAR, [TermPeriod(**period | {"name": "Autumn term"})])
    assert [str(term) for term in TermPeriod.objects.all()] == ["Autumn term 2026/27"]
