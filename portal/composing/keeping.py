"""Keeping what was typed about an opportunity, whatever page asked for it: one step, or what officers returned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from opportunities import drafting
from opportunities.models import Opportunity
from opportunities.steps import SETS, Step
from partners.models import Partner
from partners.services import EditedMeanwhile, check_open
from portal.views.serving import ServingRequest

from .forms import StepForm
from .rows import MOST
from .saying import Said, said
from .selectors import Composition, compose

MEANWHILE = (
    "Somebody else has saved this while you wrote. What they wrote stands below, your words in the fields. "
    "Save again to keep yours."
)
LONGEST_KEY = 18  # digits that a database takes for a number
# One more try for each time that somebody else was quicker; more than a few is no accident.
TRIES = 3


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed on a page: whether it is kept now, and else the form that says why not.

    `theirs` is what somebody else wrote there meanwhile, if they did.
    """

    composition: Composition
    step: Step
    form: StepForm
    is_kept: bool = False
    theirs: list[Said] | None = None

    def problems(self) -> list[tuple[str, str]]:
        """What is to be mended: an id on this page or the address of another, and the message."""
        return [*self.form.problems(), *_elsewhere(self.composition, self.form)] if self.form.is_bound else []


def number_of(text: str) -> int | None:
    """The number of the revision that the page showed; 0, which is nobody's, for what is no number."""
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else 0


def form_for(
    composition: Composition, here: Step, data: object = None, files: object = None, *, more: str = ""
) -> StepForm:
    """The form on a draft of its own: what is typed wrongly must not colour what the page says of the kept draft."""
    kept = Opportunity.objects.select_related("offered_by", "hosted_by").get(pk=composition.opportunity.pk)
    draft: Opportunity = kept.get_latest_revision_as_object()
    return StepForm(data, files, draft=draft, partner=composition.partner, step=here, more=more)


def keep_typed(request: ServingRequest, partner: Partner, key: int, find: Callable[[Composition], Step]) -> Typed:
    """Keeps what was sent, once more if somebody else saved another step at that moment. `find` says what was asked."""
    for _ in range(TRIES):
        composition = compose(partner, key)
        here = find(composition)
        form = form_for(composition, here, _with_room(request, here), request.FILES)
        try:
            check_open(composition.opportunity, request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return Typed(composition, here, form)
        shown = drafting.shown_content(composition.opportunity, number_of(request.POST.get("seen", "")))
        latest = drafting.shown_content(composition.opportunity, composition.seen)
        if shown is None or latest is None or not drafting.says_the_same(here, shown, latest):
            break
        if not form.is_valid():
            return Typed(composition, here, form)
        try:
            drafting.keep(form.written(), request.user, seen=composition.seen, picture=form.chosen_picture)
        except EditedMeanwhile:
            continue
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return Typed(composition, here, form)
        return Typed(composition, here, form, is_kept=True)
    form.add_error(None, MEANWHILE)
    return Typed(composition, here, form, theirs=said(composition.draft, here))


def asked_for_more(request: HttpRequest, here: Step) -> str:
    """The set of rows to which one more is to be added; empty if that was not asked."""
    name = request.POST.get("then", "").removeprefix("more-")
    return name if name in SETS and name in here.sets else ""


def _elsewhere(composition: Composition, form: StepForm) -> list[tuple[str, str]]:
    """What another step says that cannot be, with the way there."""
    return [(composition.address_of(where.slug) if where else "", message) for where, message in form.other_steps()]


def _with_room(request: HttpRequest, here: Step) -> object:
    """What was sent; with one more empty row where that was asked for, so that what was typed stays if it cannot be kept."""
    name = asked_for_more(request, here)
    total = request.POST.get(f"{name}-TOTAL_FORMS", "") if name else ""
    if not (total.isascii() and total.isdigit() and len(total) < 3 and int(total) < MOST[name]):
        return request.POST
    data = request.POST.copy()
    data[f"{name}-TOTAL_FORMS"] = str(int(total) + 1)
    return data
