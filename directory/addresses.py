"""Addresses of a page with one thing changed: a choice taken away, another page, another order."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote_plus, urlsplit

from django.http import QueryDict


@lru_cache(maxsize=2_000)
def _pair(name: str, value: str) -> str:
    """One parameter in an address. A page of results writes the same ones into some fifty addresses."""
    return f"{quote_plus(name)}={quote_plus(value)}"


def _address(pairs: Iterable[tuple[str, str]]) -> str:
    """A query string that starts with "?", without empty values; "?" alone leads to the bare page."""
    return "?" + "&".join(_pair(name, value) for name, value in pairs if value)


def address_with(params: QueryDict, changes: Mapping[str, str | Iterable[str] | None]) -> str:
    """The query string with some parameters replaced (None or nothing takes one away); back on page one.

    A change of `page` itself is kept.
    """
    pairs = [
        (name, value) for name, values in params.lists() if name not in changes and name != "page" for value in values
    ]
    for name, values in changes.items():
        pairs += [(name, value) for value in ([values] if isinstance(values, str) else values or ())]
    return _address(pairs)


def address_without(params: QueryDict, name: str, value: str | None = None) -> str:
    """The query string without a parameter, or without one of its values; back on page one."""
    return _address(
        (each, kept)
        for each, values in params.lists()
        if each != "page"
        for kept in values
        if not (each == name and value in (None, kept))
    )


def addresses_with_each(params: QueryDict, name: str, values: Iterable[str]) -> dict[str, str]:
    """By value, the query string with that value of a parameter in place of others, for many at once."""
    start = address_with(params, {name: None})
    joined = start if start == "?" else f"{start}&"
    return {value: f"{joined}{_pair(name, value)}" for value in values}


def address_with_added(params: QueryDict, name: str, value: str) -> str:
    """The query string with one more value of a parameter; back on page one."""
    return address_with(params, {name: [*(each for each in params.getlist(name) if each != value), value]})


def address_of_only(params: QueryDict, names: Iterable[str]) -> str:
    """The query string with these parameters alone."""
    return _address((name, value) for name in names for value in params.getlist(name))


def own_path(address: str, host: str) -> str | None:
    """The path of an address of this site; None for another site's, or for what is no address (a header holds anything)."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return parts.path if parts.netloc == host else None
