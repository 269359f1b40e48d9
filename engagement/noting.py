"""How a view says what happened; the middleware decides afterwards whether it counts, and records it."""

from __future__ import annotations

from django.http import HttpRequest

from .events import Happening
from .tokens import PARAMETER, SearchToken, read_token

_NOTED = "noted_happenings"


def note(request: HttpRequest, happening: Happening) -> None:
    """Says that something happened in this request. It is recorded once the page is made, if it counts."""
    noted(request).append(happening)


def noted(request: HttpRequest) -> list[Happening]:
    """What happened in this request so far."""
    happenings: list[Happening] = request.__dict__.setdefault(_NOTED, [])
    return happenings


def token_of(request: HttpRequest) -> SearchToken | None:
    """The search token that the address (or the form that was sent) carries; None without a valid one."""
    return read_token(request.GET.get(PARAMETER, "") or request.POST.get(PARAMETER, ""))
