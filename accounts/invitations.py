"""Inviting somebody by a link in a message: made, sent, found, accepted once, taken back.

Each room says what it means to accept; how a link works is the same for all of them, and here.
"""

import hashlib
import secrets
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from wagtail.log_actions import log

from notices.catalogue import INVITATION
from notices.services import send

from .models import (
    GOOD_FOR,
    AdviserInvitation,
    AdviserMembership,
    DepartmentInvitation,
    DepartmentMembership,
    Invitation,
    User,
)
from .services import user_for

#: 256 bits: nobody guesses one, so one plain hash of it is enough.
SECRET_BYTES = 32
LONGEST_SECRET = 100


def new_secret() -> str:
    """What a link holds and nobody can guess."""
    return secrets.token_urlsafe(SECRET_BYTES)


def fingerprint(secret: str) -> str:
    """What is kept of a secret: enough to know it again, not enough to use it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def send_invitation(invitation: Invitation, user: User | None) -> Invitation:
    """Keeps an invitation that is filled in and sends its link to the address. Raises ValidationError.

    Earlier ones that wait, from the same organisation to the same address, are taken back: one link works at a time.
    """
    now, secret = timezone.now(), new_secret()
    invitation.email = invitation.email.strip().lower()
    invitation.fingerprint, invitation.invited_by = fingerprint(secret), user
    invitation.made_at, invitation.ends_at = now, now + GOOD_FOR
    if not invitation.email:
        raise ValidationError({"email": "Type the e-mail address."})
    with transaction.atomic():
        invitation.full_clean()
        _hold(invitation.organisation)
        for earlier in _waiting_like(invitation):
            revoke_invitation(earlier, user)
        invitation.save()
        organisation = invitation.organisation
        log(instance=organisation, action="accounts.invite", user=user, data={"invitation": invitation.pk})
        send(
            INVITATION,
            invitation.email,
            key=f"{invitation._meta.label_lower} {invitation.pk}",
            context={
                "organisation": str(organisation),
                "as_what": invitation.as_what,
                "by": user.get_full_name() if user else "",
                "ends_at": invitation.ends_at,
                "secret": secret,
            },
        )
    return invitation


def _hold(organisation: Model) -> None:
    """Locks who invites, always before its invitations: of two who invite, accept or take back at once, one comes after.

    Nothing is locked the other way round, or the database would have to end one of the two.
    """
    type(organisation)._default_manager.select_for_update().filter(pk=organisation.pk).first()


def _waiting_like(invitation: Invitation) -> list[Invitation]:
    found = type(invitation)._default_manager.filter(
        email=invitation.email,
        accepted_at=None,
        revoked_at=None,
        **{invitation.belongs_to: invitation.organisation},
    )
    return list(found)


def find_invitation[I: Invitation](kind: type[I], secret: str) -> I | None:
    """The open invitation that a link is for. None for whatever else: used, run out, taken back, made up."""
    if not secret or len(secret) > LONGEST_SECRET or "\x00" in secret:
        return None
    found = kind._default_manager.filter(fingerprint=fingerprint(secret)).first()
    return found if found is not None and found.is_open else None


def accept_invitation[I: Invitation](kind: type[I], secret: str, admit: Callable[[I, User], object]) -> User | None:
    """Lets in whoever the link was sent to; the user. None if it is not open, or somebody was quicker.

    It is the address that joins, whoever holds the link and whoever is signed in: what was sent there proves the
    mailbox as a code does, and signing in takes a code that is sent there too. Nobody is signed in by this.
    """
    with transaction.atomic():
        found = find_invitation(kind, secret)
        if found is not None:
            _hold(found.organisation)
        # Locked and read anew: of two who press the button at the same time, one finds it used.
        held = kind._default_manager.select_for_update().filter(pk=found.pk).first() if found else None
        if held is None or not held.is_open:
            return None
        user = user_for(held.email)
        admit(held, user)
        held.accepted_at, held.email = timezone.now(), ""
        held.save(update_fields=["accepted_at", "email"])
        log(instance=held.organisation, action="accounts.join", user=user, data={"invitation": held.pk})
    return user


def revoke_invitation(invitation: Invitation, user: User | None) -> bool:
    """Makes a link that waits useless; whether it was waiting. Its address is forgotten at once."""
    with transaction.atomic():
        held = type(invitation)._default_manager.select_for_update().get(pk=invitation.pk)
        if held.accepted_at or held.revoked_at:
            return False
        held.revoked_at, held.email = timezone.now(), ""
        held.save(update_fields=["revoked_at", "email"])
        log(instance=held.organisation, action="accounts.revoke_invitation", user=user, data={"invitation": held.pk})
    return True


def join_department(invitation: DepartmentInvitation, user: User) -> None:
    """Puts the user into the department."""
    DepartmentMembership.objects.get_or_create(user=user, department=invitation.department)


def join_advisers(invitation: AdviserInvitation, user: User) -> None:
    """Puts the user into the team. Who leads it already stays its lead."""
    membership, _ = AdviserMembership.objects.get_or_create(user=user, team=invitation.team)
    if invitation.is_lead and not membership.is_lead:
        membership.is_lead = True
        membership.save(update_fields=["is_lead"])
