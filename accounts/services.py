"""Accounts: who can sign in by a code sent to which address, and the end of signing in."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from notices.catalogue import ACCOUNT_CHANGED, NO_ACCOUNT, SIGN_IN_CODE
from notices.services import send

from .models import User
from .sealing import UnreadableSecretError, sealed_anew


def user_for(email: str, *, first_name: str = "", last_name: str = "") -> User:
    """The user with that address, in any letters; made, without a password, if there is none.

    The caller must know that the address is the person's own: that they opened a link that was sent there, or that an
    officer vouches for it. Names are given to a new user, and to one who has none yet. An account that was closed stays
    closed (`is_active` is False). Raises ValueError without an address.
    """
    email = User.objects.normalize_email(email.strip()).lower()
    if not email:
        raise ValueError("A user needs an e-mail address.")
    with transaction.atomic():
        user, is_new = User.objects.get_or_create(
            email=email, defaults={"first_name": first_name, "last_name": last_name}
        )
        if not is_new and (first_name or last_name) and not user.get_full_name():
            user.first_name, user.last_name = first_name, last_name
            user.save(update_fields=["first_name", "last_name"])
        return user


def keep_address(user: User) -> None:
    """Makes the user's address the one that codes are sent to, and no other. Who had another one before is signed out.

    Nobody changes an address by themselves: administrators and invitations write it, so it counts as verified. Whoever
    reads the old mailbox may be somebody else by now.
    """
    with transaction.atomic():
        # An address can have been another's before; a user has one.
        EmailAddress.objects.filter(email=user.email).exclude(user=user).delete()
        had_another, _ = EmailAddress.objects.filter(user=user).exclude(email=user.email).delete()
        EmailAddress.objects.update_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
        if had_another:
            end_sign_ins(user)


def end_sign_ins(user: User) -> int:
    """Ends every session of the user at once, on every device; how many were known.

    A session holds a keyed hash of the user's password field, which for somebody without a password is random: a new
    one there ends all sessions, whoever keeps them. A code that was asked for and not yet typed stays good: whether
    the person may still sign in is `is_active`, and whether it went to their address (`AccountAdapter.pre_login`).
    """
    with transaction.atomic():
        user.set_unusable_password()
        user.save(update_fields=["password"])
        known = list(UserSession.objects.filter(user=user))
        for session in known:
            session.end()
        return len(known)


def forget_second_factor(user: User) -> int:
    """Takes away the apps, passkeys and recovery codes of somebody who lost them, and ends their sign-ins; how many went.

    Staff set up new ones when they sign in next. Check by another way who asks for it.
    """
    with transaction.atomic():
        gone, _ = Authenticator.objects.filter(user=user).delete()
        end_sign_ins(user)
        tell_of_change(user, "Your second step was taken away by somebody who looks after this site.")
        return gone


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many apps and recovery codes were encrypted anew, were so already, and cannot be read."""

    sealed: int = 0
    left: int = 0
    unreadable: int = 0


def seal_second_factors() -> Sealed:
    """Encrypts what is kept of apps and recovery codes with the newest key. Safe to run again, and beside people who sign in."""
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES)
    counts = {"sealed": 0, "left": 0, "unreadable": 0}
    for key in list(Authenticator.objects.filter(type__in=kinds).values_list("pk", flat=True)):
        with transaction.atomic():
            # Locked, or a recovery code that is used meanwhile would be good again.
            held = Authenticator.objects.select_for_update().filter(pk=key).first()
            if held is not None:
                counts[_seal(held)] += 1
    return Sealed(**counts)


def _seal(held: Authenticator) -> str:
    try:
        data = sealed_anew(held.data)
    except UnreadableSecretError:
        return "unreadable"
    if data == held.data:
        return "left"
    held.data = data
    held.save(update_fields=["data"])
    return "sealed"


def forget_ended_sessions() -> int:
    """Deletes what is listed of devices whose sessions are over; how many."""
    open_sessions = Session.objects.filter(expire_date__gt=timezone.now()).values("session_key")
    gone, _ = UserSession.objects.exclude(session_key__in=open_sessions).delete()
    return gone


def send_code(email: str, code: str) -> None:
    """Sends a code to somebody who has an account. Its words are forgotten once it is sent."""
    until = timezone.now() + timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
    send(SIGN_IN_CODE, email, key=_new_key(), context={"code": code, "until": until})


def tell_no_account(email: str) -> None:
    """Tells somebody who asked for a code that there is no account with their address.

    It takes as long as sending a code does, so that the page that asked cannot tell one from the other.
    """
    send(NO_ACCOUNT, email, key=_new_key(), context={})


def tell_of_change(user: User, what: str) -> None:
    """Tells somebody that the way they sign in was changed, in case it was not they who did it."""
    send(ACCOUNT_CHANGED, user.email, key=_new_key(), context={"what": what, "when": timezone.now()})


def _new_key() -> str:
    """Each of these is sent whenever it is called for."""
    return secrets.token_hex(12)
