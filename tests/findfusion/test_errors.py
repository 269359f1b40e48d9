"""Whatever goes wrong, the answer is a page of ours that says what to do."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.views.defaults import permission_denied
from pytest_django import DjangoAssertNumQueries

from findfusion.middleware import LONGEST_QUERY
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PAGES = ("/search/", "/partners/", "/opportunities/", "/sitemap.xml", "/robots.txt", "/health/")


def words(response: Any) -> str:
    text: str = response.content.decode()
    return text


@pytest.mark.parametrize(
    "address",
    [
        "/nothing-here/",
        "/opportunities/1-x/",
        "/partners/12-x/y/",
        "/search/deeper/",
        "/%FF%FE/",
        "/%zz/",
        "/opportunities/x/",
    ],
)
def test_an_address_that_there_is_not_offers_a_search(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "<h1>This page is not here</h1>" in words(response)
    assert 'action="/search/"' in words(response)


@pytest.mark.parametrize("page", ["/search/", "/partners/", "/", "/sign-in/"])
@pytest.mark.parametrize(
    "query", ["q=%00", "%00=x", "q=a&near=b%00c", "q=" + "a" * LONGEST_QUERY, "&".join(f"k{n}=1" for n in range(9000))]
)
def test_what_cannot_be_read_is_refused_in_plain_words(client: Client, page: str, query: str) -> None:
    response = client.get(f"{page}?{query}")
    assert response.status_code == 400
    assert "<h1>This address cannot be read</h1>" in words(response)


@pytest.mark.parametrize(
    "query", ["q=%FF%FE", "q=%", "q=%zz", "q=%ED%A0%80", "q=%C3%28&near=%F0%9F", "&&&=&=&;", "q[]=1&q[a]=2"]
)
def test_broken_percent_signs_are_read_as_well_as_they_can(
    client: Client, query: str, settings: Any, tmp_path: Any
) -> None:
    assert client.get(f"/partners/?{query}").status_code == 200


@pytest.mark.parametrize("page", [page for page in PAGES if page != "/opportunities/"])
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_is_only_read_takes_no_writing(client: Client, page: str, method: str) -> None:
    response = getattr(client, method)(page, {"q": "x"} if method == "post" else "")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD"


def test_a_page_for_others_says_so(rf: RequestFactory) -> None:
    response = permission_denied(rf.get("/reports/"), PermissionDenied())
    assert response.status_code == 403
    assert "<h1>This page is not open to you</h1>" in words(response)


@pytest.mark.parametrize("name", ["search", "partners"])
def test_a_fault_of_ours_is_said_without_the_database(
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_assert_num_queries: DjangoAssertNumQueries,
    name: str,
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("a secret of ours")

    monkeypatch.setattr("directory.selectors.facet_labels", broken)
    monkeypatch.setattr("directory.selectors.partner_labels", broken)
    client.raise_request_exception = False
    with django_assert_num_queries(0):
        response = client.get(f"/{name}/")
    assert response.status_code == 500
    assert "<h1>Something went wrong on our side</h1>" in words(response)
    assert "a secret of ours" not in words(response)


def test_a_form_without_its_token_says_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/sign-in/", {"username": "x", "password": "y"})
    assert response.status_code == 403
    assert "<h1>This form has been open too long</h1>" in words(response)


def test_signing_out_is_a_send_and_never_a_link(client: Client, django_user_model: Any) -> None:
    sign_in(client, django_user_model.objects.create_user(email="a@example.org"))
    assert client.get("/sign-out/").status_code == 405
    assert "_auth_user_id" in client.session
    assert client.post("/sign-out/").status_code == 302
    assert "_auth_user_id" not in client.session
