"""Reports of problems with an opportunity or a partner; first of all, whom to ring."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from directory import selectors, services
from directory.models import ProblemReport
from directory.notes_forms import ProblemForm
from directory.see_other import see_other
from opportunities.models import Opportunity
from partners.models import Partner


@require_http_methods(["GET", "HEAD", "POST"])
def report_opportunity_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Takes a report about an opportunity that the public sees."""
    return _report(request, selectors.public_opportunity_in_brief(pk), slug, "report-opportunity")


@require_http_methods(["GET", "HEAD", "POST"])
def report_partner_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Takes a report about a partner that the public sees."""
    return _report(request, selectors.public_partner(pk), slug, "report-partner")


def _report(request: HttpRequest, subject: Opportunity | Partner | None, slug: str, route: str) -> HttpResponse:
    if subject is None:
        raise Http404("There is no such page now.")
    form = ProblemForm(request.POST) if request.method == "POST" else ProblemForm()
    if form.is_bound:
        if form.by_a_robot:
            return see_other(reverse("report-thanks"))
        if form.is_valid():
            said = form.cleaned_data
            services.report_problem(said["kind"], said["what"], said["email"], subject, timezone.now())
            concern = said["kind"] == ProblemReport.Kind.CONCERN
            return see_other(f"{reverse('report-thanks')}{'?concern=1' if concern else ''}")
    elif slug != subject.slug:
        return HttpResponsePermanentRedirect(reverse(route, args=[subject.pk, subject.slug]))
    return render(request, "directory/report.html", {"form": form, "subject": subject})


@require_safe
def report_thanks_page(request: HttpRequest) -> HttpResponse:
    """What happens with a report; after one of a concern, once more whom to ring."""
    return render(request, "directory/report_thanks.html", {"concern": "concern" in request.GET})
