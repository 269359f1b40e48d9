"""Records what a request made happen, once its page is made."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .noting import noted
from .services import record


class RecordEngagement:
    """Counts what the view noted, unless the page failed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        happenings = noted(request)
        if happenings and response.status_code < 400:
            record(happenings, timezone.now())
        return response
