"""What a person gets told by mail, and what not: for who is signed in, and by the link in a message."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from . import addresses, selectors, services
from .capacities import capacities_of

READ_OR_SEND = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(READ_OR_SEND)
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """Every kind of message that the person gets, with what it is for; a tick for each that may be switched off."""
    person: Any = request.user
    capacities = capacities_of(person)
    if request.method != "POST":
        choices = selectors.choices_of(person.email, capacities)
        may_choose = any(choice.kind.optional for choice in choices)
        return render(request, "notices/choose.html", {"choices": choices, "may_choose": may_choose})
    wanted, shown = request.POST.getlist("kind"), request.POST.getlist("shown")
    services.choose(person.email, wanted, shown=shown, capacities=capacities)
    messages.success(request, "Your choice is kept.")
    return _see_other(reverse("messages-to-me"))


@never_cache
@require_http_methods(READ_OR_SEND)
def switch_off(request: HttpRequest) -> HttpResponse:
    """One button that switches off one kind for one address. Opening the page changes nothing: mail scanners open links."""
    named = addresses.read(request.GET.get("m", ""))
    if named is None:
        return render(request, "notices/no_such_link.html", status=404)
    kind, address = named
    if request.method == "POST":
        services.switch(kind, address, off=True)
        return _see_other(request.get_full_path())
    return render(request, "notices/switch_off.html", {"kind": kind, "off": selectors.is_switched_off(kind, address)})


def _see_other(address: str) -> HttpResponse:
    return HttpResponseRedirect(address, status=303)
