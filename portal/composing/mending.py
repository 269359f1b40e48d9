"""What officers returned of an opportunity: each comment beside the fields that it is about, mended and sent again there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from opportunities import drafting
from opportunities.models import Opportunity
from opportunities.requirements import QUESTIONS
from opportunities.steps import SETS, SEVERAL, Group, Step, groups_of
from partners.aspects import Aspect
from partners.models import Partner
from partners.states import PublishingState
from portal.selectors.returned import Asked, Returned, what_was_returned
from portal.views.serving import ServingRequest, serving

from .forms import PICTURE
from .keeping import Typed, asked_for_more, form_for, keep_typed
from .places import place_of
from .selectors import Composition, compose
from .words import words_for

ASPECTS: dict[str, Aspect] = {aspect.slug: aspect for aspect in Opportunity.aspects}
SENT = "Sent again. The officers read it and write to you."
SAVED = "Saved as a draft. The officers read it once you send it again."
NOT_SENT = "Your words are saved as a draft, but it was not sent yet."
FEW = 2  # fields that find room beside what was sent


@dataclass(frozen=True, slots=True)
class Line:
    """One aspect on the page: its fields, and what is asked there (None: not asked any more since the page was opened)."""

    aspect: Aspect
    groups: tuple[Group, ...]
    asked: Asked | None

    @property
    def is_open(self) -> bool:
        """Whether it is mended here."""
        return bool(self.groups)

    @property
    def is_wide(self) -> bool:
        """Whether its fields want the whole width."""
        names = [name for group in self.groups for name in group.names]
        return len(names) > FEW or any(name in SETS or name in SEVERAL or name == PICTURE for name in names)


@require_http_methods(["GET", "HEAD", "POST"])
@serving
def returned_opportunity(request: ServingRequest, partner: Partner, opportunity_pk: int) -> HttpResponse:
    """What officers ask for in an opportunity that the partner offers, with the fields to mend it."""
    if request.method == "POST":
        return _mend(request, partner, opportunity_pk)
    composition = compose(partner, opportunity_pk)
    returned = what_was_returned(composition.opportunity)
    here = _step(composition, [each.aspect.slug for each in returned.asked])
    form = form_for(composition, here, more=request.GET.get("more", ""))
    return _draw(request, Typed(composition, here, form), returned)


def _step(composition: Composition, slugs: Iterable[str]) -> Step:
    """These aspects as one page, with the fields of the steps that ask them."""
    fields = {field for slug in slugs if slug in ASPECTS for field in ASPECTS[slug].fields}
    return Step("returned", "What the officers ask for", groups_of(composition.draft.kind, fields))


def _mend(request: ServingRequest, partner: Partner, key: int) -> HttpResponse:
    """Keeps the fields that the page showed, which need not be those asked for by now, and sends it if that was pressed."""
    slugs, is_sent = request.POST.getlist("asked"), request.POST.get("then") == "send"
    here = reverse("portal-returned", args=[partner.pk, key])
    if is_sent and not slugs:  # a word on the whole was answered elsewhere: there is nothing to keep
        composition = compose(partner, key)
        nothing = _step(composition, slugs)
        return _send(request, Typed(composition, nothing, form_for(composition, nothing)))
    typed = keep_typed(request, partner, key, lambda current: _step(current, slugs))
    if not typed.is_kept:
        return _draw(request, typed, what_was_returned(typed.composition.opportunity))
    more = asked_for_more(request, typed.step)
    if more:
        return redirect(f"{here}?more={more}#{more}")
    if is_sent:
        return _send(request, typed)
    messages.success(request, SAVED)
    return redirect(here if typed.composition.state is PublishingState.CHANGES else typed.composition.check_address())


def _send(request: ServingRequest, typed: Typed) -> HttpResponse:
    composition = compose(typed.composition.partner, typed.composition.opportunity.pk)
    try:
        drafting.submit(composition.opportunity, request.user)
    except ValidationError as refusal:
        form = form_for(composition, typed.step, request.POST)
        form.is_valid()
        by_field = hasattr(refusal, "error_dict")
        missing: dict[str, list[str]] = refusal.message_dict if by_field else {NON_FIELD_ERRORS: refusal.messages}
        for name in missing.keys() & {NON_FIELD_ERRORS, *form.fields}:
            form.add_error(None if name == NON_FIELD_ERRORS else name, missing[name])
        others = [_elsewhere(composition.draft, name, missing[name][0]) for name in missing if name not in form.errors]
        messages.warning(request, NOT_SENT)
        returned = what_was_returned(composition.opportunity)
        return _draw(request, Typed(composition, typed.step, form), returned, others)
    messages.success(request, SENT)
    return redirect(composition.check_address())


def _elsewhere(draft: Opportunity, name: str, message: str) -> tuple[str, str]:
    """What is missing in another step: where, and what to do."""
    return place_of(draft, name), f"{words_for(draft.kind, name)[0]} {message}" if name in QUESTIONS else message


def _draw(
    request: HttpRequest, typed: Typed, returned: Returned, others: Iterable[tuple[str, str]] = ()
) -> HttpResponse:
    asked = {each.aspect.slug: each for each in returned.asked}
    shown = [slug for slug in ASPECTS if slug in asked or slug in request.POST.getlist("asked")]
    composition = typed.composition
    kind, held = composition.draft.kind, set(typed.step.names)
    groups = {slug: groups_of(kind, ASPECTS[slug].fields) for slug in shown}
    lines = [
        Line(ASPECTS[slug], tuple(each for each in groups[slug] if held.issuperset(each.names)), asked.get(slug))
        for slug in shown
    ]
    context = {
        "partner": composition.partner,
        "composition": composition,
        "returned": returned,
        "form": typed.form,
        "lines": lines,
        "theirs": typed.theirs,
        "problems": [*typed.problems(), *others],
    }
    return render(request, "portal/opportunities/returned.html", context)
