"""A note of what somebody looked for and did not find."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from directory import services
from directory.notes_forms import WantedForm
from directory.see_other import see_other
from engagement.catalogue import EventName
from engagement.events import Happening
from engagement.noting import note, token_of


@require_http_methods(["GET", "HEAD", "POST"])
def wanted_page(request: HttpRequest) -> HttpResponse:
    """Asks what is missing; a search that found nothing has filled in its words (`?what=`)."""
    token = token_of(request)
    form = WantedForm(request.POST) if request.method == "POST" else WantedForm(initial={"what": _asked(request)})
    if form.is_bound and form.by_a_robot:
        return see_other(reverse("wanted-thanks"))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        services.leave_wanted_note(said["what"], said["audience"], said["when"], said["email"], timezone.now())
        note(request, Happening(EventName.ACTION_BEGUN, token=token, data={"kind": "wanted"}))
        return see_other(reverse("wanted-thanks"))
    return render(request, "directory/wanted.html", {"form": form, "tracked": token})


def _asked(request: HttpRequest) -> str:
    return request.GET.get("what", "").strip()


@require_safe
def wanted_thanks_page(request: HttpRequest) -> HttpResponse:
    """What happens with a note."""
    return render(request, "directory/wanted_thanks.html")
