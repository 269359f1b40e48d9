"""What is asked of a search, apart from how its text is read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

PAGE_SIZE = 20
LAST_PAGE = 50
LONGEST_TEXT = 200
KM_PER_MILE = 1.609344


class Sort(StrEnum):
    """How hits are ordered; equal ones follow by next date, then by id."""

    RELEVANCE = "relevance"
    SOONEST = "soonest"
    NEAREST = "nearest"
    NEWEST = "newest"


#: The names of the facets, which are also the names of their fields in `SearchCriteria`.
FACET_NAMES = (
    "kind",
    "strand",
    "skill",
    "audience",
    "sector",
    "theme",
    "subject",
    "borough",
    "place",
    "cost",
    "partner_kind",
    "access",
)


@dataclass(frozen=True, slots=True)
class SearchCriteria:
    """Everything a search is asked for. Frozen and hashable: equal criteria are one search.

    Facet selections are tuples of values (slugs); within one facet they are alternatives, between
    facets all must hold. `date_from` and `date_to` are days in London, both included. `near` is an
    outward code in capitals; `radius_km` limits the distance from it (None: any distance) and
    means nothing without it. `undone` holds the keys of readings that the user took back (see
    `search.results.Reading.key`). `partner` is the key of the partner that must offer it, offer it with others or host
    it. `page` is 1 to 50.
    """

    text: str = ""
    kind: tuple[str, ...] = ()
    strand: tuple[str, ...] = ()
    skill: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    sector: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    subject: tuple[str, ...] = ()
    borough: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    cost: tuple[str, ...] = ()
    partner_kind: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    date_from: date | None = None
    date_to: date | None = None
    near: str | None = None
    radius_km: float | None = None
    open_only: bool = False
    partner: int | None = None
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    undone: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        """Bring values into range; the forms have refused what makes no sense before this."""
        put = object.__setattr__
        put(self, "text", self.text[:LONGEST_TEXT])
        put(self, "page", min(max(self.page, 1), LAST_PAGE))
        put(self, "sort", Sort(self.sort))
        put(self, "near", self.near.upper() if self.near else None)
        put(self, "undone", frozenset(self.undone))
        for name in FACET_NAMES:
            put(self, name, tuple(sorted(set(getattr(self, name)))))

    def selected(self, facet: str) -> tuple[str, ...]:
        """The values chosen in one facet. Raises KeyError for a name that is not a facet's."""
        if facet not in FACET_NAMES:
            raise KeyError(facet)
        return tuple(getattr(self, facet))

    @property
    def selections(self) -> dict[str, tuple[str, ...]]:
        """The facets in which something is chosen."""
        return {name: chosen for name in FACET_NAMES if (chosen := self.selected(name))}

    @property
    def offset(self) -> int:
        """How many hits come before this page."""
        return (self.page - 1) * PAGE_SIZE

    @property
    def narrowed(self) -> bool:
        """Whether anything beside the text narrows the results."""
        return bool(
            self.selections
            or self.date_from
            or self.date_to
            or self.open_only
            or self.partner
            or (self.near and self.radius_km is not None)
        )

    def on_page(self, page: int) -> SearchCriteria:
        """The same search, another page of it."""
        return replace(self, page=page)

    def with_selection(self, facet: str, values: Iterable[str]) -> SearchCriteria:
        """The same search from page one with another choice in one facet."""
        self.selected(facet)
        return replace(self, page=1, **{facet: tuple(values)})  # type: ignore[arg-type]

    def key(self, *leaving_out: str) -> str:
        """A stable text that is equal for equal searches, whatever their page and the fields left out."""
        parts = []
        for field in fields(self):
            if field.name not in {"page", *leaving_out}:
                value = getattr(self, field.name)
                shown = sorted(value) if isinstance(value, frozenset) else value
                parts.append(f"{field.name}={shown}")
        return "|".join(parts)

    def count_key(self) -> str:
        """Equal for searches whose counts are equal: the order of hits changes none, and the text is counted as read."""
        return self.key("sort", "text", "undone")
