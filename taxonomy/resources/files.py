"""From the bytes of a file to a table, or to the reason why it is refused.

Nothing in a file is trusted: neither its name, nor its size, nor what it says of itself.
"""

import csv
import io
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from .limits import MAX_BYTES, MAX_CELL, MAX_COLUMNS, MAX_ROWS, RefusedFile, Row, Rows
from .workbooks import read_workbook

NAMED = 12  # columns that a note names at most
DELIMITERS = (",", ";", "\t")
# Of the characters of a text file, this share may be ones that no keyboard types.
CONTROL_SHARE = 0.01

# How other kinds of file begin, and what to say of them.
KINDS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old or password-protected Excel file"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"Rar!", "a compressed archive"),
    (b"7z\xbc\xaf", "a compressed archive"),
    (b"{\\rtf", "a text document"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
)
WIDE = (b"\xff\xfe", b"\xfe\xff")
MARKUP = ("<!doctype", "<html", "<?xml", "<svg", "<script")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: the line on which it begins, its cells in the order of the columns, and why it cannot be read, if so."""

    line: int
    cells: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A file as it was read."""

    name: str
    encoding: str
    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = field(default=())


def column_name(text: str) -> str:
    """How a column is called here: `Public e-mail ` is read as `public_e-mail`."""
    return unicodedata.normalize("NFKC", text).strip().strip("\ufeff").lower().replace(" ", "_")


def read_table(name: str, data: bytes, known: Collection[str], needed: Collection[str] = ()) -> Table:
    """Reads a CSV or XLSX file.

    `known` are the columns that mean something, `needed` those without which no row makes sense.
    Raises RefusedFile for anything that is not such a table.
    """
    if not data.strip():
        raise RefusedFile("The file is empty.")
    if len(data) > MAX_BYTES:
        raise RefusedFile(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. Split it into smaller ones.")
    if data.startswith(b"PK"):
        rows, notes = read_workbook(data)
        encoding = "Excel workbook"
    else:
        text, encoding, notes = decode(data)
        rows = _csv_rows(text, known)
    return _table(Path(name).name[:200], encoding, rows, notes, known, needed)


def decode(data: bytes) -> tuple[str, str, list[str]]:
    """The text of a CSV file, the name of its encoding, and what to look at. Raises RefusedFile if it is not text."""
    for start, kind in KINDS:
        if data.startswith(start):
            raise RefusedFile(f"This is {kind}. Save the table as CSV or as an Excel workbook (.xlsx) and choose that.")
    if data.startswith(WIDE):
        raise RefusedFile("This is saved as UTF-16 text. In Excel, save it as “CSV UTF-8” and choose that.")
    if b"\x00" in data:
        raise RefusedFile(
            "This is not a text file. Save the table as CSV or as an Excel workbook (.xlsx) and choose that."
        )
    notes: list[str] = []
    try:
        text, encoding = (
            data.decode("utf-8-sig"),
            "UTF-8 with a byte order mark" if data.startswith(b"\xef\xbb\xbf") else "UTF-8",
        )
    except UnicodeDecodeError:
        try:
            text, encoding = data.decode("cp1252"), "Windows-1252"
        except UnicodeDecodeError:
            raise RefusedFile(
                "The letters in this file cannot be read: it is neither UTF-8 nor Windows-1252. In Excel, save it as “CSV UTF-8”."
            ) from None
        notes.append("It was read as Windows-1252. Check that accents, dashes and pound signs look right.")
    if text.lstrip().lower().startswith(MARKUP):
        raise RefusedFile(
            "This is a web page or an XML file, not a table. Save the table as CSV or .xlsx and choose that."
        )
    controls = sum(1 for letter in text if unicodedata.category(letter) == "Cc" and letter not in "\t\r\n")
    if controls > CONTROL_SHARE * len(text):
        raise RefusedFile(
            "This is not a text file. Save the table as CSV or as an Excel workbook (.xlsx) and choose that."
        )
    return text, encoding, notes


def _delimiter(text: str, known: Collection[str]) -> str:
    """The one that finds most of the known columns in the first row: spreadsheets in other countries write semicolons."""

    def hits(delimiter: str) -> int:
        try:
            header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        except csv.Error:
            return 0
        return sum(1 for cell in header if column_name(cell) in known)

    return max(DELIMITERS, key=hits)


def _csv_rows(text: str, known: Collection[str]) -> Rows:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, known), strict=True)
    begins = 1
    while True:
        try:
            row = next(reader, None)
        except csv.Error as error:
            raise RefusedFile(f"From line {begins} on the file cannot be read: {_csv_reason(error)}") from error
        if row is None:
            return
        yield begins, row
        begins = reader.line_num + 1


def _csv_reason(error: csv.Error) -> str:
    words = str(error)
    if "field larger" in words:
        return "a cell is far too long. Perhaps a quotation mark is opened there and never closed."
    if "unexpected end" in words:
        return "a quotation mark is opened there and never closed."
    return "a quotation mark stands in the middle of a cell. Write it twice, and put the cell in quotation marks."


def _table(
    name: str, encoding: str, rows: Rows, notes: list[str], known: Collection[str], needed: Collection[str]
) -> Table:
    header_line, header = next(((line, row) for line, row in rows if any(cell.strip() for cell in row)), (0, []))
    columns = [column_name(cell) for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    _check_columns(columns, known, needed)
    strange = [column for column in columns if column not in known]
    if strange:
        others = f" and {len(strange) - NAMED} more" if len(strange) > NAMED else ""
        notes.append(f"These columns mean nothing here and were left out: {', '.join(strange[:NAMED])}{others}.")
    places = [place for place, column in enumerate(columns) if column in known]
    found: list[TableRow] = []
    for line, row in rows:
        if not any(cell.strip() for cell in row):
            continue
        if len(found) == MAX_ROWS:
            raise RefusedFile(f"The file has more than {MAX_ROWS:,} rows. Split it into smaller ones.")
        cells = tuple(row[place][:MAX_CELL] if place < len(row) else "" for place in places)
        found.append(TableRow(line, cells, _row_problem(row, len(columns))))
    if not found:
        raise RefusedFile(f"The file has columns but no rows under line {header_line}.")
    return Table(name, encoding, tuple(columns[place] for place in places), tuple(found), tuple(notes))


def _row_problem(row: Row, width: int) -> str:
    if any(cell.strip() for cell in row[width:]):
        return "There are more cells than columns. Check the commas and quotation marks."
    if any(len(cell) > MAX_CELL for cell in row):
        return f"A cell has more than {MAX_CELL:,} characters. Shorten it."
    return ""


def _check_columns(columns: list[str], known: Collection[str], needed: Collection[str]) -> None:
    if len(columns) > MAX_COLUMNS:
        raise RefusedFile(f"The file has more than {MAX_COLUMNS} columns.")
    if not any(column in known for column in columns):
        raise RefusedFile("The first row does not hold the names of the columns. Start from the template.")
    twice = sorted({column for column in columns if column in known and columns.count(column) > 1})
    if twice:
        raise RefusedFile(f"These columns stand there twice: {', '.join(twice)}. Delete one of each.")
    missing = [column for column in needed if column not in columns]
    if missing:
        raise RefusedFile(f"These columns are missing: {', '.join(missing)}. Start from the template.")
