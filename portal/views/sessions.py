"""The dates of an opportunity: many at once by a rule, one by one, cancelled with a message. None needs a check."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from directory import words
from opportunities.models import Opportunity, Session
from opportunities.recurrence import LeaveOut, propose
from opportunities.services import NewSession, add_session, add_sessions, cancel_session, delete_session, edit_session
from partners.models import Partner
from partners.selectors import state_of
from portal.forms.one_date import OneDateForm
from portal.forms.sessions import CancelForm, RuleForm, SessionForm
from portal.proposals import Preview, preview
from portal.selectors.sessions import known, opportunities_of, sessions_of, shelves, term_choices, usual_terms

from .serving import SAID, ServingRequest, serving

ROWS_A_PAGE = 60
# How dates are added.
ONE, RULE = "one", "rule"
# What is said of a day that somebody has chosen by itself.
MINDED = (LeaveOut.BANK_HOLIDAYS, LeaveOut.SCHOOL_HOLIDAYS)
FIRST_SKIPPED = ("school", "bank", "taken")


@require_http_methods(["GET", "HEAD", "POST"])
@serving
def dates(request: ServingRequest, partner: Partner, opportunity_pk: int) -> HttpResponse:
    """The dates of an opportunity, and one more, or many at once: a GET shows what a rule would make, a POST makes them."""
    opportunity = get_object_or_404(opportunities_of(partner), pk=opportunity_pk)
    by_rule = "every" in request.GET or request.GET.get("add") == RULE
    if request.POST.get("add") == ONE or (request.method != "POST" and not by_rule):
        return _one_date(request, partner, opportunity)
    return _many_dates(request, partner, opportunity)


def _one_date(request: ServingRequest, partner: Partner, opportunity: Opportunity) -> HttpResponse:
    form = OneDateForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        mind = _mind(opportunity, form)
        try:
            added = add_session(opportunity, user=request.user, **form.changes)
        except ValidationError as error:
            form.take(error)
        else:
            public = " It is public now." if opportunity.live else ""
            messages.success(request, f"{_named(added)} is added.{public}{mind}")
            return redirect(reverse("portal-sessions", args=[partner.pk, opportunity.pk]) + SAID)
    return _page(request, partner, opportunity, form, None)


def _mind(opportunity: Opportunity, form: OneDateForm) -> str:
    """What a rule would have left the day out for; it was asked for by name, so it is only said."""
    terms = usual_terms(opportunity, term_choices())
    [proposal] = propose(form.rule, known(opportunity, form.rule, terms), MINDED)
    return f" Mind the day: {proposal.left_out}." if proposal.left_out and not proposal.final else ""


def _many_dates(request: ServingRequest, partner: Partner, opportunity: Opportunity) -> HttpResponse:
    choices = term_choices()
    if request.method == "POST":
        form = RuleForm(request.POST, choices)
        shown = preview(opportunity, form, ticked=request.POST.getlist("date")) if form.is_valid() else None
        if shown is not None and not shown.problem:
            try:
                added = add_sessions(opportunity, _new_sessions(shown, form), request.user)
            except ValidationError as error:
                shown.problem = " ".join(error.messages)
            else:
                _say_added(request, opportunity, len(added))
                return redirect(reverse("portal-sessions", args=[partner.pk, opportunity.pk]) + SAID)
        return _page(request, partner, opportunity, form, shown)
    if "every" in request.GET:
        form = RuleForm(request.GET, choices)
        return _page(request, partner, opportunity, form, preview(opportunity, form) if form.is_valid() else None)
    usual = {"every": "1", "skip": FIRST_SKIPPED, "terms": usual_terms(opportunity, choices)}
    return _page(request, partner, opportunity, RuleForm(None, choices, usual), None)


def _new_sessions(shown: Preview, form: RuleForm) -> list[NewSession]:
    data = form.cleaned_data
    return [NewSession(one.starts, one.ends, data["places"], data["label"]) for one in shown.chosen]


def _say_added(request: ServingRequest, opportunity: Opportunity, count: int) -> None:
    public = " They are public now." if opportunity.live else ""
    messages.success(request, f"{words.counted(count, 'date').capitalize()} added.{public}")


def _page(
    request: ServingRequest,
    partner: Partner,
    opportunity: Opportunity,
    form: RuleForm | OneDateForm,
    shown: Preview | None,
) -> HttpResponse:
    found = shelves(opportunity)
    shelf = next((one for one in found if one.name == request.GET.get("which")), found[0])
    rows = Paginator(shelf.sessions, ROWS_A_PAGE).get_page(request.GET.get("page"))
    problems = form.problems if form.is_bound else []
    if shown is not None and shown.problem:
        problems = [("dates", shown.problem)]
    context: dict[str, Any] = {
        "partner": partner,
        "opportunity": opportunity,
        "called": _title(opportunity),
        "state": state_of(opportunity),
        "form": form,
        "ways": [(ONE, "One date"), (RULE, "Several dates by a rule")],
        "way": ONE if isinstance(form, OneDateForm) else RULE,
        "preview": shown,
        "problems": problems,
        "shelves": found,
        "shelf": shelf,
        "listed": rows,
        "now": timezone.now(),
    }
    return render(request, "portal/sessions/dates.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@serving
def session(request: ServingRequest, partner: Partner, opportunity_pk: int, session_pk: int) -> HttpResponse:
    """One date: its time and places. A cancelled or past one is only read."""
    found = _session(partner, opportunity_pk, session_pk)
    can_change = not found.is_cancelled and found.ends > timezone.now()
    form = SessionForm.of(found, request.POST if request.method == "POST" else None)
    if request.method == "POST" and can_change and form.is_valid():
        try:
            edit_session(found, _differing(found, form.changes), request.user)
        except ValidationError as error:
            form.take(error)
        else:
            messages.success(request, f"{_named(found)} is changed.")
            return redirect("portal-sessions", partner.pk, opportunity_pk)
    context = _one(partner, found) | {"form": form, "can_change": can_change}
    return render(request, "portal/sessions/session.html", context)


def _differing(found: Session, changes: dict[str, Any]) -> dict[str, Any]:
    """What was typed anew: what others changed meanwhile in other fields stays."""
    return {name: value for name, value in changes.items() if getattr(found, name) != value}


@require_http_methods(["GET", "HEAD", "POST"])
@serving
def cancel(request: ServingRequest, partner: Partner, opportunity_pk: int, session_pk: int) -> HttpResponse:
    """Asks for the words that schools read, and cancels a date with them."""
    found = _session(partner, opportunity_pk, session_pk)
    if found.is_cancelled or found.ends <= timezone.now():
        return redirect("portal-session", partner.pk, opportunity_pk, session_pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            cancel_session(found, form.cleaned_data["because"], request.user)
        except ValidationError as error:
            form.add_error("because", error.messages[0])
        else:
            messages.success(request, f"{_named(found)} is cancelled. Whoever looks it up reads your words.")
            return redirect("portal-sessions", partner.pk, opportunity_pk)
    context = _one(partner, found) | {"form": form, "can_remove": not found.taken and not found.waiting}
    return render(request, "portal/sessions/cancel.html", context)


@serving
@require_POST
def remove(request: ServingRequest, partner: Partner, opportunity_pk: int, session_pk: int) -> HttpResponse:
    """Removes a date in which nobody has a place."""
    found = _session(partner, opportunity_pk, session_pk)
    name = _named(found)
    try:
        delete_session(found, request.user)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("portal-session", partner.pk, opportunity_pk, session_pk)
    messages.success(request, f"{name} is removed.")
    return redirect("portal-sessions", partner.pk, opportunity_pk)


def _session(partner: Partner, opportunity_pk: int, session_pk: int) -> Session:
    return get_object_or_404(sessions_of(partner), pk=session_pk, opportunity=opportunity_pk)


def _named(found: Session) -> str:
    return words.session_dates(found.starts, found.ends)


def _one(partner: Partner, found: Session) -> dict[str, Any]:
    opportunity = found.opportunity
    back = reverse("portal-sessions", args=[partner.pk, opportunity.pk])
    return {
        "partner": partner,
        "opportunity": opportunity,
        "called": _title(opportunity),
        "session": found,
        "back": back,
    }


def _title(opportunity: Opportunity) -> str:
    """What it is called in its latest draft."""
    return str(opportunity.get_latest_revision_as_object().title)
