"""What officers returned of a partner's own page: each comment beside its fields, mended and sent again there."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from partners import services
from partners.aspects import PARTNER_ASPECTS, Aspect
from partners.models import Partner
from partners.selectors import state_of, still_says
from partners.states import PublishingState
from portal.composing.keeping import MEANWHILE, TRIES, number_of
from portal.composing.mending import NOT_SENT, SAVED, SENT
from portal.composing.saying import Said
from portal.forms.details import MendForm
from portal.selectors.details import page_lines
from portal.selectors.returned import Asked, Returned, what_was_returned

from .serving import ServingRequest, serving

WIDE = frozenset({"sectors", "picture"})
ASPECTS: dict[str, Aspect] = {aspect.slug: aspect for aspect in PARTNER_ASPECTS}


@dataclass(frozen=True, slots=True)
class Line:
    """One aspect on the page: the names of its fields, and what is asked there (None: not asked any more since then)."""

    aspect: Aspect
    fields: tuple[str, ...]
    asked: Asked | None

    @property
    def is_wide(self) -> bool:
        """Whether its fields want the whole width."""
        return not WIDE.isdisjoint(self.fields)

    @property
    def is_open(self) -> bool:
        """Whether it is mended here."""
        return bool(self.fields)


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed: whether it is kept now, and else the form that says why not.

    `theirs` is what somebody else wrote there meanwhile, if they did.
    """

    form: MendForm
    is_kept: bool = False
    theirs: list[Said] | None = None


@require_http_methods(["GET", "HEAD", "POST"])
@serving
def returned_page(request: ServingRequest, partner: Partner) -> HttpResponse:
    """What officers ask for in the partner's own page, with the fields to mend it."""
    if request.method == "POST":
        return _mend(request, partner)
    returned = what_was_returned(partner)
    form = MendForm(instance=_draft(partner), aspects=[each.aspect for each in returned.asked])
    return _draw(request, partner, Typed(form), returned)


def _draft(partner: Partner) -> Partner:
    draft: Partner = Partner.objects.get(pk=partner.pk).get_latest_revision_as_object()
    return draft


def _mend(request: ServingRequest, partner: Partner) -> HttpResponse:
    """Keeps the fields that the page showed, which need not be those asked for by now, and sends it if that was pressed."""
    slugs, is_sent = request.POST.getlist("asked"), request.POST.get("then") == "send"
    aspects = [ASPECTS[slug] for slug in ASPECTS if slug in slugs]
    if is_sent and not slugs:  # a word on the whole was answered elsewhere: there is nothing to keep
        return _send(request, partner, aspects)
    if not aspects:
        return redirect("portal-details-returned", partner.pk)
    typed = _keep(request, partner, aspects)
    if not typed.is_kept:
        return _draw(request, partner, typed, what_was_returned(partner))
    if is_sent:
        return _send(request, partner, aspects)
    messages.success(request, SAVED)
    is_asked = state_of(Partner.objects.get(pk=partner.pk)) is PublishingState.CHANGES
    return redirect("portal-details-returned" if is_asked else "portal-details", partner.pk)


def _keep(request: ServingRequest, partner: Partner, aspects: list[Aspect]) -> Typed:
    """Keeps what was sent, once more if somebody else saved something else of the page at that moment."""
    for _ in range(TRIES):
        draft = _draft(partner)
        form = MendForm(request.POST, request.FILES, instance=draft, aspects=aspects)
        try:
            services.check_open(draft, request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
            return Typed(form)
        if not still_says(draft, number_of(request.POST.get("seen", "")), aspects):
            break
        if not form.is_valid():
            return Typed(form)
        try:
            services.keep_page(form.written(), request.user, seen=draft.latest_revision_id, picture=form.chosen_picture)
        except services.EditedMeanwhile:
            continue
        except ValidationError as refusal:
            form.take(refusal)
            return Typed(form)
        return Typed(form, is_kept=True)
    form.add_error(None, MEANWHILE)
    return Typed(form, theirs=_theirs(partner, form))


def _theirs(partner: Partner, form: MendForm) -> list[Said]:
    """What is kept by now in the fields of the form. Its own draft holds what was typed already."""
    names = {"image" if name == "picture" else name for name in form.fields}
    lines = page_lines(Partner.objects.get(pk=partner.pk))
    return [Said(line.label, (line.words or "Nothing",)) for line in lines if line.field in names]


def _send(request: ServingRequest, partner: Partner, aspects: list[Aspect]) -> HttpResponse:
    try:
        services.submit(partner, request.user)
    except ValidationError as refusal:
        form = MendForm.of(_draft(partner), aspects=aspects)
        form.take(refusal)
        messages.warning(request, NOT_SENT)
        return _draw(request, partner, Typed(form), what_was_returned(partner))
    messages.success(request, SENT)
    return redirect("portal-details", partner.pk)


def _draw(request: ServingRequest, partner: Partner, typed: Typed, returned: Returned) -> HttpResponse:
    form, asked = typed.form, {each.aspect.slug: each for each in returned.asked}
    shown = [slug for slug in ASPECTS if slug in asked or ASPECTS[slug] in form.aspects]
    edit = reverse("portal-details-edit", args=[partner.pk])
    context = {
        "partner": partner,
        "returned": returned,
        "form": form,
        "lines": [Line(ASPECTS[slug], form.fields_for(ASPECTS[slug]), asked.get(slug)) for slug in shown],
        "theirs": typed.theirs,
        "problems": [
            *form.problems,
            *((f"{edit}#{name}", message) for name, message in form.elsewhere.items()),
        ],
    }
    return render(request, "portal/returned.html", context)
