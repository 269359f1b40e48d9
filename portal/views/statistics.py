"""How a partner's opportunities are found and used: for all, for one, and as a file."""

import csv
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners.models import Partner
from portal.charts import week_chart
from portal.selectors.statistics import MEASURES, Period, UseReport, holidays, use_of
from portal.views.serving import ServingRequest, serving
from taxonomy.resources.formulas import marked

ON_A_PAGE = 25
HEADINGS = ("Number", "Opportunity", "Week from", *(many.capitalize() for _, many in MEASURES.values()))


def _period(request: ServingRequest) -> Period:
    return Period.named(request.GET.get("period", ""), timezone.localdate())


def _context(partner: Partner, report: UseReport) -> dict[str, Any]:
    weeks = report.period.weeks
    off = holidays(weeks)
    return {
        "partner": partner,
        "report": report,
        "periods": [Period.named(slug, report.period.today) for slug in ("weeks", "year")],
        "charts": [week_chart(name, nouns, weeks, report.weekly(name), off) for name, nouns in MEASURES.items()],
        "has_holidays": bool(off),
        "held_back": not all(report.total(measure).is_exact for measure in MEASURES),
    }


@require_safe
@serving
def statistics(request: ServingRequest, partner: Partner) -> HttpResponse:
    """All that a partner offers, by week and by opportunity."""
    report = use_of(partner, _period(request))
    page = Paginator(report.offers, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "portal/statistics.html", {**_context(partner, report), "page": page})


@require_safe
@serving
def opportunity_statistics(request: ServingRequest, partner: Partner, opportunity_pk: int) -> HttpResponse:
    """One opportunity by week. Another partner's is not there."""
    report = use_of(partner, _period(request), opportunity_pk)
    if not report.offers:
        raise Http404
    return render(request, "portal/statistics_of_one.html", {**_context(partner, report), "use": report.offers[0]})


@require_safe
@serving
def statistics_file(request: ServingRequest, partner: Partner) -> HttpResponse:
    """The same as a CSV file: a row for each opportunity and week, held back as on the page."""
    report = use_of(partner, _period(request))
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    name = f"use-{report.period.slug}-{report.period.today:%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    # Without the mark Excel takes the file for another alphabet.
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow(HEADINGS)
    for use in report.offers:
        for week in report.period.weeks:
            told = [use.of_week(measure, week) for measure in MEASURES]
            cells = [each.low if each.is_exact else each.words for each in told]
            writer.writerow([use.opportunity.pk, marked(use.opportunity.title), week.isoformat(), *cells])
    return response
