"""Empty tables to start from: the names of the columns, and in a workbook what each of them means."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from taxonomy.resources import ChoiceCell, TableResource, YesNoCell

WIDE, NARROW = 60, 18
LONGEST_LIST = 255  # characters of a list to choose from that a workbook can hold in a cell's rule
LONG_COLUMN = 60  # characters: columns explained at more length hold more, too
ROWS = 2_000


class Choice(NamedTuple):
    """What may stand in a cell, and what it means."""

    value: str
    words: str


def csv_template(resource_class: type[TableResource[Any, Any]]) -> bytes:
    """The first row of a CSV file, with a byte order mark so that Excel reads it as UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([column.heading for column in resource_class.fields.values()])
    return ("\ufeff" + out.getvalue()).encode()


def workbook_template(
    resource_class: type[TableResource[Any, Any]], choices: Mapping[str, Sequence[Choice]] | None = None
) -> bytes:
    """A workbook whose cells are text, so that a spreadsheet makes no dates of years like 7-9.

    `choices` are, by heading, what may stand in a column: they get a sheet, and a list to choose from where one of
    them alone fills the cell.
    """
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
        if choices:
            _write_choices(book, rows, resource_class, choices)
    return out.getvalue()


def _write_choices(
    book: xlsxwriter.Workbook,
    rows: Worksheet,
    resource_class: type[TableResource[Any, Any]],
    choices: Mapping[str, Sequence[Choice]],
) -> None:
    """A sheet of what may stand in which column, and lists to choose from in the cells themselves."""
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet("What may stand there")
    sheet.freeze_panes(1, 0)
    for place, width in enumerate((NARROW, NARROW * 2, WIDE)):
        sheet.set_column(place, place, width)
    for place, words in enumerate(("Column", "What to write", "What it means")):
        sheet.write_string(0, place, words, bold)
    line = 1
    for place, column in enumerate(resource_class.fields.values()):
        named = choices.get(column.heading, ())
        for choice in named:
            for at, words in enumerate((column.heading, *choice)):
                sheet.write_string(line, at, words)
            line += 1
        values = [choice.value for choice in named]
        alone = isinstance(column.widget, ChoiceCell | YesNoCell)
        if alone and values and len(",".join(values)) <= LONGEST_LIST:
            rows.data_validation(1, place, ROWS, place, {"validate": "list", "source": values})
