"""Records what a request made happen, once its page is with the visitor."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .noting import noted
from .selectors import visitor_of
from .services import drop, record_or_drop
from .visits import ANYBODY, Visit, Visitor, counted


class RecordEngagement:
    """Counts what the view noted, if it counts and the page did not fail. Whatever fails here, the page goes out.

    Outermost, since the answer that it holds must be the one that is sent: it is recorded when the server closes that
    (PEP 3333), after its last byte, so that nobody waits for the database.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if noted(request) and response.status_code < 400:
            visit = Visit.of(request.method or "", request.headers)
            # Most of what does not count is seen without asking who it is.
            if visit.counts:
                _before_closing(response, partial(_record, request, visit, timezone.now()))
        return response


def _before_closing(response: HttpResponse, act: Callable[[], None]) -> None:
    """Acts when the server closes the answer, while the request still has its connection to the database."""
    close = response.close

    def act_and_close() -> None:
        try:
            act()
        finally:
            close()

    response.close = act_and_close  # type: ignore[method-assign]  # of this one answer


def _record(request: HttpRequest, visit: Visit, now: datetime) -> None:
    happenings = noted(request)
    try:
        visitor = _visitor(request)
    except Exception as why:  # noqa: BLE001  whatever it is: the page went out
        drop(len(happenings), now, why)
        return
    if counting := counted(visit, visitor, happenings):
        record_or_drop(counting, now, visitor.kind)


def _visitor(request: HttpRequest) -> Visitor:
    """Who asks. Without a session's cookie nobody is signed in, and the page is not made to depend on cookies."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ANYBODY
    return visitor_of(request.user)
