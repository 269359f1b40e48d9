"""A second factor for those who work in the CMS, wherever they go."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.messages import ERROR, add_message
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from .models import User
from .rules import needs_second_factor
from .sealing import CANNOT_BE_READ, UnreadableSecretError
from .selectors import begun_in_another_role, factors_of, gave_second_factor

# The same for everybody, and kept by caches between us, so who asks is not looked at.
FOR_ALL = {"picture", "robots", "sitemap", "sitemap-section", "health"}
OUT = {"sign-out", "wagtailadmin_logout"}
TO_SET_UP = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"} | OUT
TO_CONFIRM = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn"} | OUT


def _back_to(request: HttpRequest) -> dict[str, str]:
    return {"next": request.get_full_path()} if request.method == "GET" else {}


def _with_query(address: str, query: dict[str, str]) -> str:
    return f"{address}?{urlencode(query)}" if query else address


def _begin_anew(request: HttpRequest) -> HttpResponse:
    """Ends the session and says why: it lasts as long, and asked for as much, as the former role wanted."""
    logout(request)
    return HttpResponseRedirect(_with_query(reverse("sign-in"), {"again": "role"} | _back_to(request)))


class AskForSecondFactor:
    """Sends officers, editors and administrators to set one up, or to give it, before they see anything else.

    Whoever became one of them since they signed in, or is none any more, signs in anew, however the role was changed.
    Not only in the CMS: as somebody with a role they see more on every page. Visitors who carry no session cost nothing:
    their session is not looked at, so that pages which are the same for everybody stay so.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Elsewhere, or nothing where the request may go on."""
        view = request.resolver_match.view_name if request.resolver_match else ""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES or view in FOR_ALL:
            return None
        user = request.user
        if not isinstance(user, User):
            return None
        staff = needs_second_factor(user)
        if begun_in_another_role(request, staff=staff) and view not in OUT:
            return _begin_anew(request)
        if not staff or gave_second_factor(request, user):
            return None
        has_one = factors_of(user).exists()
        if view in (TO_CONFIRM if has_one else TO_SET_UP):
            return None
        where = reverse("mfa_reauthenticate" if has_one else "mfa_index")
        return HttpResponseRedirect(_with_query(where, _back_to(request)))

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """To one's account, with the reason, where the keys of the site do not fit what is kept of the second step."""
        if not isinstance(exception, UnreadableSecretError):
            return None
        add_message(request, ERROR, CANNOT_BE_READ)
        return HttpResponseRedirect(reverse("mfa_index"))
