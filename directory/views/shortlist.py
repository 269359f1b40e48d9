"""The shortlist: saving and taking off from any page, the list itself, and the lists that somebody printed or shared."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from directory import qr, selectors, services, shared_lists, shortlist
from directory.addresses import own_path
from directory.rules import may_open_lists_by_number
from directory.same_site import same_site_post
from directory.see_other import see_other
from directory.tracking import happening_of
from engagement.catalogue import EventName
from engagement.events import Happening
from engagement.noting import note
from engagement.tokens import read_token

FULL = f"Your shortlist holds {shortlist.MOST}, as many as it can. Take one off before you save another."
GONE = "This is not open any more, so it was not saved."


@require_safe
@never_cache
def shortlist_page(request: HttpRequest) -> HttpResponse:
    """What this visitor saved."""
    context = {
        "items": selectors.listed(shortlist.shortlist_of(request)),
        "full": "full" in request.GET,
        "may_open_by_number": may_open_lists_by_number(request.user),
    }
    return render(request, "directory/shortlist.html", context)


@require_safe
@never_cache
def shortlist_saved(request: HttpRequest) -> HttpResponse:
    """The keys of what this visitor saved, for a page that the browser shows again as it was before."""
    return JsonResponse({"saved": shortlist.shortlist_of(request)})


@same_site_post
def change_shortlist(request: HttpRequest) -> HttpResponse:
    """Saves one (`add`: its key, perhaps with the token of its search), takes one off (`remove`), or all (`clear`)."""
    if "add" in request.POST:
        return _add(request)
    if "clear" in request.POST:
        return _answer(request, (), "Your shortlist is empty.")
    key = _key(request.POST.get("remove", "").partition(" ")[0])
    keys = shortlist.without(shortlist.shortlist_of(request), key)
    return _answer(request, keys, f"Taken off. {len(keys)} on your shortlist.", key)


def _add(request: HttpRequest) -> HttpResponse:
    written, _, token = request.POST["add"].partition(" ")
    key = _key(written)
    saved = shortlist.shortlist_of(request)
    if key in saved:
        return _answer(request, saved, f"Saved. {len(saved)} on your shortlist.", key)
    opportunity = selectors.public_opportunity_in_brief(key)
    if opportunity is None:
        return _answer(request, saved, GONE)
    try:
        keys = shortlist.with_one_more(saved, key)
    except shortlist.ShortlistFullError:
        return _answer(request, saved, FULL, way_on=f"{reverse('shortlist')}?full=1")
    note(request, happening_of(EventName.SHORTLISTED, opportunity, read_token(token)))
    return _answer(request, keys, f"Saved. {len(keys)} on your shortlist.", key)


def _key(text: str) -> int:
    key = shortlist.read_key(text)
    if key is None:
        raise BadRequest("Open the page again and press the button there.")
    return key


def _answer(
    request: HttpRequest, keys: tuple[int, ...], said: str, key: int | None = None, way_on: str = ""
) -> HttpResponse:
    """Keeps the list, and says so to a script, or leads back to where the button was."""
    if request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        response: HttpResponse = JsonResponse({"saved": keys, "said": said})
    else:
        response = see_other(way_on or _way_back(request, key))
    shortlist.keep(response, keys)
    return response


def _way_back(request: HttpRequest, key: int | None) -> str:
    """The page that the button was on, at that button; the shortlist where the browser does not say."""
    came_from = request.headers.get("Referer", "")
    path = own_path(came_from, request.get_host())
    # Two slashes would begin another site's name.
    if not path or path.startswith(("//", "/\\")):
        return reverse("shortlist")
    query = urlsplit(came_from).query
    at = f"#save-{key}" if key and path != reverse("shortlist") else ""
    return f"{path}{'?' if query else ''}{query}{at}"


@same_site_post
def share_shortlist(request: HttpRequest) -> HttpResponse:
    """Gives the list a number and an address, and leads there: to be printed (`do=print`), or to be shared."""
    keys = selectors.public_among(shortlist.shortlist_of(request))
    if not keys:
        return see_other(reverse("shortlist"))
    shared = services.share_list(keys, timezone.now())
    printing = request.POST.get("do") == "print"
    note(request, Happening(EventName.PRINTED if printing else EventName.SHARED, data={"what": "shortlist"}))
    address = reverse("shared-list", args=[shared_lists.signed(shared.number)])
    return see_other(f"{address}#print" if printing else address)


@require_safe
@never_cache
def shared_list_page(request: HttpRequest, signed: str) -> HttpResponse:
    """A list that somebody shared. Without its signature it is not there; when its time is over it says so."""
    found = selectors.list_at(signed)
    if found.shared is None:
        return render(request, "directory/list_gone.html", {"ended": found.ended}, status=410 if found.ended else 404)
    address = f"{settings.SITE_URL}{reverse('shared-list', args=[signed])}"
    context = {
        "items": selectors.listed(found.shared.opportunities),
        "number": shared_lists.shown(found.shared.number),
        "kept_until": found.shared.made_at + selectors.LISTS_KEPT,
        "made_at": found.shared.made_at,
        "signed": signed,
        "address": address,
        "code": qr.code(address, "QR code of this list"),
    }
    return render(request, "directory/shared_list.html", context)


@same_site_post
def take_list(request: HttpRequest, signed: str) -> HttpResponse:
    """Makes a shared list that of this visitor's browser, in place of what was there."""
    found = selectors.list_at(signed)
    if found.shared is None:
        raise Http404("There is no such list now.")
    response = see_other(reverse("shortlist"))
    shortlist.keep(response, tuple(selectors.public_among(found.shared.opportunities)))
    return response


@require_safe
@never_cache
def lists_page(request: HttpRequest) -> HttpResponse:
    """Officers and advisers open a list by the number that somebody reads out."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.path, reverse("sign-in"))
    typed = request.GET.get("number", "")
    number = shared_lists.typed(typed)
    shared = selectors.list_by_number(request.user, number or "")
    if shared is not None:
        return HttpResponseRedirect(reverse("shared-list", args=[shared_lists.signed(shared.number)]))
    error = ""
    if "number" in request.GET:
        error = (
            f"There is no list {shared_lists.shown(number)}. Lists live 90 days; check the number on the paper."
            if number
            else "Type the six letters and digits of the list, like 7K2-M4Q."
        )
    return render(request, "directory/lists.html", {"typed": typed, "error": error, "problems": [("number", error)]})
