"""Signing in and out; the CMS has no door of its own."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import EditorFactory, OfficerFactory, UserFactory
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client: Client, email: str, password: str = PASSWORD, **fields: str) -> str:
    """Where it leads; empty when the form is shown again."""
    response = client.post(reverse("sign-in"), {"username": email, "password": password, **fields})
    return response.headers.get("Location", "")


def test_staff_go_on_to_the_cms_and_others_to_the_home_page(client: Client) -> None:
    assert sign_in(client, OfficerFactory.create().email) == "/admin/"
    client.logout()
    assert sign_in(client, UserFactory.create().email) == "/"


def test_the_address_may_be_typed_in_any_letters(client: Client) -> None:
    officer = OfficerFactory.create(email="ada.okafor@example.org")
    assert sign_in(client, "  Ada.Okafor@Example.ORG ") == "/admin/"
    assert client.session["_auth_user_id"] == str(officer.pk)


@pytest.mark.parametrize(
    ("email", "password"),
    [("ada@example.org", "wrong"), ("nobody@example.org", PASSWORD), ("gone@example.org", PASSWORD), ("", "")],
)
def test_a_failure_does_not_tell_who_has_an_account(client: Client, email: str, password: str) -> None:
    UserFactory.create(email="ada@example.org")
    UserFactory.create(email="gone@example.org", is_active=False)
    response = client.post(reverse("sign-in"), {"username": email, "password": password})
    assert response.status_code == 200
    assert "_auth_user_id" not in client.session
    page = response.content.decode()
    assert ("do not go together" in page) == bool(email)
    assert "inactive" not in page


def test_signing_in_goes_on_to_the_page_that_asked_but_never_elsewhere(client: Client) -> None:
    officer = OfficerFactory.create()
    asked = client.get("/admin/snippets/partners/partner/")
    assert asked.headers["Location"] == "/sign-in/?next=/admin/snippets/partners/partner/"
    assert (
        sign_in(client, officer.email, next="/admin/snippets/partners/partner/") == "/admin/snippets/partners/partner/"
    )
    client.logout()
    assert sign_in(client, officer.email, next="https://elsewhere.example/") == "/admin/"


def test_the_cms_sends_to_the_one_sign_in_page(client: Client) -> None:
    response = client.get("/admin/login/?next=/admin/pages/")
    assert response.status_code == 302
    assert response.headers["Location"] == "/sign-in/?next=/admin/pages/"


def test_the_cms_takes_no_passwords_itself(client: Client) -> None:
    officer = OfficerFactory.create()
    response = client.post("/admin/login/", {"username": officer.email, "password": PASSWORD})
    assert response.headers["Location"].startswith("/sign-in/")
    assert "_auth_user_id" not in client.session


def test_nobody_gets_a_password_by_mail(client: Client, mailoutbox: list[object]) -> None:
    officer = OfficerFactory.create()
    assert client.post("/admin/password_reset/", {"email": officer.email}).status_code in (302, 404)
    assert not mailoutbox


def test_somebody_without_a_role_does_not_enter_the_cms(client: Client) -> None:
    client.force_login(UserFactory.create(), backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/admin/")
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/sign-in/")


def test_signing_out_takes_a_post(client: Client) -> None:
    sign_in(client, EditorFactory.create().email)
    assert client.get(reverse("sign-out")).status_code == 405
    assert "_auth_user_id" in client.session
    assert client.post(reverse("sign-out")).headers["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_signing_out_of_the_cms_leads_to_the_one_sign_in_page(client: Client) -> None:
    sign_in(client, EditorFactory.create().email)
    response = client.post("/admin/logout/", follow=True)
    assert "_auth_user_id" not in client.session
    assert response.request["PATH_INFO"] == "/sign-in/"
