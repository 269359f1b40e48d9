"""Single cells: what people type, and what they are told when it cannot be read."""

import copy
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opportunities.resources import OpportunityResource, SessionResource
from partners.resources import PartnerResource
from schools.resources import FamilyResource, GroupResource, SchoolResource
from taxonomy.models import FusionSkill, Sector
from taxonomy.resources import (
    CellError,
    DateCell,
    EmailCell,
    MomentCell,
    MoneyCell,
    NumberCell,
    PhoneCell,
    RangeCell,
    TermCell,
    TermsCell,
    TextCell,
    WebsiteCell,
    YesNoCell,
)
from taxonomy.resources.cells import Cell
from tests.numbers import examples

YEARS = RangeCell(-1, 13, names={"n": -1, "r": 0, "nursery": -1, "reception": 0}, open_end=False)
AGES = RangeCell(0, 120)

READ: list[tuple[Cell, str, Any]] = [
    (TextCell(20), "  Print\u00a0 room\t1 ", "Print room 1"),
    (TextCell(lines=True), "One\r\n\r\n\r\n\r\nTwo", "One\n\nTwo"),
    (TextCell(20), "", ""),
    (PhoneCell(), "+44 20 7946 0112", "+44 20 7946 0112"),
    (PhoneCell(), "(020) 7946-0112 ext 5", "(020) 7946-0112 ext 5"),
    (EmailCell(), "Ada@Example.ORG", "ada@example.org"),
    (WebsiteCell(), "www.example.org", "https://www.example.org"),
    (YesNoCell(), "Yes", True),
    (YesNoCell(), "", None),
    (YesNoCell(empty=True), "", True),
    (DateCell(), "2026-12-08", date(2026, 12, 8)),
    (DateCell(), "08/12/2026", date(2026, 12, 8)),
    (MomentCell(), "2026-12-08 10:00", datetime(2026, 12, 8, 10, tzinfo=UTC)),
    (MomentCell(), "08/06/2027 10:00", datetime(2027, 6, 8, 9, tzinfo=UTC)),
    (NumberCell(0, 60, places=1), "7.5", Decimal("7.5")),
    (NumberCell(0, 1_000_000), "23,400", 23400),
    (MoneyCell(), "£4.00", Decimal("4.00")),
    (YEARS, "7-9", (7, 9)),
    (YEARS, "N–2", (-1, 2)),
    (YEARS, "Year 7 to Year 9", (7, 9)),
    (YEARS, "R", (0, 0)),
    (AGES, "18-", (18, None)),
    (AGES, "", (None, None)),
    (RangeCell(1, 500, single="upper"), "30", (None, 30)),
]

REFUSED: list[tuple[Cell, str, str]] = [
    (TextCell(5), "Too long", "8 characters"),
    (TextCell(required=True), "  ", "Fill this in"),
    (TextCell(), "=cmd|' /C calc'!A0", "formula"),
    (TextCell(), "@SUM(1)", "formula"),
    (TextCell(), "+44 20 7946 0112", "formula"),
    (TextCell(), "-2+3", "formula"),
    (TextCell(), "\t=1+1", "formula"),
    (TextCell(), "＝1+1", "formula"),
    (TextCell(), "#REF!", "error"),
    (TextCell(), "Bell\x07", "cannot be read"),
    (PhoneCell(), "=1+1", "telephone"),
    (PhoneCell(), "ring me", "telephone"),
    (EmailCell(), "ada at example", "e-mail"),
    (WebsiteCell(), "javascript:alert(1)", "web page"),
    (WebsiteCell(), "https://[", "web page"),
    (YesNoCell(), "perhaps", "yes or no"),
    (DateCell(), "12/25/2026", "08/12/2026"),
    (DateCell(), "8 Dec", "2026-12-08"),
    (DateCell(), "0001-01-01", "2026-12-08"),
    (MomentCell(), "2027-03-28 01:30", "clocks go forward"),
    (MomentCell(), "2026-12-08", "10:00"),
    (NumberCell(0, 60), "61", "from 0 to 60"),
    (NumberCell(0, 60), "1.5", "whole number"),
    (NumberCell(0, 60), "NaN", "from 0 to 60"),
    (MoneyCell(), "4.005", "2 decimal places"),
    (YEARS, "9-7", "Swap"),
    (YEARS, "7-", "two numbers"),
    (YEARS, "14", "13"),
    (YEARS, "2026-09-07", "made a date of it"),
    (YEARS, "07-Sep", "made a date of it"),
]


@pytest.mark.engine_only
@pytest.mark.parametrize(("cell", "text", "value"), READ)
def test_a_cell_is_read(cell: Cell, text: str, value: object) -> None:
    assert cell.clean(text) == value


@pytest.mark.engine_only
@pytest.mark.parametrize(("cell", "text", "reason"), REFUSED)
def test_a_cell_is_refused_with_what_to_do(cell: Cell, text: str, reason: str) -> None:
    with pytest.raises(CellError, match=reason):
        cell.clean(text)


@pytest.mark.django_db
def test_terms_are_found_by_slug_or_name_and_never_added() -> None:
    cell = TermsCell(Sector)
    assert cell.clean("Law; creative-design\nlaw") == ("creative-design", "law")
    before = Sector.objects.count()
    with pytest.raises(CellError, match=r"no sector of this name. Did you mean “creative design”"):
        cell.clean("creative desing")
    assert Sector.objects.count() == before


@pytest.mark.django_db
def test_a_retired_term_cannot_be_chosen() -> None:
    FusionSkill.objects.filter(slug="creativity").update(active=False)
    with pytest.raises(CellError, match="retired"):
        TermCell(FusionSkill).clean("Creativity")


@pytest.mark.django_db
def test_every_problem_of_a_cell_is_named() -> None:
    with pytest.raises(CellError) as caught:
        TermsCell(Sector).clean("law; alchemy; astrology")
    assert [value for value, _ in caught.value.problems] == ["alchemy", "astrology"]


ALL = (PartnerResource, OpportunityResource, SessionResource, SchoolResource, FamilyResource, GroupResource)
# Copies, as each import has them: cells remember the terms that they have read.
CELLS = [
    (f"{resource.noun}.{name}", copy.deepcopy(column.widget))
    for resource in ALL
    for name, column in resource.fields.items()
]
BITS = st.sampled_from(
    ["|", "\n", ";", "-", "+", "=", ",", "7", "0", ".", "e", "{", " ", "law", "2026-01-01", "yes", "\x00", "🎭"]
)
TYPED = st.one_of(st.text(max_size=60), st.lists(BITS, max_size=14).map("".join))


def reasons_against(cell: Cell, text: str) -> list[str]:
    """Why the text is refused; nothing if it is read."""
    try:
        cell.clean(text)
    except CellError as error:
        return [reason for _, reason in error.problems]
    return []


@pytest.mark.django_db
@pytest.mark.prove
@pytest.mark.parametrize(("name", "cell"), CELLS, ids=[name for name, _ in CELLS])
def test_whatever_is_typed_is_read_or_refused(name: str, cell: Cell) -> None:
    @examples(15, 300)
    @given(TYPED)
    def holds(text: str) -> None:
        assert all(reason.endswith((".", "?")) for reason in reasons_against(cell, text))

    holds()
