"""Records what a request made happen, once its page is made."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .noting import noted
from .selectors import visitor_of
from .services import drop, record_or_drop
from .visits import ANYBODY, Visit, Visitor, counted


class RecordEngagement:
    """Counts what the view noted, if it counts and the page did not fail. Whatever fails here, the page goes out."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        happenings = noted(request)
        if happenings and response.status_code < 400:
            visit = Visit.of(request.method or "", request.headers)
            # Most of what does not count is seen without asking who it is.
            if visit.counts:
                _record(request, visit)
        return response


def _record(request: HttpRequest, visit: Visit) -> None:
    happenings, now = noted(request), timezone.now()
    try:
        visitor = _visitor(request)
    except Exception as why:  # noqa: BLE001  whatever it is: the page is made and goes out
        drop(len(happenings), now, why)
        return
    if counting := counted(visit, visitor, happenings):
        record_or_drop(counting, now, visitor.kind)


def _visitor(request: HttpRequest) -> Visitor:
    """Who asks. Without a session's cookie nobody is signed in, and the page is not made to depend on cookies."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return ANYBODY
    return visitor_of(request.user)
