"""Who acts for a school. Its office vouches for the first; after that, people of the school vouch for their colleagues.

Nobody becomes one of a school's people by what they type themselves: the office is written to at an address that an
officer has read where the school publishes it, or somebody whom the school has confirmed says so.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.invitations import LONGEST_SECRET, fingerprint, new_secret, revoke_invitation, send_invitation
from accounts.models import GOOD_FOR, User
from accounts.services import user_for
from notices.catalogue import OFFICE_ASKED, OFFICE_TOLD, STAFF_CONFIRMED, STAFF_DECLINED, STAFF_WAITING
from notices.services import send

from .models import School, SchoolInvitation, SchoolMembership, StaffApplication
from .rules import is_dsl_of, may_confirm_colleagues
from .selectors import colleagues_who_confirm, waiting_invitations

Role, State = SchoolMembership.Role, StaffApplication.State
#: An office is asked by itself about so many people a day; about more when an officer has looked.
ASKED_A_DAY = 5
DAY = timedelta(days=1)
ONLY_A_DSL = "Only the school’s office or its designated safeguarding lead can say who is one."


def apply(application: StaffApplication) -> StaffApplication:
    """Keeps that somebody says they work at a school, and asks those who know. Raises ValidationError.

    Where colleagues may confirm, they are told; else the office is asked, if an officer has recorded its address. Sent
    again while it waits, it is the same application, with what was said first.
    """
    school = application.school
    application.email = application.email.strip().lower()
    application.made_at = timezone.now()
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        application.full_clean()
        if not school.open:
            raise ValidationError("This school has closed.")
        earlier = StaffApplication.objects.filter(school=school, email=application.email, state=State.WAITING).first()
        if earlier is not None:
            return earlier
        application.save()
        log(instance=school, action="schools.apply", data={"application": application.pk})
        colleagues = colleagues_who_confirm(school)
        for colleague in colleagues:
            context = {"school": school}
            send(STAFF_WAITING, colleague.email, key=f"staff application {application.pk}", context=context)
        if not colleagues and _asked_today(school) < ASKED_A_DAY:
            _ask_office(application, None)
    return application


def _asked_today(school: School) -> int:
    return StaffApplication.objects.filter(school=school, asked_at__gt=timezone.now() - DAY).count()


def ask_office(application: StaffApplication, user: User) -> None:
    """Sends the office a new link, which makes an earlier one useless. Raises ValidationError where it cannot be asked."""
    with transaction.atomic():
        held = _waiting(application)
        if not held.school.office_email:
            raise ValidationError("Record the address of the school’s office first, and where it is published.")
        _ask_office(held, user)


def _ask_office(application: StaffApplication, user: User | None) -> None:
    school, secret = application.school, new_secret()
    if not school.office_email:
        return
    application.fingerprint, application.asked_address = fingerprint(secret), school.office_email
    application.asked_at = timezone.now()
    application.ends_at = application.asked_at + GOOD_FOR
    application.save(update_fields=["fingerprint", "asked_address", "asked_at", "ends_at"])
    context = {"application": application, "school": school, "secret": secret, "ends_at": application.ends_at}
    key = f"staff application {application.pk}, {application.fingerprint[:12]}"
    send(OFFICE_ASKED, school.office_email, key=key, context=context)
    log(instance=school, action="schools.ask_office", user=user, data={"application": application.pk})


def _waiting(application: StaffApplication) -> StaffApplication:
    """The application, locked and read anew. Raises ValidationError if it was answered meanwhile or has run out."""
    held = StaffApplication.objects.select_for_update().select_related("school").get(pk=application.pk)
    if held.state != State.WAITING or not held.email:
        raise ValidationError("This was answered already. Read the page anew.")
    return held


def find_asked(secret: str) -> StaffApplication | None:
    """The application about which the office was sent this link. None for whatever else.

    A link that went to an address that has been corrected since is void, and so is one of a school that has closed.
    """
    if not secret or len(secret) > LONGEST_SECRET or "\x00" in secret:
        return None
    found = StaffApplication.objects.filter(fingerprint=fingerprint(secret)).select_related("school").first()
    if found is None or found.state != State.WAITING or not found.email or found.ends_at is None:
        return None
    good = found.ends_at > timezone.now() and found.school.open
    return found if good and found.asked_address == found.school.office_email else None


def answer_as_office(secret: str, *, works_here: bool) -> StaffApplication | None:
    """What the office said by its link. None if the link is not good any more. The office is told what was noted."""
    with transaction.atomic():
        found = find_asked(secret)
        if found is None:
            return None
        try:
            held = _waiting(found)
        except ValidationError:
            return None
        office = held.asked_address
        context = {
            "application": held,
            "school": held.school,
            "works_here": works_here,
            "contact": settings.CONTACT_EMAIL,
        }
        send(OFFICE_TOLD, office, key=f"staff application {held.pk}", context=context)
        if works_here:
            _confirm(held, held.roles, None)
        else:
            _decline(held, None)
    return held


def confirm(application: StaffApplication, roles: list[str], user: User) -> None:
    """A colleague says that somebody works at the school, and as what.

    Raises PermissionDenied for who may not say so, ValidationError for roles that they may not give.
    """
    with transaction.atomic():
        held = _waiting(application)
        _require(user, held.school)
        _check_given(roles, user, held.school)
        held.roles = roles
        held.full_clean()
        _confirm(held, roles, user)


def decline(application: StaffApplication, user: User) -> None:
    """A colleague says that somebody does not work at the school. Raises PermissionDenied for who may not say so."""
    with transaction.atomic():
        held = _waiting(application)
        _require(user, held.school)
        _decline(held, user)


def _require(user: User, school: School) -> None:
    if not may_confirm_colleagues(user, school):
        raise PermissionDenied


def _check_given(roles: Iterable[str], user: User, school: School) -> None:
    if Role.DSL in roles and not is_dsl_of(user, school):
        raise ValidationError({"roles": ONLY_A_DSL})


def _confirm(held: StaffApplication, roles: Iterable[str], user: User | None) -> None:
    person = user_for(held.email, first_name=held.first_name, last_name=held.last_name)
    admit(held.school, person, roles)
    send(STAFF_CONFIRMED, held.email, key=f"staff application {held.pk}", context={"school": held.school})
    _settle(held, State.CONFIRMED, "schools.confirm_staff", user)


def _decline(held: StaffApplication, user: User | None) -> None:
    send(STAFF_DECLINED, held.email, key=f"staff application {held.pk}", context={"school": held.school})
    _settle(held, State.DECLINED, "schools.decline_staff", user)


def _settle(held: StaffApplication, state: str, action: str, user: User | None) -> None:
    """What was typed is of no more use, and goes at once."""
    held.state, held.decided_at, held.decided_by = state, timezone.now(), user
    held.first_name = held.last_name = held.email = ""
    held.fingerprint = None
    held.save()
    log(instance=held.school, action=action, user=user, data={"application": held.pk})


def admit(school: School, person: User, roles: Iterable[str]) -> None:
    """Gives somebody confirmed roles in a school."""
    now = timezone.now()
    for role in roles:
        membership, _ = SchoolMembership.objects.get_or_create(
            user=person, school=school, role=role, defaults={"verified_at": now}
        )
        if membership.verified_at is None:
            membership.verified_at = now
            membership.save(update_fields=["verified_at"])


def invite(school: School, email: str, roles: list[str], user: User) -> SchoolInvitation:
    """Invites a colleague. Raises PermissionDenied for who may not, ValidationError for what is no address."""
    _require(user, school)
    _check_given(roles, user, school)
    invitation = SchoolInvitation(school=school, email=email, roles=roles)
    send_invitation(invitation, user)
    return invitation


def invite_by_officer(school: School, email: str, roles: list[str], user: User) -> SchoolInvitation:
    """Asks somebody to join. It does not confirm them: the school's office is asked when they accept."""
    invitation = SchoolInvitation(school=school, email=email, roles=roles)
    send_invitation(invitation, user)
    return invitation


def join(invitation: SchoolInvitation, person: User) -> None:
    """Confirmed at once if who invited still may confirm colleagues, in these roles; else those who know are asked."""
    inviter, school = invitation.invited_by, invitation.school
    still_may = may_confirm_colleagues(inviter, school) if inviter else False
    if Role.DSL in invitation.roles and not (inviter and is_dsl_of(inviter, school)):
        still_may = False
    if still_may:
        admit(invitation.school, person, invitation.roles)
        return
    apply(
        StaffApplication(
            school=invitation.school,
            first_name=person.first_name[:60],
            last_name=person.last_name[:60],
            email=person.email,
            roles=invitation.roles,
        )
    )


def remove(school: School, person: User, user: User) -> None:
    """Ends that somebody acts for the school, in every role. People may do so themselves.

    Raises PermissionDenied for others who may not confirm colleagues, ValidationError if only a DSL may. The links that
    the person sent to others stop working.
    """
    with transaction.atomic():
        School.objects.select_for_update().get(pk=school.pk)
        if person.pk != user.pk:
            _require(user, school)
            if is_dsl_of(person, school) and not is_dsl_of(user, school):
                raise ValidationError("Only the designated safeguarding lead can remove one. Ask them, or write to us.")
        removed, _ = SchoolMembership.objects.filter(school=school, user=person).delete()
        for invitation in waiting_invitations(school):
            if invitation.invited_by_id == person.pk:
                revoke_invitation(invitation, user)
        if removed:
            log(instance=school, action="schools.remove_person", user=user, data={"person": person.pk})
