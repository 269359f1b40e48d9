"""What the link of an invitation leads to: a page with one button. Opening it changes nothing."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from directory.see_other import see_other
from portal import invitations

from .joining import link_gone

#: Where the way in leads, once somebody has signed in.
HOMES = {"partner": "/portal/", "school": "/portal/", invitations.SCHOOL_ASKED: "/", "team": "/"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest) -> HttpResponse:
    """Shows an invitation, and accepts it for the address that it was sent to.

    Whoever else is signed in is told so first and signs out: otherwise they would think that they had joined.
    """
    sent = request.method == "POST"
    secret = (request.POST if sent else request.GET).get("secret", "")
    found = invitations.find(secret)
    if found is None:
        return link_gone(request)
    somebody_else = request.user.is_authenticated and request.user.email != found.email
    if sent and "sign-out" in request.POST:
        logout(request)
        return see_other(f"{reverse('invitation')}?{urlencode({'secret': secret})}")
    if sent and not somebody_else:
        what = invitations.accept(secret)
        if what is None:
            return link_gone(request)
        return see_other(f"{reverse('invitation-accepted')}?{urlencode({'what': what})}")
    context = {"invitation": found, "secret": secret, "somebody_else": somebody_else}
    return render(request, "portal/joining/invitation.html", context)


@never_cache
@require_safe
def invitation_accepted(request: HttpRequest) -> HttpResponse:
    """What happens next: signing in, unless that is done."""
    what = request.GET.get("what", "")
    what = what if what in HOMES else "team"
    return render(request, "portal/joining/accepted.html", {"what": what, "home": HOMES[what]})
