"""Tables of figures: printed, and kept as JSON with the machine that they are from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson

RATIO = "ratio"
#: The name of a figure, how it is headed, how many digits it has after the point.
COLUMNS: dict[str, tuple[str, int]] = {
    RATIO: ("× raw", 2),
    "p50": ("p50 ms", 2),
    "p95": ("p95 ms", 2),
    "p99": ("p99 ms", 2),
    "worst": ("worst ms", 1),
    "cpu50": ("cpu p50", 2),
    "cpu95": ("cpu p95", 2),
    "without50": ("without p50", 2),
    "without95": ("without p95", 2),
    "adds": ("adds p50", 2),
    "adds95": ("adds p95", 2),
    "afterwards": ("afterwards", 2),
    "server": ("server cpu", 2),
    "found": ("found", 0),
    "of_raw": ("p50 / raw", 2),
    "constant": ("p50 − raw ms", 2),
    "target": ("target ms", 2),
    "over": ("over target", 2),
    "inside": ("in engine ms", 2),
    "calls": ("engine calls", 1),
    "standby": ("by standby", 0),
    "ending": ("ending ms", 2),
    "per_second": ("a second", 1),
    "of_embedded": ("× embedded", 2),
    "documents": ("documents", 0),
    "seconds": ("seconds", 1),
    "our_seconds": ("cpu s", 1),
    "server_seconds": ("server cpu s", 1),
    "requests": ("requests", 0),
    "errors": ("errors", 0),
    "clients": ("clients", 0),
    "load_cpu": ("generator cpu", 2),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, with which engine, and its figures by name."""

    what: str
    engine: str
    figures: dict[str, float]


@dataclass
class Table:
    """The figures of one part at one size; `notes` say what they mean."""

    part: str
    title: str
    size: int
    rows: list[Row] = field(default_factory=list)
    notes: Sequence[str] = ()

    def add(self, what: str, engine: str, **figures: float) -> None:
        """Adds a row."""
        self.rows.append(Row(what, engine, figures))

    @property
    def columns(self) -> list[str]:
        """The figures that any row has, in their order."""
        held = {name for row in self.rows for name in row.figures}
        return [name for name in COLUMNS if name in held]

    @property
    def heads(self) -> list[str]:
        """What stands above each column."""
        return [COLUMNS[name][0] for name in self.columns]

    def text(self) -> str:
        """The table as it is printed."""
        first = max([len(row.what) for row in self.rows] or [0])
        second = max([len(row.engine) for row in self.rows] or [0])
        lines = [f"({self.part}) {self.title}, {self.size:,} opportunities"]
        lines.append("  ".join([" " * first, " " * second, *(f"{head:>12}" for head in self.heads)]))
        for row in self.rows:
            shown = [f"{shown_figure(name, row.figures):>12}" for name in self.columns]
            lines.append("  ".join([f"{row.what:{first}}", f"{row.engine:{second}}", *shown]))
        return "\n".join([*lines, *self.notes])


def shown_figure(name: str, figures: dict[str, float]) -> str:
    """A figure with its digits; nothing where there is none."""
    if name not in figures:
        return ""
    return f"{figures[name]:,.{COLUMNS[name][1]}f}"


def keep(table: Table, machine: dict[str, Any], load: tuple[float, float], folder: Path) -> Path:
    """Writes a table as JSON, in place of the last one of its part and size."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{table.part}-{table.size}.json"
    told = {
        "part": table.part,
        "title": table.title,
        "size": table.size,
        "machine": {**machine, "load_before": load[0], "load_after": load[1]},
        "notes": list(table.notes),
        "rows": [{"what": row.what, "engine": row.engine, **row.figures} for row in table.rows],
    }
    path.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))
    return path
