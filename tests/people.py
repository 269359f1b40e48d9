"""Signing somebody in, as tests of all rooms do it."""

from django.test import Client

from accounts.models import User


def sign_in(client: Client, user: User) -> User:
    """Signs the user in, with a second factor where the site asks for one. Returns the user."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return user
