"""The facets: each is one object that knows its name, its values with their labels, and its choices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from opportunities.kinds import Kind, Strand
from opportunities.models import Opportunity
from partners.models import Partner
from search.criteria import SearchCriteria
from search.results import Choice, Facet

#: For each vocabulary in the database, its values with their labels, in order.
Vocabularies = Mapping[str, Mapping[str, str]]
_Labels = Callable[[Vocabularies], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class FacetDefinition:
    """One facet. `name` is its parameter, its field in criteria and its field in the index.

    `find_labels` gives all its values with their labels. With `by_count` the fullest choices come
    first, otherwise the order of the vocabulary holds.
    """

    name: str
    label: str
    find_labels: _Labels
    by_count: bool = True

    def labels(self, vocabularies: Vocabularies) -> Mapping[str, str]:
        """All values with their labels, in their order."""
        return self.find_labels(vocabularies)

    def facet(self, counts: Mapping[str, int], criteria: SearchCriteria, vocabularies: Vocabularies) -> Facet:
        """The facet to show: every value with results, and the selected ones even with none."""
        labels = self.labels(vocabularies)
        chosen = criteria.selected(self.name)
        values = [value for value in labels if counts.get(value) or value in chosen]
        # What the index holds and the vocabulary no longer does is still a result that can be chosen.
        values += sorted(value for value in {*counts, *chosen} if value not in labels)
        if self.by_count:
            values.sort(key=lambda value: -counts.get(value, 0))
        return Facet(
            self.name,
            self.label,
            tuple(
                Choice(value, labels.get(value, value), counts.get(value, 0), selected=value in chosen)
                for value in values
            ),
        )


def _of(choices: type[Kind | Strand | Opportunity.Place | Opportunity.Cost | Partner.Kind]) -> _Labels:
    labels = {str(value): str(label) for value, label in choices.choices}
    return lambda _vocabularies: labels


def _kept(vocabulary: str) -> _Labels:
    return lambda vocabularies: vocabularies.get(vocabulary, {})


@dataclass(frozen=True)
class Facets:
    """All facets, in the order of the page."""

    definitions: tuple[FacetDefinition, ...]
    by_name: Mapping[str, FacetDefinition] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {each.name: each for each in self.definitions})


FACETS = Facets(
    (
        FacetDefinition("kind", "Kind", _of(Kind)),
        FacetDefinition("skill", "Fusion skill", _kept("skill")),
        FacetDefinition("audience", "Who it is for", _kept("audience"), by_count=False),
        FacetDefinition("strand", "Strand", _of(Strand), by_count=False),
        FacetDefinition("sector", "Sector", _kept("sector")),
        FacetDefinition("theme", "Theme", _kept("theme")),
        FacetDefinition("subject", "Subject", _kept("subject")),
        FacetDefinition("borough", "Borough", _kept("borough")),
        FacetDefinition("place", "Where it happens", _of(Opportunity.Place), by_count=False),
        FacetDefinition("cost", "Cost", _of(Opportunity.Cost), by_count=False),
        FacetDefinition("partner_kind", "Kind of partner", _of(Partner.Kind)),
        FacetDefinition("access", "Access", _kept("access"), by_count=False),
    )
)
