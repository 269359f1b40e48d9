"""Reading the first sheet of an Excel workbook, without trusting what it says of its own size."""

import io
import logging
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.formula import ArrayFormula, DataTableFormula

from .limits import MAX_COLUMNS, MAX_ROWS, RefusedFile, Row, Rows

MAX_PARTS = 1_000
MAX_UNPACKED = 60 * 1024 * 1024  # bytes
MOST_LINES = 3 * MAX_ROWS  # empty ones included: a single cell at the foot of a sheet stands for a million
DAMAGED = "This Excel workbook is damaged. Open it in Excel, save it again, and choose the new file."

logger = logging.getLogger(__name__)


def read_workbook(data: bytes) -> tuple[Rows, list[str]]:
    """The rows of the first sheet with their numbers, and what to look at. Raises RefusedFile.

    Formulas come as their text, beginning with `=`, so that the cell which holds one is reported.
    """
    _check_archive(data)
    try:
        # Without its links to other workbooks, and read row by row.
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheets = book.worksheets
    except Exception as error:
        logger.info("A workbook could not be opened", exc_info=True)
        raise RefusedFile(DAMAGED) from error
    if not sheets:
        raise RefusedFile("This Excel workbook has no sheet.")
    notes = [f"Only the first sheet, “{sheets[0].title}”, was read."] if len(sheets) > 1 else []
    return _rows(sheets[0]), notes


def _check_archive(data: bytes) -> None:
    """Raises RefusedFile for an archive that is no workbook, or that unpacks to more than it should."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        raise RefusedFile(DAMAGED) from error
    names = {part.filename for part in parts}
    # No more than the declared size of a part is ever unpacked, so that the sum bounds what reading takes.
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise RefusedFile(
            f"This file unpacks to more than {MAX_UNPACKED // 1024 // 1024} MB. Copy the table alone into a new workbook, or split it."
        )
    if "xl/workbook.xml" not in names:
        raise RefusedFile(
            "This is an archive or another kind of document. Save the table as CSV or .xlsx and choose that."
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedFile("This Excel workbook holds macros. Save it as an ordinary workbook (.xlsx) and choose that.")
    if any(part.flag_bits & 0x1 for part in parts):
        raise RefusedFile("This Excel workbook has a password. Save it without one.")


def _rows(sheet: Any) -> Iterator[tuple[int, Row]]:
    try:
        # What the sheet says of its own size may be a million rows too many.
        sheet.reset_dimensions()
        number = 0
        for number, row in enumerate(sheet.iter_rows(max_row=MOST_LINES + 1, max_col=MAX_COLUMNS + 1), 1):
            yield number, [_text(cell.value) for cell in row]
    except Exception as error:
        logger.info("A workbook could not be read", exc_info=True)
        raise RefusedFile(DAMAGED) from error
    if number > MOST_LINES:
        raise RefusedFile(f"The sheet goes on for more than {MOST_LINES:,} lines. Delete the empty ones, or split it.")


def _text(value: object) -> str:
    """A cell as it would be typed into a CSV file."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time.min else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, float | Decimal):
        # 0.1 + 0.2 is not 0.3 in a spreadsheet either.
        return f"{value:.10f}".rstrip("0").rstrip(".")
    if isinstance(value, ArrayFormula | DataTableFormula):
        return f"={getattr(value, 'text', '') or ''}"
    return str(value)
