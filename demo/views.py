"""Signing in as anybody, with one click. These addresses exist only with DEMO=1, and DEMO=1 starts only with DEBUG=1."""

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from notices.models import Notice
from portal.landing import landing_page

from .people import PEOPLE, find_user

OUTBOX_SHOWS = 100
BACKEND = "django.contrib.auth.backends.ModelBackend"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_as(request: HttpRequest) -> HttpResponse:
    """The people of the demonstration; posting the slug of one signs in. Raises Http404 outside the demonstration."""
    if not settings.DEMO:
        raise Http404
    if request.method != "POST":
        return render(
            request, "demo/sign_in_as.html", {"people": PEOPLE, "loaded": find_user(PEOPLE[0].slug) is not None}
        )
    user = find_user(request.POST.get("person", ""))
    if user is None:
        raise Http404
    login(request, user, backend=BACKEND)
    # As if with a second factor, which the people of the demonstration have not.
    record_authentication(request, user, method="mfa", type="demonstration")
    return redirect(landing_page(user))


@never_cache
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """The latest messages to the people of the demonstration. Raises Http404 outside it."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo/outbox.html", {"notices": Notice.objects.all()[:OUTBOX_SHOWS]})


@never_cache
@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """One message as a mail program shows it, sign-in codes included. Raises Http404 outside the demonstration."""
    if not settings.DEMO:
        raise Http404
    return render(request, "demo/message.html", {"notice": get_object_or_404(Notice, pk=pk)})
