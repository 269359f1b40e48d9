"""Buttons without a form token answer only to pages of this site."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from directory.same_site import same_site_post

pytestmark = pytest.mark.engine_only


@same_site_post
def pressed(request: HttpRequest) -> HttpResponse:
    return HttpResponse("done")


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver"},
        {"Referer": "http://testserver/search/?q=clay"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    ],
)
def test_a_page_of_this_site_is_heard(headers: dict[str, str]) -> None:
    assert pressed(RequestFactory().post("/", headers=headers)).content == b"done"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "http://testserver.elsewhere.example/"},
        {"Referer": "http://["},
    ],
)
def test_others_are_refused(headers: dict[str, str]) -> None:
    with pytest.raises(PermissionDenied):
        pressed(RequestFactory().post("/", headers=headers))


def test_a_get_is_refused() -> None:
    assert pressed(RequestFactory().get("/", headers={"Sec-Fetch-Site": "same-origin"})).status_code == 405
