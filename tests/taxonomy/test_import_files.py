"""Files as others send them: read in whatever encoding, or refused with a reason, and never an exception."""

import io
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomy.resources import RefusedFile, Table, read_table
from taxonomy.resources.limits import MAX_BYTES, MAX_CELL, MAX_ROWS
from taxonomy.resources.workbooks import MAX_UNPACKED
from tests.factories.tables import as_csv, as_workbook
from tests.numbers import examples

pytestmark = pytest.mark.engine_only

KNOWN = ("name", "summary", "phone")
ROWS = [{"name": "Café Éclair – “no” £5", "summary": "Two\nlines", "phone": "+44 20 7946 0112"}]


def read(data: bytes, name: str = "table.csv") -> Table:
    return read_table(name, data, KNOWN, ["name"])


def cells(table: Table) -> list[tuple[str, ...]]:
    return [row.cells for row in table.rows]


@pytest.mark.parametrize(
    ("encoding", "named"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8 with a byte order mark"), ("cp1252", "Windows-1252")],
)
def test_each_encoding_gives_the_same_table_and_is_named(encoding: str, named: str) -> None:
    table = read(as_csv(ROWS, encoding))
    assert cells(table) == [tuple(ROWS[0].values())]
    assert table.encoding == named
    assert bool(table.notes) == (named == "Windows-1252")


def test_a_workbook_gives_the_same_table() -> None:
    assert cells(read(as_workbook(ROWS))) == [tuple(ROWS[0].values())]


def test_lines_are_those_on_which_rows_begin() -> None:
    table = read(as_csv([*ROWS, {"name": "Second", "summary": "", "phone": ""}]))
    assert [row.line for row in table.rows] == [2, 4]


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_other_delimiters_are_found(delimiter: str) -> None:
    text = f"Name{delimiter}Summary\n Print room {delimiter}A, b\n"
    table = read(text.encode())
    assert table.columns == ("name", "summary")
    assert cells(table) == [(" Print room ", "A, b")]


def test_strange_columns_are_named_and_left_out() -> None:
    table = read(b"name,colour,summary\nA,red,B\n")
    assert cells(table) == [("A", "B")]
    assert "colour" in table.notes[0]


def test_a_row_with_too_many_cells_is_kept_as_a_problem() -> None:
    table = read(b"name,summary\nA,B\nC,D,E\nF,G,,\n")
    assert [bool(row.problem) for row in table.rows] == [False, True, False]


def test_a_cell_too_long_is_kept_as_a_problem() -> None:
    assert read(b"name\n" + b"x" * (MAX_CELL + 1) + b"\n").rows[0].problem


def archive(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def bomb() -> bytes:
    """A workbook of a few kilobytes whose sheet unpacks to more than is allowed."""
    out = io.BytesIO(as_workbook(ROWS))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/worksheets/sheet2.xml", b" " * (MAX_UNPACKED + 1))
    return out.getvalue()


def entities() -> bytes:
    """A workbook whose sheet defines entities that would grow without end."""
    source = zipfile.ZipFile(io.BytesIO(as_workbook(ROWS)))
    parts = {part: source.read(part) for part in source.namelist()}
    grown = b"".join(b'<!ENTITY e%d "%s">' % (n, b"&e%d;" % (n - 1) * 20 if n else b"x" * 20) for n in range(20))
    head, _, rest = parts["xl/sharedStrings.xml"].partition(b"?>")
    parts["xl/sharedStrings.xml"] = head + b"?><!DOCTYPE sst [" + grown + b"]>" + rest.replace(b"Two", b"&e19;")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for part, data in parts.items():
            made.writestr(part, data)
    return out.getvalue()


def far_cell() -> bytes:
    """A workbook with one cell at the foot of the sheet."""
    source = zipfile.ZipFile(io.BytesIO(as_workbook(ROWS)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for part in source.namelist():
            data = source.read(part)
            if part.endswith("sheet1.xml"):
                data = data.replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>')
            made.writestr(part, data)
    return out.getvalue()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "empty"),
    "only spaces": (lambda: b" \r\n \n", "empty"),
    "too large": (lambda: b"name\n" + b"x" * MAX_BYTES, "larger than 20 MB"),
    "100 MB": (lambda: b"name\n" + b"x\n" * 50 * 1024 * 1024, "larger than 20 MB"),
    "zip bomb": (bomb, "unpacks to more than"),
    "entities": (entities, "damaged"),
    "far cell": (far_cell, "goes on for more than"),
    "binary": (lambda: bytes(range(256)) * 40, "not a text file"),
    "control characters": (lambda: b"name\n" + bytes([1, 2, 3, 4, 5]) * 100, "not a text file"),
    "neither encoding": (lambda: b"name\nCaf\x81\x8d\n", "neither UTF-8 nor Windows-1252"),
    "UTF-16": (lambda: as_csv(ROWS, "utf-16"), "UTF-16"),
    "PDF": (lambda: b"%PDF-1.7 ...", "a PDF"),
    "picture": (lambda: b"\x89PNG\r\n\x1a\n", "a picture"),
    "old Excel": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old or password-protected Excel"),
    "web page": (lambda: b"<!DOCTYPE html><html><body>name,summary</body></html>", "web page"),
    "archive": (lambda: archive(**{"a.csv": b"name\nA\n"}), "an archive or another kind of document"),
    "Word": (lambda: archive(word__document=b"x"), "another kind of document"),
    "macros": (lambda: archive(**{"xl/workbook.xml": b"x", "xl/vbaProject.bin": b"x"}), "macros"),
    "half a workbook": (lambda: as_workbook(ROWS)[:900], "damaged"),
    "workbook of nothing": (lambda: archive(**{"xl/workbook.xml": b"<x/>"}), "damaged"),
    "other columns": (lambda: b"a,b\n1,2\n", "names of the columns"),
    "no names": (lambda: b"Print room,A shop\n", "names of the columns"),
    "twice": (lambda: b"name,name\nA,B\n", "twice"),
    "missing": (lambda: b"summary\nA\n", "missing: name"),
    "no rows": (lambda: b"name,summary\n", "no rows"),
    "open quotation": (lambda: b'name,summary\n"A,B\nC,D\n', "never closed"),
    "quotation in a cell": (lambda: b'name,summary\n"A"b,C\n', "quotation mark"),
    "too many rows": (lambda: b"name\n" + b"A\n" * (MAX_ROWS + 1), "rows"),
    "too many columns": (lambda: b",".join([b"name", *(b"c%d" % n for n in range(300))]) + b"\nA\n", "columns"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_with_a_reason(kind: str) -> None:
    make, reason = HOSTILE[kind]
    with pytest.raises(RefusedFile, match=reason):
        read(make())


def reason_against(data: bytes) -> str:
    """Why the file is refused; a full stop if it is read."""
    try:
        read(data)
    except RefusedFile as error:
        return str(error)
    return "."


@examples(100, 2000)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert reason_against(data).endswith(".")


@examples(60, 1000)
@given(st.binary(max_size=60), st.integers(0, 4000))
def test_a_spoilt_workbook_is_read_or_refused(noise: bytes, at: int) -> None:
    whole = as_workbook(ROWS)
    at %= len(whole)
    assert reason_against(whole[:at] + noise + whole[at + len(noise) :]).endswith(".")
