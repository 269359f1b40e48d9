"""Small changes that a public page sends without a form token, so that the page needs no cookie and can be kept.

Django's token needs a cookie of its own on every page with such a button. What is changed here is harmless (a list
in the visitor's own browser, a count), and every browser of today says from where a form was sent.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from directory.addresses import own_path


def is_from_here(request: HttpRequest) -> bool:
    """Whether a form was sent from a page of this site, by what the browser itself says: no page can forge it."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return own_path(origin, request.get_host()) is not None


def same_site_post(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view that takes only POST, and only from pages of this site; 403 to others. It needs no form token."""

    @require_POST
    @wraps(view)
    def checked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_from_here(request):
            raise PermissionDenied("Open the page on this site and press the button there.")
        return view(request, *args, **kwargs)

    return csrf_exempt(checked)
