"""Signing somebody in, as tests of all rooms do it."""

import time

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.userkit import user_id_to_str
from django.test import Client

from accounts.models import User
from accounts.rules import needs_second_factor

BACKEND = "django.contrib.auth.backends.ModelBackend"


def sign_in(client: Client, user: User) -> User:
    """Signs the user in, with a second factor where the site asks for one. Returns the user."""
    client.force_login(user, backend=BACKEND)
    if needs_second_factor(user):
        give_second_factor(client, user)
    return user


def give_second_factor(client: Client, user: User) -> None:
    """Notes in the session, as the site does, that the user gave a second factor."""
    session = client.session
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
    session[f"{AUTHENTICATION_METHODS_SESSION_KEY}_user"] = user_id_to_str(user)
    session.save()
