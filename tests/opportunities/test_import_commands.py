"""The import commands, and the page that documents them."""

import re
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from opportunities.importing.services import RESOURCES
from opportunities.models import Opportunity, Session
from partners.models import Partner
from taxonomy.resources.explaining import explain
from tests.factories import OfficerFactory, UserFactory
from tests.factories.tables import as_csv, as_workbook, everything, opportunity_row, partner_row, session_row

pytestmark = pytest.mark.django_db
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "import.md"


def write(folder: Path, data: bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_three_commands_bring_in_a_whole_directory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    officer = OfficerFactory.create()
    call_command("import_partners", write(tmp_path, as_csv([partner_row()])), publish=True, user=officer.email.upper())
    call_command("import_opportunities", write(tmp_path, as_workbook([opportunity_row()]), "list.xlsx"), publish=True)
    call_command("import_sessions", write(tmp_path, as_csv([session_row()])))
    said = capsys.readouterr().out
    assert said.count("1 new.") == 3
    assert "read as Excel workbook" in said
    assert Partner.objects.get().live
    assert Session.objects.get().opportunity == Opportunity.objects.get(live=True)


def test_without_publish_there_are_drafts(tmp_path: Path) -> None:
    call_command("import_partners", write(tmp_path, as_csv([partner_row()])))
    assert not Partner.objects.get().live


def test_a_dry_run_says_so_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = everything()
    call_command(
        "import_partners",
        write(tmp_path, as_csv([partner_row(), partner_row(2, kind="palace")], "cp1252")),
        dry_run=True,
    )
    said = capsys.readouterr().out
    assert everything() == before
    assert "1 new, 1 not imported. This was a dry run: nothing was written." in said
    assert "Line 5, P2 Print room 2: not imported\n    kind: “palace”. Type one of: cultural," in said


def test_a_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"list.csv was refused. This is a PDF"):
        call_command("import_partners", write(tmp_path, b"%PDF-1.7"))
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("import_partners", tmp_path / "none.csv")
    large = write(tmp_path, b"")
    with large.open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    with pytest.raises(CommandError, match="larger than 20 MB"):
        call_command("import_partners", large)


def test_who_imports_must_exist_and_may_publish_only_with_the_right(tmp_path: Path) -> None:
    path = write(tmp_path, as_csv([partner_row()]))
    with pytest.raises(CommandError, match="no active user"):
        call_command("import_partners", path, user="nobody@example.org")
    somebody = UserFactory.create()
    with pytest.raises(CommandError, match="may not publish"):
        call_command("import_partners", path, user=somebody.email, publish=True)
    assert not Partner.objects.exists()
    call_command("import_partners", path, user=somebody.email)
    assert Partner.objects.exists()


def test_every_column_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    for table, resource in RESOURCES.items():
        call_command("explain_columns", table)
        assert capsys.readouterr().out.strip() == explain(resource)
        assert explain(resource) in written, f"Put what `manage.py explain_columns {table}` prints into docs/import.md."


def test_the_document_names_the_commands_and_options_that_there_are() -> None:
    written = DOCUMENT.read_text(encoding="utf-8")
    folders = Path(__file__).resolve().parents[2].glob("*/management/commands/import_*.py")
    assert set(re.findall(r"import_[a-z]+(?= FILE)", written)) == {path.stem for path in folders}
