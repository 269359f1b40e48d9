"""What a run is asked to measure."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

PARTS = {
    "a": "raw engine query",
    "b": "the search page through the whole Django stack",
    "c": "suggestions",
    "d": "indexing",
    "e": "from save to visible",
    "f": "requests a second under load",
    "g": "beside Wagtail's own search",
    "h": "what counting uses adds to a page",
    "i": "a partner's table of opportunities",
    "j": "from suspending a partner to nothing of it found",
}
SIZES = (1_000, 10_000, 100_000)
ENGINES = ("embedded", "elasticsearch")


@dataclass(frozen=True, slots=True)
class Options:
    """Which parts at which sizes, how often and for how long."""

    parts: tuple[str, ...] = tuple(PARTS)
    sizes: tuple[int, ...] = SIZES
    engines: tuple[str, ...] = ENGINES
    requests: int = 200
    saves: int = 60
    seconds: float = 8.0
    profile: bool = False
    fresh: bool = False

    @classmethod
    def from_words(cls, words: Sequence[str]) -> Self:
        """Reads a command line; ends the process when it makes no sense."""
        usual = cls()
        epilog = "  ".join(f"{letter}: {title}." for letter, title in PARTS.items())
        parser = argparse.ArgumentParser(
            prog="make bench ARGS=…", description="Measures searching and indexing.", epilog=epilog
        )
        parser.add_argument("parts", nargs="*", metavar="PART", help=f"from {' '.join(PARTS)} (default: all)")
        parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="N", help="numbers of opportunities")
        parser.add_argument("--quick", action="store_true", help="1,000 opportunities only")
        parser.add_argument("--engines", nargs="+", choices=ENGINES, default=ENGINES)
        parser.add_argument("--requests", type=int, default=usual.requests, help="of each kind (default %(default)s)")
        parser.add_argument("--saves", type=int, default=usual.saves, help="in parts e and j (default %(default)s)")
        parser.add_argument(
            "--seconds", type=float, default=usual.seconds, help="of load in part f (default %(default)s)"
        )
        parser.add_argument("--profile", action="store_true", help="print where the time goes in a, b and d")
        parser.add_argument("--fresh", action="store_true", help="make the records anew")
        read = parser.parse_args(words)
        if unknown := set(read.parts) - set(PARTS):
            parser.error(f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
        return cls(
            parts=tuple(sorted(set(read.parts))) or tuple(PARTS),
            sizes=SIZES[:1] if read.quick else tuple(sorted(set(read.sizes))),
            engines=tuple(read.engines),
            requests=read.requests,
            saves=read.saves,
            seconds=read.seconds,
            profile=read.profile,
            fresh=read.fresh,
        )

    def to_json(self) -> str:
        """As another process is told them."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, told: str) -> Self:
        """What `to_json` gave."""
        read: dict[str, Any] = json.loads(told)
        return cls(**{name: _frozen(value) for name, value in read.items()})


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
