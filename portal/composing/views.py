"""The partner's opportunities: the list, beginning, describing step by step, reading once, sending, and what else one does."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from accounts.models import User
from opportunities import drafting
from opportunities.models import Opportunity
from opportunities.steps import Step
from partners.models import Partner
from portal.views.serving import ServingRequest, serving

from .forms import BeginForm
from .keeping import Typed, asked_for_more, form_for, keep_typed
from .listing import listing
from .selectors import Composition, compose

read_or_send = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@serving
def opportunities(request: ServingRequest, partner: Partner) -> HttpResponse:
    """What the partner offers, by state."""
    return render(request, "portal/opportunities/list.html", {"partner": partner, "states": listing(partner)})


@read_or_send
@serving
def begin(request: ServingRequest, partner: Partner) -> HttpResponse:
    """Chooses what it is to be; then the first step opens."""
    form = BeginForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        made = drafting.begin(partner, form.cleaned_data["kind"], form.cleaned_data["title"], request.user)
        return redirect("portal-opportunity-step", partner.pk, made.pk, "what")
    return render(request, "portal/opportunities/begin.html", {"partner": partner, "form": form})


@require_safe
@serving
def check(request: ServingRequest, partner: Partner, opportunity_pk: int) -> HttpResponse:
    """All that it says, what is missing, and what can be done with it."""
    composition = compose(partner, opportunity_pk)
    return render(request, "portal/opportunities/check.html", {"partner": partner, "composition": composition})


@require_GET
@serving
def preview(request: ServingRequest, partner: Partner, opportunity_pk: int) -> HttpResponse:
    """The draft, exactly as its public page would be."""
    return compose(partner, opportunity_pk).draft.serve_preview(request, "")


@read_or_send
@serving
def step(request: ServingRequest, partner: Partner, opportunity_pk: int, step: str) -> HttpResponse:
    """One step. It is kept unfinished too, and says what contradicts itself."""
    composition = compose(partner, opportunity_pk)
    here = composition.step(step)
    if request.method == "POST":
        typed = keep_typed(request, partner, opportunity_pk, lambda current: current.step(here.slug))
        return _go_on(request, typed.composition, typed.step) if typed.is_kept else _draw(request, typed)
    if not composition.is_editable:
        messages.warning(request, "The officers have this before them. Take it back first, then change it.")
        return redirect("portal-opportunity", partner.pk, opportunity_pk)
    form = form_for(composition, here, more=request.GET.get("more", ""))
    return _draw(request, Typed(composition, here, form))


def _draw(request: HttpRequest, typed: Typed) -> HttpResponse:
    context = {
        "partner": typed.composition.partner,
        "composition": typed.composition,
        "step": typed.step,
        "form": typed.form,
        "theirs": typed.theirs,
        "asked": typed.composition.asked_in(typed.step),
        "problems": typed.problems(),
    }
    return render(request, "portal/opportunities/step.html", context)


def _go_on(request: HttpRequest, composition: Composition, here: Step) -> HttpResponse:
    more = asked_for_more(request, here)
    if more:
        return redirect(f"{composition.address_of(here.slug)}?more={more}#{more}")
    messages.success(request, f"Saved: “{here.title}”.")
    if request.POST.get("then") == "leave":
        return redirect(composition.check_address())
    return redirect(compose(composition.partner, composition.opportunity.pk).after(here))


def _act(
    request: ServingRequest,
    partner: Partner,
    key: int,
    act: Callable[[Opportunity, User], object],
    done: str,
) -> HttpResponse:
    """Does something with the opportunity, says what came of it, and shows it again."""
    composition = compose(partner, key)
    try:
        act(composition.opportunity, request.user)
    except ValidationError as refusal:
        for message in refusal.messages:
            messages.error(request, message)
    else:
        messages.success(request, done)
    return redirect("portal-opportunity", partner.pk, key)


@require_POST
@serving
def submit(request: ServingRequest, partner: Partner, opportunity_pk: int) -> HttpResponse:
    """Sends it to the officers."""
    done = "Sent. The officers read it and write to you."
    return _act(request, partner, opportunity_pk, drafting.submit, done)


@require_POST
@serving
def withdraw(request: ServingRequest, partner: Partner, opportunity_pk: int) -> HttpResponse:
    """Takes it back from the officers."""
    return _act(request, partner, opportunity_pk, drafting.withdraw, "Taken back. You can change it now.")


@require_POST
@serving
def end(request: ServingRequest, partner: Partner, opportunity_pk: int) -> HttpResponse:
    """Takes it off the public pages."""
    return _act(request, partner, opportunity_pk, drafting.end, "Ended. The public does not see it any more.")


@require_POST
@serving
def copy(request: ServingRequest, partner: Partner, opportunity_pk: int) -> HttpResponse:
    """Makes a new draft that says the same."""
    made = drafting.copy(compose(partner, opportunity_pk).opportunity, request.user)
    messages.success(request, "Copied, without its dates. Read it through: what was right last year need not be now.")
    return redirect("portal-opportunity", partner.pk, made.pk)
