"""What is offered while somebody types into a search box."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from search.selectors import facets, suggest

_TYPES = {"opportunity": "Opportunity", "partner": "Partner"}


@dataclass(frozen=True, slots=True)
class Suggested:
    """One thing to go on with.

    `type` says in words what it is, like "Partner" or "Fusion skill". `url` is its page; a term has none, but a
    `facet` and the `value` to choose in a search.
    """

    title: str
    type: str
    url: str = ""
    facet: str = ""
    value: str = ""

    def filled(self) -> dict[str, str]:
        """Its fields that say something."""
        return {name: value for name, value in asdict(self).items() if value}


def suggestions(typed: str) -> list[Suggested]:
    """What begins as the typed words do. Raises SearchUnavailableError when no engine answers."""
    labels = {each.name: each.label for each in facets()}
    return [
        Suggested(each.title, _TYPES.get(each.type) or labels[each.facet], each.url, each.facet, each.value)
        for each in suggest(typed)
    ]
