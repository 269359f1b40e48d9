"""Text that a spreadsheet would run: marked in every export of the CMS, and taken back unchanged by an import."""

import csv
import io
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from opportunities.models import Opportunity
from opportunities.resources import OpportunityResource
from partners.models import Partner
from partners.resources import PartnerResource
from taxonomy.resources import CellError, NumberCell, PhoneCell, TextCell
from taxonomy.resources.cells import tidy
from taxonomy.resources.formulas import marked, unmarked
from taxonomy.resources.report import Outcome
from tests.cms import Desk
from tests.factories import OfficerFactory, OpportunityFactory, PartnerFactory
from tests.numbers import examples

PARTNERS, OPPORTUNITIES = "/admin/snippets/partners/partner/", "/admin/snippets/opportunities/opportunity/"
LINK = '=HYPERLINK("https://example.org","Click")'
RISKY = [LINK, "+1", "-1", "@SUM(1)", "\t=1", "\rcmd", "\n=1", "＝1", " =1", "\u200b=1", "'=1", "''-1", "'\t1"]
PLAIN = ["", "Foundry", "1 = 1", "'Twas", "O'Neill", "£4", "(020) 7946", "Name – and dash", "''"]


@pytest.fixture
def desk() -> Desk:
    return Desk(OfficerFactory.create())


def rows_of(desk: Desk, address: str, kind: str) -> list[list[Any]]:
    """The rows of an export, the first with its headings; empty cells of a workbook are None."""
    found = desk.exported(f"{address}?export={kind}")
    if kind == "csv":
        return list(csv.reader(io.StringIO(found.decode(), newline="")))
    sheet = load_workbook(BytesIO(found)).active
    assert sheet is not None
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.engine_only
class TestMarks:
    """What is marked, and what it is without the mark."""

    @pytest.mark.parametrize("text", RISKY)
    def test_what_would_be_run_is_marked_once(self, text: str) -> None:
        assert marked(text) == f"'{text}"
        assert unmarked(marked(text)) == (text, True)

    @pytest.mark.parametrize("text", PLAIN)
    def test_other_text_stays(self, text: str) -> None:
        assert marked(text) == text
        assert unmarked(text) == (text, False)

    @given(st.text(st.sampled_from("'=-+@\t\r\n \u200b\u0338＝ax") | st.characters(codec="utf-8")))
    @examples(100, 5000)
    def test_any_text_comes_back_as_it_was(self, text: str) -> None:
        assert unmarked(marked(text))[0] == text
        try:
            typed = " ".join(tidy(text).split())
        except CellError:
            return
        assert TextCell().clean(marked(text)) == typed

    def test_a_mark_lets_text_through_and_nothing_else(self) -> None:
        assert TextCell().clean(f"'{LINK}") == LINK
        assert PhoneCell().clean("'+44 20 7946 0112") == "+44 20 7946 0112"
        with pytest.raises(CellError, match="formula"):
            TextCell().clean(LINK)
        with pytest.raises(CellError, match="from 1 to 9"):
            NumberCell(1, 9).clean("'-5")


@pytest.mark.django_db
class TestExports:
    """Files that officers open in a spreadsheet."""

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_what_partners_wrote_is_text_and_numbers_are_numbers(self, desk: Desk, kind: str) -> None:
        partner = PartnerFactory.create(name="@Foundry")
        OpportunityFactory.create(
            title=LINK, summary="-1 degree", offered_by=partner, cost="paid", cost_amount=Decimal("4.50"), year_from=-1
        )
        headings, row = rows_of(desk, OPPORTUNITIES, kind)
        found = dict(zip(headings, row, strict=True))
        assert (found["Title"], found["Summary"]) == (f"'{LINK}", "'-1 degree")
        assert found["Partner"] == "'@Foundry"
        assert (found["Amount"], found["From year"]) == (("4.50", "-1") if kind == "csv" else (4.5, -1))

    def test_no_cell_of_any_list_would_be_run(self, desk: Desk) -> None:
        """Wagtail's own report on who did what names partners too."""
        partner = PartnerFactory.create(name=LINK)
        form = desk.form(Partner, partner)
        desk.send(form)
        for address in (PARTNERS, "/admin/reports/site-history/"):
            cells = [cell for row in rows_of(desk, address, "csv") for cell in row]
            assert f"'{LINK}" in cells
            assert not [cell for cell in cells if cell.startswith("=")]

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_an_exported_list_of_partners_is_taken_back_unchanged(self, desk: Desk, kind: str) -> None:
        PartnerFactory.create(
            reference="P1",
            name=LINK,
            summary="'-30-' is how we end",
            email="a@example.org",
            telephone="+44 20 7946 0112",
        )
        data = desk.exported(f"{PARTNERS}?export={kind}")
        report = PartnerResource().run(PartnerResource.read(f"partners.{kind}", data))
        assert [(row.outcome, row.problems) for row in report.rows] == [(Outcome.UNCHANGED, [])]
        assert not [note for note in report.notes if "phone" in note]

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_an_exported_list_of_opportunities_is_taken_back_unchanged(self, desk: Desk, kind: str) -> None:
        partner = PartnerFactory.create(name="@Foundry")
        OpportunityFactory.create(reference="O1", title=LINK, description="+ tea\n\n- cake", offered_by=partner)
        data = desk.exported(f"{OPPORTUNITIES}?export={kind}")
        report = OpportunityResource().run(OpportunityResource.read(f"opportunities.{kind}", data))
        assert [(row.outcome, row.problems) for row in report.rows] == [(Outcome.UNCHANGED, [])]
        assert Opportunity.objects.get().title == LINK
