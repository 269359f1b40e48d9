"""Rows in an order in which what a row leads to comes before it, as far as there is one."""

from collections.abc import Callable, Iterable, Sequence

from taxonomy.resources.files import TableRow


def targets_first(
    rows: Sequence[TableRow], name: Callable[[TableRow], str], targets: Callable[[TableRow], Iterable[str]]
) -> list[TableRow]:
    """The rows, each after those that it leads to; where rows lead round in a circle, one of them has to begin."""
    by_name: dict[str, TableRow] = {}
    for row in rows:
        by_name.setdefault(name(row), row)
    ordered: list[TableRow] = []
    begun: set[int] = set()
    for first in rows:
        # Depth first, without recursion: a file may be one long chain.
        stack = [(first, iter(targets(first)))] if first.line not in begun else []
        begun.add(first.line)
        while stack:
            row, rest = stack[-1]
            following = next((by_name[one] for one in rest if one in by_name and by_name[one].line not in begun), None)
            if following is None:
                ordered.append(row)
                stack.pop()
            else:
                begun.add(following.line)
                stack.append((following, iter(targets(following))))
    return ordered
