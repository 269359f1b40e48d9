"""Reading tables that others send: the file, its cells, and what became of each row.

It stands in this room, below all that imports, because cells name terms and places. Partners,
opportunities and schools build their own resources on it.
"""

from .cells import (
    CellError,
    ChoiceCell,
    DateCell,
    EmailCell,
    MomentCell,
    MoneyCell,
    NumberCell,
    PhoneCell,
    RangeCell,
    TextCell,
    WebsiteCell,
    YesNoCell,
    longest,
)
from .files import Table, read_table
from .limits import RefusedFile
from .lists import LinesCell, NamesCell, TermCell, TermsCell, find_term
from .report import Outcome, Problem, Report, RowReport
from .tables import Column, TableResource

__all__ = [
    "CellError",
    "ChoiceCell",
    "Column",
    "DateCell",
    "EmailCell",
    "LinesCell",
    "MomentCell",
    "MoneyCell",
    "NamesCell",
    "NumberCell",
    "Outcome",
    "PhoneCell",
    "Problem",
    "RangeCell",
    "RefusedFile",
    "Report",
    "RowReport",
    "Table",
    "TableResource",
    "TermCell",
    "TermsCell",
    "TextCell",
    "WebsiteCell",
    "YesNoCell",
    "find_term",
    "longest",
    "read_table",
]
