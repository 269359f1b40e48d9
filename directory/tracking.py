"""What the pages of the public site tell the engagement room: searches, and what is done with an opportunity."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from directory.addresses import own_path
from engagement.catalogue import EventName
from engagement.events import Happening
from engagement.noting import note, token_of
from engagement.searches import Intent, intent
from engagement.tokens import PARAMETER, SearchToken
from opportunities.models import Opportunity
from search.criteria import SearchCriteria
from search.results import SearchResults


def search_intent(request: HttpRequest, criteria: SearchCriteria) -> Intent | None:
    """Which search a page of results belongs to, and whether it counts; None where nothing is asked for."""
    if not (criteria.text or criteria.narrowed or criteria.near):
        return None
    return intent(criteria.key("sort"), token_of(request), from_results=_from_results(request))


def note_search(request: HttpRequest, results: SearchResults, found: Intent, took_ms: int) -> None:
    """Says that a search was made, where the page is one."""
    if not found.counts:
        return
    data = {
        "terms": results.understood.typed,
        "selections": _selections(results.criteria),
        "total": results.total,
        "shown": [hit.card.id for hit in results.hits],
        "took_ms": took_ms,
    }
    note(request, Happening(EventName.SEARCH_PERFORMED, token=found.token, data=data))


def note_opportunity(request: HttpRequest, name: EventName, opportunity: Opportunity, **data: Any) -> None:
    """Says that something was done with an opportunity, by the search whose token the address carries."""
    note(request, happening_of(name, opportunity, token_of(request), **data))


def happening_of(name: EventName, opportunity: Opportunity, token: SearchToken | None, **data: Any) -> Happening:
    """Something done with an opportunity, which counts for the partner that offers it."""
    return Happening(name, opportunity.pk, opportunity.offered_by_id, token, data)


def with_token(params: QueryDict, token: SearchToken) -> QueryDict:
    """The parameters of a page with the token of its search, for the links and forms on it."""
    params = params.copy()
    params[PARAMETER] = token.sign()
    return params


def _selections(criteria: SearchCriteria) -> dict[str, Any]:
    """What was chosen beside the text, by the names of the address."""
    chosen: dict[str, Any] = {name: list(values) for name, values in criteria.selections.items()}
    others = {
        "near": criteria.near,
        "km": criteria.radius_km,
        "from": criteria.date_from.isoformat() if criteria.date_from else None,
        "to": criteria.date_to.isoformat() if criteria.date_to else None,
        "open": criteria.open_only or None,
        "partner": criteria.partner,
    }
    return chosen | {name: value for name, value in others.items() if value is not None}


def _from_results(request: HttpRequest) -> bool:
    """Whether the visitor came from a page of results: the browser says so on the way within this site."""
    address = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    return own_path(address, request.get_host()) == reverse("search")
