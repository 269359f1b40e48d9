"""Empty tables to start from: the names of the columns, and in a workbook what each of them means."""

import csv
import io
from typing import Any

import xlsxwriter

from taxonomy.resources import TableResource

WIDE, NARROW = 60, 18
LONG_COLUMN = 60  # characters: columns explained at more length hold more, too
ROWS = 2_000


def csv_template(resource_class: type[TableResource[Any, Any]]) -> bytes:
    """The first row of a CSV file, with a byte order mark so that Excel reads it as UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([column.heading for column in resource_class.fields.values()])
    return ("\ufeff" + out.getvalue()).encode()


def workbook_template(resource_class: type[TableResource[Any, Any]]) -> bytes:
    """A workbook whose cells are text, so that a spreadsheet makes no dates of years like 7-9."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        bold = book.add_format({"bold": True, "num_format": "@"})
        rows, meaning = book.add_worksheet("Rows"), book.add_worksheet("What the columns mean")
        rows.freeze_panes(1, 0)
        meaning.set_column(0, 0, NARROW, text)
        meaning.set_column(1, 1, NARROW, text)
        meaning.set_column(2, 2, WIDE * 2, text)
        for place, words in enumerate(("Column", "Needed", "What to write")):
            meaning.write_string(0, place, words, bold)
        for place, column in enumerate(resource_class.fields.values()):
            rows.set_column(place, place, WIDE if len(column.explained) > LONG_COLUMN else NARROW, text)
            rows.write_string(0, place, column.heading, bold)
            meaning.write_string(place + 1, 0, column.heading, text)
            meaning.write_string(place + 1, 1, "yes" if column.required else "", text)
            meaning.write_string(place + 1, 2, column.explained, text)
    return out.getvalue()
