"""Accounts as other rooms ask for them: one a person, reached at one address, and ended everywhere at once."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from accounts.models import User
from accounts.services import end_sign_ins, user_for
from tests.factories import UserFactory
from tests.people import sign_in

pytestmark = pytest.mark.django_db


def addresses(user: User) -> list[tuple[str, bool, bool]]:
    return list(EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary"))


def test_a_new_person_gets_an_account_without_a_password() -> None:
    user = user_for(" Sam.Person@Example.ORG ", first_name="Sam", last_name="Person")
    assert (user.email, user.first_name, user.last_name) == ("sam.person@example.org", "Sam", "Person")
    assert not user.has_usable_password()
    assert user.is_active
    assert not user.is_staff
    assert not user.is_superuser
    assert addresses(user) == [("sam.person@example.org", True, True)]


def test_the_same_person_is_found_again_and_keeps_their_name() -> None:
    first = user_for("sam@example.org", first_name="Sam", last_name="Person")
    assert user_for("SAM@example.org", first_name="Another", last_name="Name") == first
    first.refresh_from_db()
    assert first.get_full_name() == "Sam Person"
    assert addresses(first) == [("sam@example.org", True, True)]


def test_somebody_without_a_name_gets_the_one_they_give() -> None:
    user_for("sam@example.org")
    assert user_for("sam@example.org", first_name="Sam", last_name="Person").get_full_name() == "Sam Person"


def test_a_closed_account_stays_closed() -> None:
    UserFactory.create(email="sam@example.org", is_active=False)
    assert not user_for("sam@example.org").is_active


@pytest.mark.parametrize("email", ["", "  "])
def test_nobody_is_made_without_an_address(email: str) -> None:
    with pytest.raises(ValueError, match="needs an e-mail address"):
        user_for(email)
    assert not User.objects.exists()


def test_a_changed_address_takes_the_place_of_the_old_one() -> None:
    user = user_for("old@example.org")
    user.email = "New@example.org"
    user.save()
    assert addresses(user) == [("new@example.org", True, True)]
    successor = user_for("old@example.org")
    assert successor != user
    assert addresses(successor) == [("old@example.org", True, True)]


def test_every_sign_in_of_a_person_ends_at_once_and_nobody_elses() -> None:
    user, other = UserFactory.create_batch(2)
    phone, laptop, neighbour = Client(), Client(), Client()
    for client, who in ((phone, user), (laptop, user), (neighbour, other)):
        sign_in(client, who)
    end_sign_ins(user)
    for client, still in ((phone, False), (laptop, False), (neighbour, True)):
        assert client.get("/").context["user"].is_authenticated is still
    sign_in(phone, User.objects.get(pk=user.pk))
    assert phone.get("/").context["user"].is_authenticated
