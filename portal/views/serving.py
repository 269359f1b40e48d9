"""What every page of the portal asks first: who acts, and for which partner."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.rules import signed_in
from partners.models import Partner
from partners.rules import is_partner_owner
from partners.selectors import served_by

# Where a page says what came of a send. A browser keeps the part of the address that a form was sent to, so a redirect
# names this one where the form names another: else the page opens below its own answer.
SAID = "#said"

# A view of (ServingRequest, Partner, what else stands in the address).
type ServingView = Callable[..., HttpResponseBase]


class ServingRequest(HttpRequest):
    """A request of somebody who is signed in (for types only)."""

    user: User


def serving(view: ServingView) -> ServingView:
    """Gives a view the partner of its address, `partner_pk`, if the visitor acts for it; else there is no such page.

    Anonymous visitors are sent to sign in. Pages of the portal are never kept by anybody's cache.
    """

    @never_cache
    @login_required
    @wraps(view)
    def serve(request: HttpRequest, partner_pk: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
        partner = get_object_or_404(served_by(signed_in(request.user)), pk=partner_pk)
        return view(cast("ServingRequest", request), partner, *args, **kwargs)

    return serve


def owning(view: ServingView) -> ServingView:
    """As `serving`, for owners only. Raises PermissionDenied for other people of the partner."""

    @serving
    @wraps(view)
    def own(request: ServingRequest, partner: Partner, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not is_partner_owner(request.user, partner):
            raise PermissionDenied
        return view(request, partner, *args, **kwargs)

    return own
