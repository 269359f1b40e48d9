"""Searches as people type them, with the opportunities of the demonstration that answer each, graded by reading.

**How it was judged.** For every search the opportunities were graded by reading the files of `demo/data`, before
any engine was asked. Then the first results of the engines were read, too, and what had been overlooked was graded in
the same way (pooling), whether it helped the figures or not. What is not named was judged to be no answer.

**Grades.**

- 3, `exact`: just what was asked for. Whoever typed this stops looking here: topic, years, place and kind all fit.
- 2, `good`: a good answer. It fits, though the asker meant it a little otherwise: the topic is half of it, or the kind
  next to it.
- 1, `fair`: acceptable. Worth a glance, better than nothing: it touches the topic, or it is for the year next to it.

A search without any grade should find nothing.

**Conditions.** Somebody who names a year, a place, "online" or "free" means it: what does not meet it is no better than
fair. Nobody counts words: an apprenticeship is an answer to "chef apprenticeship" only if cooking is in it. For a kind
or a partner alone, all of them are exact. Opportunities that are not public are never graded.

**The files.** One TOML file a category in the folder `judgements`; each search is a table whose `exact`, `good` and
`fair` name import references, separated by spaces. References are stable; titles and dates are not.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "judgements"
GRADES: Mapping[str, int] = {"exact": 3, "good": 2, "fair": 1}


@dataclass(frozen=True, slots=True)
class Judged:
    """One search with the grade of each reference that answers it."""

    category: str
    text: str
    grades: Mapping[str, int] = field(default_factory=dict)


def load(folder: Path = FOLDER) -> list[Judged]:
    """All judged searches, by category. Raises ValueError for a word that is no grade and for a reference graded twice."""
    return [
        Judged(path.stem, text, _grades(text, table))
        for path in sorted(folder.glob("*.toml"))
        for text, table in tomllib.loads(path.read_text(encoding="utf-8")).items()
    ]


def _grades(text: str, table: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for word, references in table.items():
        if word not in GRADES:
            raise ValueError(f"“{text}” has “{word}”, which is none of {', '.join(GRADES)}.")
        for reference in references.split():
            if reference in found:
                raise ValueError(f"“{text}” grades {reference} twice.")
            found[reference] = GRADES[word]
    return found
