"""Reading what stands on a shortlist, in this browser or shared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from directory import shared_lists
from directory.contacts import Contacts, contacts_on_paper
from directory.models import SharedList
from directory.models.shared_list import KEPT_DAYS
from directory.rules import may_open_lists_by_number
from directory.selectors.cards import hits_of
from opportunities.kinds import Kind
from opportunities.models import Opportunity
from opportunities.selectors import public, with_parts
from search.results import Hit

LISTS_KEPT = timedelta(days=KEPT_DAYS)
_TO_APPLY = frozenset({Kind.PLACEMENT, Kind.INTERNSHIP, Kind.APPRENTICESHIP, Kind.JOB})
_TO_JOIN = frozenset({Kind.MENTORING, Kind.COURSE, Kind.VOLUNTEERING})


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One thing on a list. What the public does not see now has nothing but its key.

    `how` says what the next step is, such as "To book"; `contacts` are what anybody may see, since a list is made to
    be handed on.
    """

    key: int
    opportunity: Opportunity | None = None
    hit: Hit | None = None
    how: str = ""
    contacts: Contacts | None = None


def listed(keys: Iterable[int]) -> list[ListedItem]:
    """What a list holds, in its order, those that are gone among them. The number of queries is fixed but for contacts."""
    order = list(keys)
    found = {
        each.pk: each for each in with_parts(public().filter(pk__in=order)).prefetch_related("offered_by__contacts")
    }
    hits = {hit.card.id: hit for hit in hits_of(found.values())}
    return [
        ListedItem(key, found[key], hits[key], how_words(found[key].kind), contacts_on_paper(found[key]))
        if key in found
        else ListedItem(key)
        for key in order
    ]


def how_words(kind: str) -> str:
    """What the next step is called for a kind of opportunity."""
    if kind in _TO_APPLY:
        return "To apply"
    return "To join" if kind in _TO_JOIN else "To book"


def public_among(keys: Iterable[int]) -> list[int]:
    """Those of the keys whose opportunity the public sees now, in their order."""
    order = list(keys)
    seen = set(public().filter(pk__in=order).values_list("pk", flat=True))
    return [key for key in order if key in seen]


@dataclass(frozen=True, slots=True)
class FoundList:
    """What an address of a list leads to. `ended`: there was one, or could have been, longer ago than lists are kept."""

    shared: SharedList | None
    ended: bool = False


def list_at(address: str) -> FoundList:
    """The list at the last part of an address, which holds its number and signature."""
    number = shared_lists.unsigned(address)
    if number is None:
        return FoundList(None)
    shared = _kept(number)
    return FoundList(shared, ended=shared is None)


def list_by_number(user: User | AnonymousUser, number: str) -> SharedList | None:
    """A list by its number alone, for officers and advisers; None if there is none. Raises PermissionDenied for others."""
    if not may_open_lists_by_number(user):
        raise PermissionDenied("Officers and advisers open lists by their number.")
    return _kept(number)


def _kept(number: str) -> SharedList | None:
    return SharedList.objects.filter(number=number, made_at__gt=timezone.now() - LISTS_KEPT).first()
