"""Becoming a partner, and being one of a school's people: the forms, and the pages after them."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from directory.see_other import see_other
from partners import applications
from partners.selectors import candidate_partners
from portal.forms.joining import NEW, JoiningForm, PartnerApplicationForm, StaffApplicationForm
from schools import people
from schools.models import School, StaffApplication
from schools.selectors import open_schools

from .limits import TOO_OFTEN, may_apply

MOST_SCHOOLS = 30
LONGEST_WORDS = 100
ANY = ("GET", "HEAD", "POST")


@require_http_methods(ANY)
def join(request: HttpRequest) -> HttpResponse:
    """Takes an application to become a partner."""
    form = PartnerApplicationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.by_a_robot:
        return see_other(reverse("join-thanks"))
    if form.is_bound and form.is_valid():
        if may_apply(request, "application", form.cleaned_data["email"]):
            applications.apply(form.application)
            return see_other(reverse("join-thanks"))
        return _too_often(request, "portal/joining/partner.html", form, _beside(form))
    return render(request, "portal/joining/partner.html", {"form": form, **_beside(form)})


def _beside(form: PartnerApplicationForm) -> dict[str, object]:
    """The partners that look like the applicant, each with why."""
    partners = candidate_partners([one.key for one in form.candidates])
    rows = [
        (number, partners[one.key], ", ".join(one.reasons))
        for number, one in enumerate(form.candidates)
        if one.key in partners
    ]
    return {"candidates": rows, "new": NEW, "same": form.data.get("same", "")}


def _too_often(
    request: HttpRequest, template: str, form: JoiningForm, more: dict[str, object] | None = None
) -> HttpResponse:
    form.add_error(None, TOO_OFTEN)
    return render(request, template, {"form": form, **(more or {})}, status=429)


@require_safe
def join_thanks(request: HttpRequest) -> HttpResponse:
    """What happens with an application."""
    return render(request, "portal/joining/partner_thanks.html")


@require_safe
def join_school(request: HttpRequest) -> HttpResponse:
    """Finds the school at which somebody works."""
    words = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_WORDS]
    schools = list(open_schools(words)[: MOST_SCHOOLS + 1]) if words else []
    context = {"words": words, "schools": schools[:MOST_SCHOOLS], "more": len(schools) > MOST_SCHOOLS}
    return render(request, "portal/joining/find_school.html", context)


@require_http_methods(ANY)
def join_this_school(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes that somebody works at a school. The answer is the same whoever they are and whoever is known there."""
    school = _open_school(pk)
    form = StaffApplicationForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.by_a_robot:
        return see_other(reverse("join-school-thanks"))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        if not may_apply(request, "staff", said["email"], str(school.pk)):
            return _too_often(request, "portal/joining/school.html", form, {"school": school})
        fields = ("first_name", "last_name", "email", "roles")
        try:
            people.apply(StaffApplication(school=school, **{name: said[name] for name in fields}))
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return see_other(reverse("join-school-thanks"))
    return render(request, "portal/joining/school.html", {"form": form, "school": school})


def _open_school(pk: int) -> School:
    return get_object_or_404(School.objects.select_related("outward_code__borough"), pk=pk, open=True)


@require_safe
def join_school_thanks(request: HttpRequest) -> HttpResponse:
    """What happens now: who is asked."""
    return render(request, "portal/joining/school_thanks.html")


@never_cache
@require_http_methods(ANY)
def school_office(request: HttpRequest) -> HttpResponse:
    """A school's office says whether somebody works there, by the link that it was sent. Opening it changes nothing."""
    secret = (request.POST if request.method == "POST" else request.GET).get("secret", "")
    found = people.find_asked(secret)
    if found is None:
        return link_gone(request)
    asks_about_oneself = request.user.is_authenticated and request.user.email == found.email
    if request.method == "POST" and not asks_about_oneself and request.POST.get("answer") in ("yes", "no"):
        answered = people.answer_as_office(secret, works_here=request.POST["answer"] == "yes")
        return see_other(reverse("school-office-thanks")) if answered else link_gone(request)
    context = {
        "application": found,
        "school": found.school,
        "secret": secret,
        "asks_about_oneself": asks_about_oneself,
        "elsewhere": _ending(found.email) != _ending(found.asked_address),
        "ending": _ending(found.email),
    }
    return render(request, "portal/joining/office.html", context)


def _ending(email: str) -> str:
    return email.rpartition("@")[2].lower()


@require_safe
def school_office_thanks(request: HttpRequest) -> HttpResponse:
    """The office's answer is noted."""
    return render(request, "portal/joining/office_thanks.html")


def link_gone(request: HttpRequest) -> HttpResponse:
    """The same page for a link that was used, ran out, was taken back, was altered or never was one (410)."""
    return render(request, "portal/joining/link_gone.html", status=410)
