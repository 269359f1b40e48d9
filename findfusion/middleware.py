"""What must hold for every request, before any room sees it."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
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
    """Answers 400 to a NUL character anywhere in the address, which PostgreSQL cannot store or compare,

    and to a query that is longer than anybody's choices.
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
