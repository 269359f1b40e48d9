"""People sign in by e-mail address, in whatever letters it is typed."""

import pytest
from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from accounts.forms import UserByEmailField
from accounts.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("typed", ["Sam.Person@Example.org", "SAM.PERSON@EXAMPLE.ORG", "sam.person@example.org"])
def test_an_address_is_kept_in_lower_case_and_found_in_any(typed: str) -> None:
    user = User.objects.create_user(typed)
    assert user.email == "sam.person@example.org"
    assert User.objects.get_by_natural_key(typed) == user


def test_the_same_address_in_other_letters_is_taken() -> None:
    UserFactory.create(email="sam@example.org")
    with pytest.raises(ValidationError, match="already exists"):
        User(email="SAM@example.org", password="x").full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create_user("Sam@Example.org")


def test_a_user_without_a_password_cannot_sign_in_by_one() -> None:
    user = User.objects.create_user("sam@example.org")
    assert not user.has_usable_password()
    for guess in ("", "!", user.password):
        assert authenticate(RequestFactory().post("/"), username=user.email, password=guess) is None


def test_a_user_needs_an_address() -> None:
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user("")


def test_a_superuser_has_every_permission() -> None:
    user = User.objects.create_superuser("root@example.org")
    assert user.is_superuser
    assert user.has_perm("partners.suspend_partner")


def test_a_user_is_shown_by_name_or_else_by_address() -> None:
    assert str(UserFactory.create(first_name="Ada", last_name="Okafor")) == "Ada Okafor"
    assert str(UserFactory.create(email="x@example.org", first_name="", last_name="")) == "x@example.org"


class TestNamingSomebodyByAddress:
    """Forms of the CMS ask for an address, not for a pick from a list of everybody."""

    def test_any_letters_and_spaces_around_do(self) -> None:
        user = UserFactory.create(email="sam@example.org")
        assert UserByEmailField().clean("  SAM@example.org ") == user

    def test_an_address_nobody_signs_in_with_is_said_so(self) -> None:
        for text in ("nobody@example.org", "no address", "\x00"):
            with pytest.raises(ValidationError, match="Nobody signs in with that address"):
                UserByEmailField().clean(text)

    def test_it_may_be_empty_where_it_is_optional(self) -> None:
        assert UserByEmailField(required=False).clean(" ") is None
        with pytest.raises(ValidationError):
            UserByEmailField().clean("")

    def test_it_shows_the_address_of_who_is_held(self) -> None:
        user = UserFactory.create(email="sam@example.org")

        class Form(forms.Form):
            who = UserByEmailField()

        html = str(Form(initial={"who": user.pk})["who"])
        assert 'value="sam@example.org"' in html
        assert "<option" not in html
        assert not Form({"who": "Sam@example.org"}, initial={"who": user.pk}).has_changed()
        assert Form({"who": "other@example.org"}, initial={"who": user.pk}).has_changed()
