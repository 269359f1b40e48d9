"""What must hold for every request, before any room sees it."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from django.utils.cache import patch_cache_control
from django.utils.csp import CSP

GetResponse = Callable[[HttpRequest], HttpResponse]

CMS_PREFIX = "/admin/"

CMS_POLICY: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    # Wagtail's admin has inline script and style of its own; a nonce would cancel unsafe-inline.
    "script-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}


class ContentPolicyForTheCms:
    """Gives the CMS a policy that its inline scripts can live with; public pages keep the strict one."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(CMS_PREFIX):
            response._csp_config = CMS_POLICY  # type: ignore[attr-defined]  # read by Django's CSP middleware
        return response


# Every choice of the search page together makes a third of this; servers in front allow about as much.
LONGEST_QUERY = 8_000


class RefuseUnreadableInput:
    """Answers 400 to what no page can make sense of.

    That is a NUL character anywhere in the address, which PostgreSQL cannot store or compare, and a query that is longer
    than anybody's choices.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        """Raises BadRequest, which Django answers with the 400 page."""
        if len(request.META.get("QUERY_STRING", "")) > LONGEST_QUERY:
            raise BadRequest("The address is too long. Make fewer choices, or type a shorter text.")
        if "\x00" in request.path or any(
            "\x00" in text for key, values in request.GET.lists() for text in (key, *values)
        ):
            raise BadRequest("The address holds a character that cannot be read. Type it again without it.")


class CompressText(GZipMiddleware):
    """Compresses pages and other text on their way; pictures, PDFs and spreadsheets are compressed already.

    Django's own: it pads each answer by a random length, so that the length tells nothing of what a page holds (BREACH).
    """

    TEXT = ("text/", "application/json", "application/xml")

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """As it is, or compressed."""
        if not response.headers.get("Content-Type", "").startswith(self.TEXT):
            return response
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed


class SayWhatMayBeKept:
    """Says of every answer that does not say it itself who may keep it, and for how long.

    A page is kept by the visitor's own browser, which shows it again on Back without asking us, so that
    going back is not counted as another search. On any other way to it the browser asks whether it is still
    the same. Nobody else keeps it: what a cache between us answers would not be counted, and may be another's.
    The CMS is kept by nobody.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(CMS_PREFIX):
            response.headers["Cache-Control"] = "private, no-store"
        elif "Cache-Control" not in response.headers:
            patch_cache_control(response, private=True, max_age=0)
        return response
