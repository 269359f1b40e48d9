"""What a session and an account hold of a person's ways to sign in."""

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from .models import ADMINISTRATORS, OFFICERS, User

#: What may be asked for at the second step; recovery codes only stand in for them.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)

#: In a session: whether whoever signed in had to give a second factor then.
AS_STAFF = "accounts.as_staff"


def begun_in_another_role(request: HttpRequest, *, staff: bool) -> bool:
    """Whether the session began when its user was not among staff, and is now; or the other way round."""
    return bool(request.session.get(AS_STAFF)) != staff


def factors_of(user: User) -> QuerySet[Authenticator]:
    """The apps and passkeys of a user."""
    found: QuerySet[Authenticator] = Authenticator.objects.filter(user=user, type__in=FACTORS)
    return found


def gave_second_factor(request: HttpRequest, user: User) -> bool:
    """Whether the user gave a second factor, or a passkey, in this session."""
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def moderates(user: User) -> bool:
    """Whether somebody is written to about what waits: officers, and administrators where no officer may decide."""
    return user.groups.filter(name__in=(OFFICERS, ADMINISTRATORS)).exists()


def code_that_waits(email: str) -> str | None:
    """The code that a browser waits for, if one asked for this address within its time: the newest.

    For `manage.py sign_in_code` only: whoever may run it may read the database.
    """
    for session in Session.objects.filter(expire_date__gt=timezone.now()).order_by("-expire_date").iterator():
        state = (session.get_decoded().get("account_login") or {}).get("state", {})
        asked = state.get("stages", {}).get("login_by_code", {}).get("data", {})
        in_time = timezone.now().timestamp() - asked.get("at", 0) <= settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT
        if asked.get("email") == email and asked.get("code") and in_time:
            return str(asked["code"])
    return None
