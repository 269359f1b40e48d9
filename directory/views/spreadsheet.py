"""The results of a search as a spreadsheet."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from directory import selectors, words
from directory.forms import SearchForm
from directory.sheet import results_workbook
from directory.views.unavailable import unavailable
from search.engines.base import SearchUnavailableError

logger = logging.getLogger(__name__)

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def results_spreadsheet(request: HttpRequest) -> HttpResponse:
    """All results that pages can show, as an Excel workbook. It takes what the search page takes, and is no search."""
    now = words.local(timezone.now())
    try:
        form = SearchForm(request.GET, selectors.facet_labels())
        shorter = form.address_without_postcodes()
        if shorter is not None:
            return HttpResponseRedirect(f"{request.path}{shorter}")
        results, hits = selectors.all_results(form)
        made = results_workbook(results, hits, form, now, settings.SITE_URL)
    except SearchUnavailableError:
        logger.exception("Search cannot answer.")
        return unavailable(request)
    return HttpResponse(
        made,
        content_type=XLSX,
        headers={
            "Content-Disposition": f'attachment; filename="find-fusion-{now:%Y-%m-%d}.xlsx"',
            "X-Robots-Tag": "noindex",
            "Cache-Control": "no-cache",
        },
    )
