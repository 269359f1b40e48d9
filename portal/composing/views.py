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
from opportunities.steps import SETS, Step
from partners.models import Partner
from partners.services import EditedMeanwhile, check_open
from portal.views.serving import ServingRequest, serving

from .forms import BeginForm, StepForm
from .listing import listing
from .rows import MOST
from .saying import Said, said
from .selectors import Composition, compose

read_or_send = require_http_methods(["GET", "HEAD", "POST"])

MEANWHILE = (
    "Somebody else has saved this step while you wrote. What they wrote stands below, your words in the fields. "
    "Save again to keep yours."
)
LONGEST_KEY = 18  # digits that a database takes for a number
# One more try for each time that somebody else was quicker; more than a few is no accident.
TRIES = 3


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
        return _keep(request, partner, opportunity_pk, here.slug)
    if not composition.is_editable:
        messages.warning(request, "The officers have this before them. Take it back first, then change it.")
        return redirect("portal-opportunity", partner.pk, opportunity_pk)
    form = _form(composition, here, more=request.GET.get("more", ""))
    return _draw(request, composition, here, form)


def _form(
    composition: Composition, here: Step, data: object = None, files: object = None, *, more: str = ""
) -> StepForm:
    """The form on a draft of its own: what is typed wrongly must not colour what the page says of the kept draft."""
    kept = Opportunity.objects.select_related("offered_by", "hosted_by").get(pk=composition.opportunity.pk)
    draft: Opportunity = kept.get_latest_revision_as_object()
    return StepForm(data, files, draft=draft, partner=composition.partner, step=here, more=more)


def _draw(
    request: HttpRequest, composition: Composition, here: Step, form: StepForm, theirs: list[Said] | None = None
) -> HttpResponse:
    context = {
        "partner": composition.partner,
        "composition": composition,
        "step": here,
        "form": form,
        "theirs": theirs,
        "asked": composition.asked_in(here),
        "problems": [*form.problems(), *_elsewhere(composition, form)] if form.is_bound else [],
    }
    return render(request, "portal/opportunities/step.html", context)


def _elsewhere(composition: Composition, form: StepForm) -> list[tuple[str, str]]:
    """What another step says that cannot be, with the way there."""
    return [(composition.address_of(where.slug) if where else "", message) for where, message in form.other_steps()]


def _keep(request: ServingRequest, partner: Partner, key: int, slug: str) -> HttpResponse:
    for _ in range(TRIES):
        composition = compose(partner, key)
        here = composition.step(slug)
        form = _form(composition, here, _with_room(request, here), request.FILES)
        try:
            check_open(composition.opportunity, request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return _draw(request, composition, here, form)
        shown = drafting.shown_content(composition.opportunity, _number(request.POST.get("seen", "")))
        latest = drafting.shown_content(composition.opportunity, composition.seen)
        if shown is None or latest is None or not drafting.says_the_same(here, shown, latest):
            form.add_error(None, MEANWHILE)
            return _draw(request, composition, here, form, said(composition.draft, here))
        if not form.is_valid():
            return _draw(request, composition, here, form)
        try:
            drafting.keep(form.written(), request.user, seen=composition.seen, picture=form.chosen_picture)
        except EditedMeanwhile:
            continue
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return _draw(request, composition, here, form)
        return _go_on(request, composition, here)
    form.add_error(None, MEANWHILE)
    return _draw(request, composition, here, form, said(composition.draft, here))


def _number(text: str) -> int | None:
    """The number of the revision that the page showed; 0, which is nobody's, for what is no number."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else 0


def _with_room(request: HttpRequest, here: Step) -> object:
    """What was sent; with one more empty row where that was asked for, so that what was typed stays if it cannot be kept."""
    name = _asked_for_more(request, here)
    total = request.POST.get(f"{name}-TOTAL_FORMS", "") if name else ""
    if not (total.isascii() and total.isdigit() and len(total) < 3 and int(total) < MOST[name]):
        return request.POST
    data = request.POST.copy()
    data[f"{name}-TOTAL_FORMS"] = str(int(total) + 1)
    return data


def _asked_for_more(request: HttpRequest, here: Step) -> str:
    name = request.POST.get("then", "").removeprefix("more-")
    return name if name in SETS and name in here.sets else ""


def _go_on(request: HttpRequest, composition: Composition, here: Step) -> HttpResponse:
    more = _asked_for_more(request, here)
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


@require_POST
@serving
def remove(request: ServingRequest, partner: Partner, opportunity_pk: int) -> HttpResponse:
    """Deletes a draft that was never public."""
    opportunity = compose(partner, opportunity_pk).opportunity
    try:
        drafting.remove(opportunity, request.user)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("portal-opportunity", partner.pk, opportunity_pk)
    messages.success(request, "The draft is removed.")
    return redirect("portal-opportunities", partner.pk)
