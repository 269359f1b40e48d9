"""What became of a file, row by row, in words that its sender understands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

SHOWN = 80  # characters of a value in a report


class Outcome(StrEnum):
    """What became of a row; what would become of it, in a dry run."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    REFUSED = "refused"

    @property
    def words(self) -> str:
        """For a line of the report."""
        return {
            Outcome.NEW: "new",
            Outcome.CHANGED: "changed",
            Outcome.UNCHANGED: "as it was",
            Outcome.DUPLICATE: "there already, not imported",
            Outcome.REFUSED: "not imported",
        }[self]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: in which column (empty: the row), with which value, and what to do about it."""

    column: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.column}: " if self.column else ""
        value = f"“{shorten(self.value)}”. " if self.value else ""
        return f"{where}{value}{self.reason}"


@dataclass(slots=True)
class RowReport:
    """One row: where it stands in the file, what it is, and what became of it."""

    line: int
    label: str = ""
    outcome: Outcome = Outcome.REFUSED
    public: bool = False
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    object_id: int | None = None

    def lines(self) -> Iterator[str]:
        """For a terminal."""
        yield f"Line {self.line}{', ' + self.label if self.label else ''}: {self.outcome.words}"
        for problem in self.problems:
            yield f"    {problem}"
        for note in self.notes:
            yield f"    {note}"


@dataclass(slots=True)
class Report:
    """A whole file."""

    file: str
    encoding: str
    dry_run: bool
    notes: list[str] = field(default_factory=list)
    rows: list[RowReport] = field(default_factory=list)

    def count(self, outcome: Outcome) -> int:
        """How many rows ended so."""
        return sum(1 for row in self.rows if row.outcome is outcome)

    @property
    def counts(self) -> dict[Outcome, int]:
        """Rows by outcome, all outcomes named."""
        found = Counter(row.outcome for row in self.rows)
        return {outcome: found[outcome] for outcome in Outcome}

    @property
    def remarkable(self) -> list[RowReport]:
        """The rows about which there is something to say."""
        return [row for row in self.rows if row.problems or row.notes]

    @property
    def remarkable_first(self) -> list[RowReport]:
        """All rows, those about which there is something to say first, then by what became of them."""
        order = (Outcome.REFUSED, Outcome.DUPLICATE, Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED)
        return sorted(self.rows, key=lambda row: (not (row.problems or row.notes), order.index(row.outcome), row.line))

    def summary(self) -> str:
        """One sentence: how many rows, and what became of them."""
        counts = [f"{number} {outcome.words}" for outcome, number in self.counts.items() if number]
        would = " This was a dry run: nothing was written." if self.dry_run else ""
        return f"{self.file}: {len(self.rows)} rows, read as {self.encoding}. {', '.join(counts)}.{would}"

    def as_json(self) -> dict[str, Any]:
        """For keeping; `from_json` reads it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Report:
        """What `as_json` kept."""
        rows = [
            RowReport(
                **{
                    **row,
                    "outcome": Outcome(row["outcome"]),
                    "problems": [Problem(**problem) for problem in row["problems"]],
                }
            )
            for row in data["rows"]
        ]
        return cls(**{**data, "rows": rows})


def shorten(value: str) -> str:
    """A value on one line, cut where it would fill the page."""
    flat = " ".join(value.split())
    return flat if len(flat) <= SHOWN else flat[: SHOWN - 1] + "…"
