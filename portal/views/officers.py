"""Who may see the pages at which officers check what partners send."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from accounts.rules import is_officer, signed_in

type OfficerView = Callable[..., HttpResponse]


def for_officers(view: OfficerView) -> OfficerView:
    """Lets officers and administrators in. Anonymous visitors are sent to sign in; for others PermissionDenied is raised."""

    @never_cache
    @login_required
    @wraps(view)
    def check(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_officer(signed_in(request.user)):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return check
