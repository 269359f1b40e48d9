"""One thing that happened, as a view tells it: held to the catalogue before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .catalogue import CATALOGUE, EventName, Surface
from .tokens import SearchToken


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened, to what, and from which search it came.

    `opportunity` and `partner` are keys; for an opportunity, its partner is who offers it. `token` is the one that
    the address carried (its rank is the place in the results). Raises ValueError for what is not in the catalogue.
    """

    name: EventName
    opportunity: int | None = None
    partner: int | None = None
    token: SearchToken | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    surface: Surface = Surface.SITE

    def __post_init__(self) -> None:
        kind = CATALOGUE[EventName(self.name)]
        if surplus := sorted(set(self.data) - kind.field_names):
            raise ValueError(f"{self.name} keeps no {', '.join(surplus)}: the catalogue does not name it.")
        named = {name for name in ("opportunity", "partner") if getattr(self, name) is not None}
        if surplus := sorted(named - kind.about):
            raise ValueError(f"{self.name} is about no {' or '.join(surplus)}.")
