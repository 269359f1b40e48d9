"""What every page of the public site shows of its visitor's own."""

from django.http import HttpRequest

from directory.shortlist import shortlist_of


def shortlist(request: HttpRequest) -> dict[str, tuple[int, ...]]:
    """`shortlist`: the keys of what the visitor saved, from the cookie alone."""
    return {"shortlist": shortlist_of(request)}
