"""Officers check what partners send: the list of what waits, and one thing with the decision on it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.models import TaskState

from accounts.rules import is_administrator, signed_in
from opportunities.selectors import waiting_for_moderation
from partners.four_eyes import why_not_by
from partners.models import Partner
from partners.moderation import Superseded, accept, return_with_comments
from partners.notices import partner_of
from partners.selectors import under_review
from portal.forms.reviewing import ACCEPT, ALONE, RETURN, VerdictForm, typed_words
from portal.selectors.live_changes import entries, live_changes
from portal.selectors.reviewing import Review, review, state_to_review, waiting_lines

from .officers import for_officers

MEANWHILE = "Another version was sent while you read, so your decision was not applied. This is what they sent last."
PAGE_SIZE = 25


@require_safe
@for_officers
def waiting_list(request: HttpRequest) -> HttpResponse:
    """What waits for officers, the longest wait first."""
    page = Paginator(waiting_for_moderation(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **_frame("check"),
        "waiting": waiting_lines(list(page.object_list), signed_in(request.user)),
        "page": page.number,
        "pages": page.paginator.num_pages,
    }
    return render(request, "portal/review_list.html", context)


@require_safe
@for_officers
def changes_list(request: HttpRequest) -> HttpResponse:
    """What partners changed on live offers without a check, the latest first."""
    page = Paginator(entries(), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        **_frame("changes"),
        "changes": live_changes(list(page.object_list)),
        "page": page.number,
        "pages": page.paginator.num_pages,
    }
    return render(request, "portal/review_changes.html", context)


def _frame(section: str) -> dict[str, Any]:
    return {"section": section, "waiting_total": waiting_for_moderation().count()}


@require_http_methods(["GET", "HEAD", "POST"])
@for_officers
def review_one(request: HttpRequest, pk: int) -> HttpResponse:
    """One thing before the officers: what changed, what they decide by, and the decision."""
    state = state_to_review(pk)
    if state is None or state.workflow_state.content_object is None:
        if request.method == "POST":
            return _late(request, None, status=404)
        raise Http404
    if state.status != TaskState.STATUS_IN_PROGRESS:
        return _over(request, state)
    shown = review(state)
    aspects = [change.aspect for change in shown.changes]
    initial = {"revision": state.revision_id}
    form = VerdictForm(aspects, shown.others, request.POST if request.method == "POST" else None, initial)
    if form.is_bound and form.is_valid():
        try:
            return _decide(request, shown, form)
        except ValidationError as error:
            form.add_errors(error.message_dict if hasattr(error, "error_dict") else {"": error.messages})
    return _page(request, shown, form)


def _page(request: HttpRequest, shown: Review, form: VerdictForm) -> HttpResponse:
    suspend = Partner.snippet_viewset.get_url_name("suspend")
    revision = type(shown.thing).snippet_viewset.get_url_name("revisions_view")
    user = signed_in(request.user)
    context = {
        **_frame("check"),
        "review": shown,
        "form": form,
        "own": why_not_by(user, shown.thing),
        "may_alone": is_administrator(user),
        "pairs": [(change, form[f"comment-{change.aspect.slug}"]) for change in shown.changes],
        "suspend_name": suspend,
        "preview_name": revision,
    }
    return render(request, "portal/review.html", context)


def _decide(request: HttpRequest, shown: Review, form: VerdictForm) -> HttpResponse:
    user, thing, said = signed_in(request.user), shown.thing, form.cleaned_data
    if said["revision"] != shown.revision.pk:
        return _superseded(request, None, shown.state)
    try:
        if said["verdict"] in {ACCEPT, ALONE}:
            accept(thing, shown.revision, user, say=said["say"], alone=said["verdict"] == ALONE)
        else:
            return_with_comments(thing, shown.revision, user, form.comments, said["say"])
    except Superseded as error:
        return _superseded(request, state_to_review(shown.state.pk), error.current)
    words = "Sent back" if said["verdict"] == RETURN else "Accepted"
    told = f"{shown.sender} gets" if shown.sender else "The partner’s owners get"
    messages.success(request, f"{words}: {thing}. {told} an e-mail.")
    return redirect("review")


def _superseded(request: HttpRequest, read: TaskState | None, current: TaskState | None) -> HttpResponse:
    """Nothing was decided: what is before the officers now is shown, with why; or what became of what was `read`."""
    if current is None:
        return _late(request, read)
    messages.warning(request, MEANWHILE)
    return redirect("review-one", current.pk)


def _late(request: HttpRequest, read: TaskState | None, *, status: int = 200) -> HttpResponse:
    """It waits no longer: what became of it, and all that the officer has typed, to be used elsewhere."""
    context = {**_frame("check"), "state": read, "typed": typed_words(request.POST)}
    return render(request, "portal/review_late.html", context, status=status)


def _over(request: HttpRequest, state: TaskState) -> HttpResponse:
    """It was decided on or taken back; what was sent since is shown instead, if anything was."""
    thing = state.workflow_state.content_object
    current = under_review(thing)
    if request.method == "POST":
        return _superseded(request, state, current)
    context = {**_frame("check"), "state": state, "thing": thing, "partner": partner_of(thing), "current": current}
    return render(request, "portal/review_over.html", context)
