"""The answer to a form that was taken: look there now."""

from django.http import HttpResponse, HttpResponseRedirect


def see_other(address: str) -> HttpResponse:
    """Sends on by GET, whatever was asked by (303)."""
    response = HttpResponseRedirect(address)
    response.status_code = 303
    return response
