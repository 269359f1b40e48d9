"""Text that a spreadsheet would run as a formula: marked with an apostrophe when it leaves, unmarked when it comes back.

Partners write names and sentences that officers export and open in a spreadsheet. A cell of text that begins
with = + - @ (or their wide forms), a tab or a line break is therefore exported with an apostrophe before it, which
spreadsheets take to mean "text". So is text that begins with an apostrophe and then such a letter: an import
takes one apostrophe away, and finds exactly what was exported.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

INVISIBLE = "\ufeff\u200b\u2060\u00ad"
FORMULA = re.compile(r"[=+@\-＝＋＠－]")
# Spaces, apostrophes and what cannot be seen may stand before it.
RISKY = re.compile(rf"['\s{INVISIBLE}]*[=+@\-＝＋＠－\t\r\n]")
MARKED = re.compile(rf"[\s{INVISIBLE}]*'(?={RISKY.pattern})")

Preprocess = Callable[[Any, str, Any, str], Any]


def marked(text: str) -> str:
    """The text as it may stand in a spreadsheet: with an apostrophe before it if it would be run otherwise."""
    return f"'{text}" if RISKY.match(text) else text


def unmarked(text: str) -> tuple[str, bool]:
    """The text without the apostrophe that `marked` put before it, and whether there was one."""
    found = MARKED.match(text)
    return (text[found.end() :], True) if found else (text, False)


def _marking(preprocess: Preprocess) -> Preprocess:
    @wraps(preprocess)
    def preprocess_field_value(view: Any, field: str, value: Any, export_format: str) -> Any:
        """What is written for a value. Numbers, days and yes or no stay what they are."""
        cell = preprocess(view, field, value, export_format)
        return marked(cell) if isinstance(cell, str) else cell

    return preprocess_field_value


def guard_exports() -> None:
    """Marks text in every CSV and Excel file of the CMS.

    All exports, Wagtail's own reports among them, write their cells by one method of one mixin, and Wagtail has no
    setting for it: it holds that what a spreadsheet runs is the spreadsheet's affair.
    """
    from wagtail.admin.views.mixins import SpreadsheetExportMixin

    SpreadsheetExportMixin.preprocess_field_value = _marking(SpreadsheetExportMixin.preprocess_field_value)
