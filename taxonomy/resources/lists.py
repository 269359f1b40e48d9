"""Reading cells that hold several values, and terms of the vocabularies."""

import difflib
import re
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

from taxonomy.models import Term

from .cells import Cell, CellError, fold
from .formulas import unmarked


def find_term(text: str, by_name: dict[str, Any], kind: str) -> Any:
    """What the text names. Raises CellError, with the nearest name if there is one near."""
    try:
        return by_name[fold(text)]
    except KeyError:
        near = difflib.get_close_matches(fold(text), by_name, n=1, cutoff=0.7)
        hint = f" Did you mean “{near[0]}”?" if near else ""
        raise CellError(f"There is no {kind} of this name.{hint}", text) from None


class TermCell(Cell):
    """One active term of a vocabulary, by slug or name; its value is the slug. Nothing is ever added."""

    def __init__(self, vocabulary: type[Term], *, required: bool = False) -> None:
        super().__init__(required=required)
        self.vocabulary = vocabulary

    def parse(self, text: str) -> Any:
        return self.find(text)

    def find(self, text: str) -> str:
        """The slug of the active term that the text names. Raises CellError."""
        kind = str(self.vocabulary._meta.verbose_name)
        active, retired = self._terms
        if fold(text) in retired and fold(text) not in active:
            raise CellError(f"This {kind} is retired and cannot be chosen anew.", text)
        found: str = find_term(text, active, kind)
        return found

    @cached_property
    def _terms(self) -> tuple[dict[str, str], dict[str, str]]:
        """Active and retired terms: by name and slug, the slug. A resource has cells of its own, so this lasts for one import."""
        by_word: tuple[dict[str, str], dict[str, str]] = ({}, {})
        for slug, name, active in self.vocabulary._default_manager.values_list("slug", "name", "active"):
            by_word[0 if active else 1].update({fold(name): slug, fold(slug): slug})
        return by_word


def split(text: str) -> list[str]:
    """The values of a cell: one a line, or with semicolons between them."""
    return [" ".join(part.split()) for part in re.split(r"[;\n]", text) if part.strip()]


def gather(parts: Iterable[Any], read: Any) -> tuple[Any, ...]:
    """Reads every part once, and raises one CellError that names all that is wrong."""
    found: list[Any] = []
    problems: list[tuple[str, str]] = []
    for part in parts:
        try:
            value = read(part)
        except CellError as error:
            problems += [(value or str(part), reason) for value, reason in error.problems]
        else:
            if value not in found:
                found.append(value)
    if problems:
        raise CellError.of(problems)
    return tuple(found)


class NamesCell(Cell):
    """Several plain values, as a tuple in the order in which they stand."""

    def __init__(self) -> None:
        super().__init__(empty=())

    def parse(self, text: str) -> tuple[Any, ...]:
        return gather(split(text), self.read)

    def read(self, part: str) -> Any:
        """One value. Raises CellError."""
        return part


class TermsCell(TermCell):
    """Several terms, as a sorted tuple of slugs: their order says nothing."""

    def __init__(self, vocabulary: type[Term]) -> None:
        super().__init__(vocabulary)
        self.empty = ()

    def parse(self, text: str) -> tuple[str, ...]:
        return tuple(sorted(gather(split(text), self.find)))


class LinesCell(Cell):
    """Several values, one a line, each of several parts with ` | ` between them.

    `read` gets the parts of a line by their names and returns the value; missing parts are empty.
    """

    names: tuple[str, ...] = ()
    key = ""  # the attribute of a value that no other line may share
    read: Callable[..., Any]
    unguarded: tuple[str, ...] = ()  # parts that have a shape of their own, and may begin with + or -

    def __init__(self) -> None:
        super().__init__(empty=())

    def unmarked(self, typed: str) -> tuple[str, bool]:
        """Each part of each line is looked at by itself."""
        return typed, False

    def refuse_formula(self, text: str) -> None:
        """So too."""

    def parse(self, text: str) -> tuple[Any, ...]:
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        values = gather(lines, self._read_line)
        if self.key:
            keys = [fold(str(getattr(value, self.key))) for value in values]
            twice = [
                str(getattr(value, self.key)) for value, key in zip(values, keys, strict=True) if keys.count(key) > 1
            ]
            if twice:
                raise CellError("Two lines begin with this. Leave one of them, or tell them apart.", twice[0])
        return values

    def _read_line(self, line: str) -> Any:
        # The last part may hold the bar itself.
        parts: list[str] = []
        for name, typed in zip(self.names, line.split("|", len(self.names) - 1), strict=False):
            part, is_text = unmarked(" ".join(typed.split()))
            if not is_text and name not in self.unguarded:
                super().refuse_formula(part)
            parts.append(part)
        return self.read(**dict(zip(self.names, parts + [""] * (len(self.names) - len(parts)), strict=True)))
