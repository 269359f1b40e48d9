"""What is offered while somebody types into a search box: data for `assets/js/suggestions.js`."""

import logging

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from directory import selectors
from directory.near import reduced
from search.criteria import LONGEST_TEXT
from search.engines.base import SearchUnavailableError

logger = logging.getLogger(__name__)

#: How long anybody may keep an answer, in seconds: what is new may wait so long to be suggested.
KEPT = 300


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """Suggestions for `q`: none where a full postcode stands in it, which nobody shall keep the address of.

    It is no search and counts as none.
    """
    typed = " ".join(request.GET.get("q", "").split())[:LONGEST_TEXT]
    if reduced(typed) != typed:
        return _answer([], "no-store")
    try:
        found = [each.filled() for each in selectors.suggestions(typed)] if typed else []
    except SearchUnavailableError:
        logger.warning("Nothing can be suggested.", exc_info=True)
        return _answer([], "no-store", status=503)
    return _answer(found, f"public, max-age={KEPT}")


def _answer(found: list[dict[str, str]], kept: str, status: int = 200) -> JsonResponse:
    return JsonResponse(
        {"suggestions": found}, status=status, headers={"Cache-Control": kept, "X-Robots-Tag": "noindex"}
    )
