"""What differs between two wordings of one thing, word by word or line by line. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A text, or the lines of a list: what one aspect says in words of the public. Empty: nothing is said.
type Said = str | tuple[str, ...]

# An amount is one token: £4 that becomes £4.50 is another price, not one with something behind it.
TOKENS = re.compile(r"\s+|[£€$]?\d+(?:[.,:]\d+)*%?|\w+|[^\w\s]")
# Comparing takes a time that grows with the square of the length; texts longer than this are shown as changed whole.
MOST_TOKENS = 4_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text, or one line of a list, and whether the other side lacks it."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """Both sides of one aspect. `listed`: each piece is a line of its own."""

    old: tuple[Piece, ...]
    new: tuple[Piece, ...]
    listed: bool = False

    @property
    def is_none(self) -> bool:
        """Whether both sides say the same."""
        return not any(piece.marked for piece in (*self.old, *self.new))


def difference(old: Said, new: Said) -> Difference:
    """Marks on each side what the other lacks. Swapping the sides swaps the marks, and nothing else."""
    if isinstance(old, str) and isinstance(new, str):
        before, after = _marked(TOKENS.findall(old), TOKENS.findall(new))
        return Difference(_joined(before), _joined(after))
    before, after = _marked(_lines(old), _lines(new))
    return Difference(before, after, listed=True)


def _lines(said: Said) -> tuple[str, ...]:
    return ((said,) if said else ()) if isinstance(said, str) else said


def _marked(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    if tuple(old) > tuple(new):  # the matcher is not the same both ways round: it always sees them in one order
        after, before = _marked(new, old)
        return before, after
    if old and new and len(old) + len(new) > MOST_TOKENS and old != new:
        return tuple(Piece(text, True) for text in old), tuple(Piece(text, True) for text in new)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, low, high, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left += [Piece(text, tag != "equal") for text in old[low:high]]
        right += [Piece(text, tag != "equal") for text in new[first:last]]
    return tuple(left), tuple(right)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Neighbours alike as one; a space between two marked words is marked with them."""
    joined: list[Piece] = []
    for number, piece in enumerate(pieces):
        around = pieces[max(number - 1, 0) : number + 2]
        between = piece.text.isspace() and len(around) == 3 and around[0].marked and around[2].marked
        marked = piece.marked or between
        if joined and joined[-1].marked == marked:
            joined[-1] = Piece(joined[-1].text + piece.text, marked)
        else:
            joined.append(Piece(piece.text, marked))
    return tuple(joined)
