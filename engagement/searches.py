"""When a page of results is a search, a refinement of one, or the same one again: a pure decision."""

from __future__ import annotations

from dataclasses import dataclass

from .tokens import SearchToken, digest, new_token


@dataclass(frozen=True, slots=True)
class Intent:
    """The token that a page of results hands on, and whether the page is to be counted as a search."""

    token: SearchToken
    counts: bool


def intent(asked: str, carried: SearchToken | None, *, from_results: bool) -> Intent:
    """One intent is one search, however often it is refined.

    `asked` is all that is asked for, without page and order. `carried` is the token of the address. The same
    asked again (another page, another order, Back) counts no search. Another asked from a page of results
    (`from_results`: the browser says that it came from one) refines that search and shares its id. A token in
    an address that came from elsewhere, such as a link that somebody sent, begins a search of its own.
    """
    now = digest(asked)
    if carried is None:
        return Intent(new_token(now), counts=True)
    if carried.asked == now:
        return Intent(carried.refined(now), counts=False)
    if from_results:
        return Intent(carried.refined(now), counts=True)
    return Intent(new_token(now), counts=True)
