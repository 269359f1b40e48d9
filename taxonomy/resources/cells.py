"""Reading one cell: from what people type to a value, or to a sentence that says what to type instead."""

import re
import unicodedata
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models
from django.db.models import Choices
from django.utils import timezone
from import_export.widgets import Widget

from .formulas import FORMULA, INVISIBLE, unmarked

SHEET_ERROR = re.compile(r"#(REF!|N/A|VALUE!|NAME\?|DIV/0!|NUM!|NULL!)")
UNSEEN = dict.fromkeys(map(ord, INVISIBLE))
YES, NO = {"yes", "y", "true", "1"}, {"no", "n", "false", "0"}
FIRST_YEAR, LAST_YEAR = 1900, 2200


class CellError(ValueError):
    """What is wrong with a cell: for each problem the part of the cell, and what to do about it."""

    def __init__(self, reason: str, value: str = "") -> None:
        super().__init__(reason)
        self.problems = [(value, reason)]

    @classmethod
    def of(cls, problems: list[tuple[str, str]]) -> "CellError":
        """Several problems in one cell."""
        error = cls(problems[0][1])
        error.problems = problems
        return error


def longest(model: type[models.Model], field: str) -> int | None:
    """How many characters a field of a model holds; None for any number."""
    found: int | None = getattr(model._meta.get_field(field), "max_length", None)
    return found


def tidy(value: object) -> str:
    """What was typed, without the traces of the program it was typed in. Raises CellError for what is no text."""
    text = unicodedata.normalize("NFC", str(value or "")).translate(UNSEEN)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\xa0", " ").strip()
    if any(unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\n\t" for letter in text):
        raise CellError("It holds characters that cannot be read. Type it again.")
    if SHEET_ERROR.match(text):
        raise CellError("The spreadsheet shows an error here. Type the value itself.")
    return text


class Cell(Widget):
    """Text on one line. Refuses what a spreadsheet would run as a formula, unless an apostrophe says that it is text."""

    def __init__(self, *, required: bool = False, empty: Any = "") -> None:
        super().__init__()
        self.required = required
        self.empty = empty

    def clean(self, value: object, row: object = None, **kwargs: object) -> Any:
        """The value that the cell stands for. Raises CellError."""
        typed, is_text = self.unmarked(str(value or ""))
        text = tidy(typed)
        if not text:
            if self.required:
                raise CellError("Fill this in.")
            return self.empty
        if not is_text:
            self.refuse_formula(text)
        return self.parse(text)

    def unmarked(self, typed: str) -> tuple[str, bool]:
        """What was typed without the apostrophe with which exports mark text, and whether there was one."""
        return unmarked(typed)

    def refuse_formula(self, text: str) -> None:
        """Raises CellError for a formula."""
        if FORMULA.match(text):
            raise CellError("It begins like a formula. Type the value itself, without = + - or @ before it.")

    def parse(self, text: str) -> Any:
        """The value of a cell that is not empty. Raises CellError."""
        return " ".join(text.split())


class TextCell(Cell):
    """Text of at most `longest` characters; several paragraphs if `lines`."""

    def __init__(self, longest: int | None = None, *, lines: bool = False, required: bool = False) -> None:
        super().__init__(required=required)
        self.longest = longest
        self.lines = lines

    def parse(self, text: str) -> str:
        text = re.sub(r"\n{3,}", "\n\n", text) if self.lines else " ".join(text.split())
        if self.longest and len(text) > self.longest:
            raise CellError(f"It has {len(text)} characters, and {self.longest} fit. Shorten it.")
        return text


class PhoneCell(Cell):
    """A telephone number, which may begin with +44."""

    shape = re.compile(r"\+?[0-9(][0-9 ()./-]{4,24}( ?(ext|x)\.? ?[0-9]{1,6})?")

    def refuse_formula(self, text: str) -> None:
        """A number may begin with a plus; its shape is checked anyway."""

    def parse(self, text: str) -> str:
        text = " ".join(text.split())
        if len(text) > 30 or not self.shape.fullmatch(text):
            raise CellError("Type a telephone number, like 020 7946 0112 or +44 20 7946 0112.")
        return text


class EmailCell(Cell):
    """An e-mail address, in lower case."""

    def parse(self, text: str) -> str:
        text = text.removeprefix("mailto:").lower()
        try:
            validate_email(text)
        except ValidationError as error:
            raise CellError("Type an e-mail address, like name@example.org.") from error
        if len(text) > 254:
            raise CellError("It is too long for an e-mail address.")
        return text


class WebsiteCell(Cell):
    """The address of a website; `www.example.org` becomes `https://www.example.org`."""

    def parse(self, text: str) -> str:
        address = text if "://" in text else f"https://{text}"
        try:
            if urlsplit(address).scheme not in ("http", "https"):
                raise CellError("Type the address of a web page, like https://www.example.org.")
            URLValidator(schemes=["http", "https"])(address)
        except (ValidationError, ValueError) as error:
            raise CellError("Type the address of a web page, like https://www.example.org.") from error
        if len(address) > 200:
            raise CellError("It is too long. Type a shorter address, such as that of the home page.")
        return address


class ChoiceCell(Cell):
    """One of a few values, by its value or its words, whatever the case."""

    def __init__(self, choices: type[Choices], *, required: bool = False, empty: str = "") -> None:
        super().__init__(required=required, empty=empty)
        self.values = [str(value) for value in choices.values]
        self.labels = {str(value): str(words) for value, words in choices.choices if value}
        self.by_words = {fold(str(words)): str(value) for value, words in choices.choices}
        self.by_words |= {fold(value): value for value in self.values}

    def parse(self, text: str) -> str:
        try:
            return self.by_words[fold(text)]
        except KeyError:
            raise CellError(f"Type one of: {', '.join(self.values)}.") from None


def fold(text: str) -> str:
    """For comparing words that people type: case, spaces, dashes and underscores make no difference."""
    return re.sub(r"[\s_‐-―-]+", " ", unicodedata.normalize("NFKC", text)).strip().casefold()


class YesNoCell(Cell):
    """Yes or no; empty is what `empty` says."""

    def __init__(self, *, required: bool = False, empty: bool | None = None) -> None:
        super().__init__(required=required, empty=empty)

    def parse(self, text: str) -> bool:
        if text.lower() in YES:
            return True
        if text.lower() in NO:
            return False
        raise CellError("Type yes or no.")


class DateCell(Cell):
    """A day: 2026-12-08 or 08/12/2026."""

    shapes: tuple[str, ...] = ("%Y-%m-%d", "%d/%m/%Y")
    hint = "Type a date like 2026-12-08 or 08/12/2026."

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(required=required, empty=None)

    def parse(self, text: str) -> date:
        return self.read(text).date()

    def read(self, text: str) -> datetime:
        """The day or moment. Raises CellError."""
        for shape in self.shapes:
            try:
                found = datetime.strptime(text, shape).replace(tzinfo=UTC)
            except ValueError:
                continue
            if FIRST_YEAR <= found.year <= LAST_YEAR:
                return found
        raise CellError(self.hint)


class MomentCell(DateCell):
    """A day and time in London: 2026-12-08 10:00 or 08/12/2026 10:00."""

    shapes = ("%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S")
    hint = "Type a day and a time like 2026-12-08 10:00 or 08/12/2026 10:00."

    def parse(self, text: str) -> datetime:
        found = self.read(" ".join(text.split())).replace(tzinfo=timezone.get_current_timezone())
        # An hour that the clocks skip in spring comes back from UTC as another one.
        if found.astimezone(UTC).astimezone(found.tzinfo) != found:
            raise CellError("The clocks go forward then: there is no such time. Type another.")
        return found.astimezone(UTC)


class NumberCell(Cell):
    """A whole number from `low` to `high`, or one with `places` decimal places."""

    def __init__(self, low: int, high: int, *, places: int = 0, required: bool = False) -> None:
        super().__init__(required=required, empty=None)
        self.low, self.high, self.places = low, high, places

    def parse(self, text: str) -> int | Decimal:
        try:
            number = Decimal(text.replace(",", ""))
        except InvalidOperation:
            raise CellError(f"Type a number from {self.low} to {self.high}.") from None
        if not number.is_finite() or not self.low <= number <= self.high:
            raise CellError(f"Type a number from {self.low} to {self.high}.")
        rounded = round(number, self.places)
        if rounded != number:
            raise CellError(
                "Type a whole number." if not self.places else f"Type at most {self.places} decimal places."
            )
        return rounded if self.places else int(rounded)


class MoneyCell(NumberCell):
    """An amount of pounds and pence, as a Decimal."""

    def __init__(self, high: int = 999_999, *, required: bool = False) -> None:
        super().__init__(0, high, places=2, required=required)

    def parse(self, text: str) -> int | Decimal:
        return super().parse(text.removeprefix("£").strip())


class RangeCell(Cell):
    """From and to, as a pair: `7-9`, `N-2`, `14-`, `16`. None stands for an open end.

    `names` are letters for numbers; `single` says what one number alone means: both ends, or the upper one.
    """

    swallowed = re.compile(
        r"\d{4}-\d{2}-\d{2}|\d{1,2}[-/ ][A-Za-z]{3}.*|[A-Za-z]{3}[-/ ]\d{2,4}|\d{1,2}/\d{1,2}/\d{2,4}"
    )

    def __init__(
        self, low: int, high: int, *, names: dict[str, int] | None = None, open_end: bool = True, single: str = "both"
    ) -> None:
        super().__init__(empty=(None, None))
        self.low, self.high, self.names, self.open_end, self.single = low, high, names or {}, open_end, single

    def parse(self, text: str) -> tuple[int | None, int | None]:
        if self.swallowed.fullmatch(text):
            raise CellError("The spreadsheet made a date of it. Format the column as text and type it again, like 7-9.")
        first, dash, last = re.sub(r"[‐-―−]|\s+to\s+", "-", text).partition("-")
        if not dash:
            number = self._number(first)
            return (None, number) if self.single == "upper" else (number, number)
        if not last.strip() and not self.open_end:
            raise CellError(self._hint())
        bounds = (self._number(first), self._number(last) if last.strip() else None)
        if bounds[1] is not None and bounds[1] < bounds[0]:
            raise CellError("The second number is below the first. Swap them.")
        return bounds

    def _number(self, text: str) -> int:
        text = re.sub(r"^(years?|y)\s*(?=\d)", "", text.strip().lower())
        number = self.names.get(text)
        if number is None:
            if not re.fullmatch(r"[0-9]{1,5}", text):
                raise CellError(self._hint())
            number = int(text)
        if not self.low <= number <= self.high:
            raise CellError(self._hint())
        return number

    def _hint(self) -> str:
        words = f", or {' or '.join(name.upper() for name in self.names if len(name) == 1)}" if self.names else ""
        low = max(self.low, 0) if self.names else self.low
        return f"Type two numbers with a dash between them, from {low} to {self.high}{words}, like 7-9."
