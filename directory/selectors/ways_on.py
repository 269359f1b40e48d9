"""The ways on from a search that finds nothing, or hardly anything: what a little less asked for would find."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from directory import words
from directory.forms import RADII_IN_MILES, SearchForm
from search.criteria import KM_PER_MILE, SearchCriteria
from search.results import Facet, SearchResults, Understood
from search.selectors import count, read

#: Each way on is a count of its own, so there are few: of choices, of distances, of words.
MOST_WAYS_ON = 6
MOST_WORDS = 5

#: Parameters to replace in the address; None takes one away.
Changes = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class WayOn:
    """One thing less asked for: in words, how many that finds, and what it changes in the address.

    `why` says of a choice that it leaves out most; it is empty where there is nothing to say.
    """

    label: str
    count: int
    changes: Changes
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Wider:
    """A wider search before it is counted. `why` is how the sentence about it begins."""

    label: str
    changes: Changes
    criteria: SearchCriteria
    why: str = ""

    def counted(self, understood: Understood) -> WayOn:
        """The way with what it finds."""
        total = count(self.criteria, understood)
        says = f"{self.why} {'is' if total == 1 else 'are'} {total:,}." if self.why else ""
        return WayOn(self.label, total, self.changes, says)


def without_choices(criteria: SearchCriteria) -> SearchCriteria:
    """The same text and order, and nothing that narrows."""
    return SearchCriteria(text=criteria.text, near=criteria.near, sort=criteria.sort, undone=criteria.undone)


def ways_on(form: SearchForm, results: SearchResults, understood: Understood) -> list[WayOn]:
    """What each choice taken away would find, most first; where none would find more, what all of them would."""
    criteria = results.criteria
    ways = [each.counted(understood) for each in list(_taken_away(form, results))[:MOST_WAYS_ON]]
    nearer = _nearer(form, results, understood)
    if nearer:
        # Farther away there must be more than there, to be worth saying.
        ways = [way for way in ways if "within" not in way.changes or way.count > nearer.count]
        ways.append(nearer)
    found = sorted((way for way in ways if way.count > results.total), key=lambda way: -way.count)
    if not found and criteria.narrowed:
        every = _Wider("Without any of these choices", _every_choice(form), without_choices(criteria))
        found = [way for way in [every.counted(understood)] if way.count > results.total]
    return found


def fewer_words(form: SearchForm, criteria: SearchCriteria, understood: Understood) -> list[WayOn]:
    """What the text would find with one word less and no choices: first what keeps the rarest words."""
    typed = understood.text.split()
    if not 2 <= len(typed) <= MOST_WORDS:
        return []
    found = []
    for index in range(len(typed)):
        rest = " ".join(typed[:index] + typed[index + 1 :])
        wider = replace(without_choices(criteria), text=rest)
        way = _Wider(f"Only “{rest}”", {**_every_choice(form), "q": rest}, wider)
        found.append(way.counted(read(rest, criteria.undone)))
    return sorted((way for way in found if way.count), key=lambda way: way.count)


def _every_choice(form: SearchForm) -> Changes:
    return {name: None for name in form.data if name not in {"q", "near", "sort", "as_typed", "s"}}


def _taken_away(form: SearchForm, results: SearchResults) -> Iterator[_Wider]:
    """The search without each of its choices."""
    criteria = results.criteria
    for name in criteria.selections:
        chosen = results.facet(name).chosen
        why = "leaves out most: without it there" if len(chosen) == 1 else "leave out most: without them there"
        yield _Wider(
            f"Without {_said(results.facet(name))}",
            {name: None},
            criteria.with_selection(name, ()),
            f"{_said(results.facet(name))} {why}",
        )
    if form.place and criteria.radius_km is not None:
        yield _Wider(
            f"Any distance from {form.place.label}",
            {"within": None},
            replace(criteria, radius_km=None, page=1),
            "The distance leaves out most: at any distance there",
        )
    if criteria.date_from or criteria.date_to:
        yield _Wider(
            "On any date",
            {"from": None, "to": None},
            replace(criteria, date_from=None, date_to=None, page=1),
            "The dates leave out most: on any date there",
        )
    if criteria.partner is not None and form.partner is not None:
        yield _Wider(
            "From any partner",
            {"partner": None},
            replace(criteria, partner=None, page=1),
            f"To ask {form.partner.name} alone leaves out most: of all partners there",
        )
    if criteria.open_only:
        yield _Wider(
            "Full ones too",
            {"open": None},
            replace(criteria, open_only=False, page=1),
            "“Has places left” leaves out most: with the full ones there",
        )


def _nearer(form: SearchForm, results: SearchResults, understood: Understood) -> WayOn | None:
    """The next distance that finds more, which is nearer than any distance."""
    radius = results.criteria.radius_km
    if form.place is None or radius is None:
        return None
    for miles in RADII_IN_MILES:
        if miles * KM_PER_MILE > radius:
            label = f"Within {miles} {words.plural(miles, 'mile')} of {form.place.label}"
            wider = replace(results.criteria, radius_km=miles * KM_PER_MILE, page=1)
            why = f"The distance leaves out most: within {miles} {words.plural(miles, 'mile')} there"
            way = _Wider(label, {"within": str(miles)}, wider, why).counted(understood)
            if way.count > results.total:
                return way
    return None


def _said(facet: Facet) -> str:
    return words.list_words([f"“{choice.label}”" for choice in facet.chosen])
