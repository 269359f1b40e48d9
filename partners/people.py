"""Who acts for a partner: invited, let in, given another role, taken out. There is always an owner who stays."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.invitations import revoke_invitation, send_invitation
from accounts.models import User
from notices.catalogue import PERSON_JOINED
from notices.services import send

from .models import Partner, PartnerInvitation, PartnerMembership

Role = PartnerMembership.Role
LAST_OWNER = "This is the only owner. Make somebody else an owner first."


def waiting_invitations(partner: Partner) -> list[PartnerInvitation]:
    """Those that nobody has answered yet, the newest first."""
    return list(partner.invitations.filter(accepted_at=None, revoked_at=None, ends_at__gt=timezone.now()))


def invite(partner: Partner, email: str, role: str, user: User | None) -> PartnerInvitation:
    """Invites somebody to act for the partner. Raises ValidationError if they do already, or for what is no address."""
    invitation = PartnerInvitation(partner=partner, email=email, role=role)
    if partner.memberships.filter(user__email=email.strip().lower()).exists():
        raise ValidationError({"email": "This person acts for the partner already."})
    send_invitation(invitation, user)
    return invitation


def join(invitation: PartnerInvitation, user: User) -> None:
    """Lets the user act for the partner. Who is an owner already stays one."""
    partner = Partner.objects.select_for_update().get(pk=invitation.partner_id)
    membership, is_new = PartnerMembership.objects.get_or_create(
        user=user, partner=partner, defaults={"role": invitation.role}
    )
    if not is_new and invitation.role == Role.OWNER and membership.role != Role.OWNER:
        membership.role = Role.OWNER
        membership.save(update_fields=["role"])
    if is_new:
        _tell_owners(membership)


def _tell_owners(membership: PartnerMembership) -> None:
    """Whoever invited, and the other owners, see who came: also if an officer invited, or one of them by mistake."""
    owners = PartnerMembership.objects.filter(partner=membership.partner, role=Role.OWNER, user__is_active=True)
    for owner in owners.exclude(pk=membership.pk).select_related("user"):
        context = {"partner": membership.partner, "person": membership.user, "role": membership.get_role_display()}
        send(PERSON_JOINED, owner.user.email, key=f"partner membership {membership.pk}", context=context)


def _locked(membership: PartnerMembership) -> PartnerMembership:
    """The membership as it is now, with its partner locked: two who leave at once do so one after the other.

    Raises ValidationError if it is gone.
    """
    Partner.objects.select_for_update().get(pk=membership.partner_id)
    held = PartnerMembership.objects.select_related("partner").filter(pk=membership.pk).first()
    if held is None:
        raise ValidationError("This person does not act for the partner any more.")
    return held


def _keep_an_owner(membership: PartnerMembership) -> None:
    others = PartnerMembership.objects.filter(
        partner=membership.partner_id, role=Role.OWNER, user__is_active=True
    ).exclude(pk=membership.pk)
    if membership.role == Role.OWNER and not others.exists():
        raise ValidationError(LAST_OWNER)


def set_role(membership: PartnerMembership, role: str, user: User | None) -> PartnerMembership:
    """Makes somebody an owner, or no longer one. Raises ValidationError if no owner would be left."""
    with transaction.atomic():
        held = _locked(membership)
        if held.role == role:
            return held
        _keep_an_owner(held)
        held.role = role
        held.full_clean()
        held.save(update_fields=["role"])
        if role != Role.OWNER:
            _take_back_what_they_sent(held, user)
        _log(held, "partners.set_role", user, role=role)
    return held


def remove(membership: PartnerMembership, user: User | None) -> None:
    """Ends that somebody acts for the partner; they may do it themselves. Raises ValidationError for the last owner.

    The links that they sent to others stop working.
    """
    with transaction.atomic():
        held = _locked(membership)
        _keep_an_owner(held)
        _take_back_what_they_sent(held, user)
        _log(held, "partners.leave" if user and user.pk == held.user_id else "partners.remove_person", user)
        held.delete()


def _take_back_what_they_sent(membership: PartnerMembership, user: User | None) -> None:
    for invitation in waiting_invitations(membership.partner):
        if invitation.invited_by_id == membership.user_id:
            revoke_invitation(invitation, user)


def _log(membership: PartnerMembership, action: str, user: User | None, **data: str) -> None:
    log(instance=membership.partner, action=action, user=user, data={"person": membership.user_id, **data})
