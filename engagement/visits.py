"""Which of the things that happened in a request count: a pure decision, made before anything is asked of the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from crawleruseragents import is_crawler

from .events import Happening

#: No browser's name is longer; what is longer is read so far, so that remembered names stay small.
LONGEST_NAME = 300
_REMEMBERED_NAMES = 4096
#: Headers in which browsers and proxies say that nobody has asked for this page yet.
_PURPOSES = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")
_AHEAD = ("prefetch", "prerender", "preview")
_AGAIN = ("max-age=0", "no-cache")


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, as far as counting must know.

    `kind` is the kind of organisation of a signed-in professional ("school", "partner", "adviser") and empty for
    everybody else. `staff` are officers, editors and administrators. `partners` are the keys of those acted for.
    """

    kind: str = ""
    staff: bool = False
    partners: frozenset[int] = field(default_factory=frozenset)


ANYBODY = Visitor()


@dataclass(frozen=True, slots=True)
class Visit:
    """A request, as far as counting must know: its method, the browser's name, and the headers that matter."""

    method: str = "GET"
    user_agent: str = ""
    ahead: bool = False
    again: bool = False

    @classmethod
    def of(cls, method: str, headers: Mapping[str, str]) -> Visit:
        """Reads a request. `ahead`: fetched before anybody asked; `again`: a reload, or Back without a kept page."""
        purposes = " ".join(headers.get(name, "") for name in _PURPOSES).lower()
        cache = headers.get("Cache-Control", "").lower().replace(" ", "")
        return cls(
            method=method,
            user_agent=headers.get("User-Agent", "").strip(),
            ahead=any(word in purposes for word in _AHEAD),
            again=any(word in cache for word in _AGAIN) or "HX-History-Restore-Request" in headers,
        )

    @property
    def counts(self) -> bool:
        """Whether it counts, whoever makes it.

        A form that is sent counts each time: browsers send the header of a reload with it, too.
        """
        if self.method == "HEAD" or self.ahead or (self.again and self.method == "GET"):
            return False
        return not is_machine(self.user_agent)


def counted(visit: Visit, visitor: Visitor, happenings: Iterable[Happening]) -> list[Happening]:
    """Those that count: nothing of machines and staff, and nothing that a partner's people do with what is their own."""
    if visitor.staff or not visit.counts:
        return []
    return [each for each in happenings if each.partner not in visitor.partners]


def is_machine(user_agent: str) -> bool:
    """Whether a crawler asks, or something that gives no name, which no browser does."""
    return not user_agent or _is_crawler(user_agent[:LONGEST_NAME])


@lru_cache(maxsize=_REMEMBERED_NAMES)
def _is_crawler(user_agent: str) -> bool:
    # Half a millisecond: about seven hundred patterns. The few names that come again and again are remembered.
    return bool(is_crawler(user_agent))
