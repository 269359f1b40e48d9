"""`python -m benchmarks.summary`: the kept figures as the table of README.md; with `--all`, every table as Markdown."""

from __future__ import annotations

import sys
from typing import Any

import orjson

from benchmarks.options import PARTS
from benchmarks.questions import NARROWED, PLAIN
from benchmarks.tables import RATIO, Row, Table, shown_figure
from benchmarks.world import VAR

_OURS = ("embedded", "elasticsearch")
_BESIDE = ("wagtail on SQLite", "wagtail on PostgreSQL")
#: What a row of the short table is called, its part, what it is called there, and its clients under load.
_TIMES = (
    # As measured in turn with the page, when the server is warm.
    (f"engine alone: {NARROWED}", "b", f"   raw: {NARROWED}"),
    (f"engine alone: {PLAIN}", "b", f"   raw: {PLAIN}"),
    (f"search page: {NARROWED}", "b", NARROWED),
    (f"search page: {PLAIN}", "b", PLAIN),
    ("suggestions", "c", "with terms, as the site gives them"),
    ("from save to visible", "e", "save to visible"),
)
_INDEXING = ("engine and serialisation", "rebuild")
_CLIENTS = 4


def main() -> None:
    """Prints Markdown."""
    kept = {(told["part"], told["size"]): told for told in map(_read, sorted(VAR.glob("[a-j]-*.json")))}
    sizes = sorted({size for _, size in kept})
    if "--all" in sys.argv:
        print("\n\n".join(_whole(kept[part, size]) for part in PARTS for size in sizes if (part, size) in kept))
        return
    for lines in (_times(kept, max(sizes)), _beside(kept, sizes), _speeds(kept, sizes)):
        print("\n".join(lines), end="\n\n")
    print("\n".join(_machine(list(kept.values()))))


def _read(path: Any) -> dict[str, Any]:
    told: dict[str, Any] = orjson.loads(path.read_bytes())
    return told


def _rows(kept: dict[tuple[str, int], dict[str, Any]], part: str, size: int) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = kept.get((part, size), {}).get("rows", [])
    return found


def _cell(rows: list[dict[str, Any]], what: str, engine: str) -> str:
    row = next((row for row in rows if (row["what"], row["engine"]) == (what, engine)), None)
    if row is None:
        return "–"
    return f"**{row[RATIO]:.3g}** ({row['p50']:.1f} / {row['p95']:.1f} ms)"


def _times(kept: dict[tuple[str, int], dict[str, Any]], size: int) -> list[str]:
    lines = [f"| {size:,} opportunities | embedded | Elasticsearch |", "|---|---|---|"]
    for title, part, what in _TIMES:
        rows = _rows(kept, part, size)
        lines.append(f"| {title} | {' | '.join(_cell(rows, what, engine) for engine in _OURS)} |")
    return lines


def _beside(kept: dict[tuple[str, int], dict[str, Any]], sizes: list[int]) -> list[str]:
    lines = [f"| {NARROWED} | {' | '.join(f'{size:,}' for size in sizes)} |", f"|---|{'---|' * len(sizes)}"]
    for engine in (*_OURS, *_BESIDE):
        cells = [_cell(_rows(kept, "g", size), NARROWED, engine) for size in sizes]
        lines.append(f"| {engine[0].upper()}{engine[1:]} | {' | '.join(cells)} |")
    return lines


def _speeds(kept: dict[tuple[str, int], dict[str, Any]], sizes: list[int]) -> list[str]:
    size = max(sizes)
    lines = [f"| {size:,} opportunities, a second | embedded | Elasticsearch |", "|---|---|---|"]
    for what in _INDEXING:
        # Rebuilds are measured up to some size only.
        held = {at: [row for row in _rows(kept, "d", at) if row["what"] == what] for at in sizes}
        largest = max((at for at, rows in held.items() if rows), default=size)
        at = "" if largest == size else f" of {largest:,}"
        lines.append(_speed(f"documents indexed, {what}{at}", held[largest]))
    loaded = [row for row in _rows(kept, "f", size) if row["clients"] == _CLIENTS]
    lines.append(_speed(f"search pages, {_CLIENTS} clients", loaded))
    return lines


def _speed(title: str, rows: list[dict[str, Any]]) -> str:
    found = {row["engine"]: row["per_second"] for row in rows}
    cells = [
        f"**{found[engine] / found['embedded']:.2f}** ({found[engine]:,.0f})" if engine in found else "–"
        for engine in _OURS
    ]
    return f"| {title} | {' | '.join(cells)} |"


def _machine(told: list[dict[str, Any]]) -> list[str]:
    """What the figures are from; of several runs, all days."""
    machine = told[-1]["machine"]
    days = sorted({each["machine"]["date"][:10] for each in told})
    loads = [each["machine"][name] for each in told for name in ("load_before", "load_after")]
    versions = ", ".join(f"{name} {version}" for name, version in machine["versions"].items())
    return [
        f"{' and '.join(days)}; {machine['cores']} cores of {machine['cpu']}, {machine['memory_gb']} GB; {machine['system']};",
        f"Python {machine['python']}, {versions}; load average {min(loads)} to {max(loads)}; commit {machine['commit']}.",
    ]


def _whole(told: dict[str, Any]) -> str:
    """One part at one size, with every figure."""
    names = ("what", "engine")
    rows = [Row(row["what"], row["engine"], {k: v for k, v in row.items() if k not in names}) for row in told["rows"]]
    table = Table(told["part"], told["title"], told["size"], rows, told["notes"])
    lines = [f"({table.part}) {table.title}, {table.size:,} opportunities", ""]
    lines.append(f"| | | {' | '.join(head for head in table.heads)} |")
    lines.append(f"|---|---|{'--:|' * len(table.columns)}")
    for row in rows:
        cells = [shown_figure(name, row.figures) for name in table.columns]
        lines.append(f"| {row.what.strip()} | {row.engine} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
