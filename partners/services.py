"""Writing about partners: each a transaction, each in the history with who and when."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from accounts.models import Department, User
from changes.services import record
from taxonomy.models import AccessFeature, Recognition

from .models import Assurance, AssuranceKind, Contact, Partner, PartnerRecognition, Relationship, Site


def save_draft(partner: Partner, user: User | None = None) -> Revision:
    """Keeps what is set on the partner as a draft; a new one is made, not live. Raises ValidationError if it contradicts itself."""
    with transaction.atomic():
        is_new = partner.pk is None
        if is_new:
            partner.live = False
            partner.has_unpublished_changes = True
            partner.full_clean()
            partner.save()
        revision: Revision = partner.save_revision(user=user, log_action=True, clean=not is_new)
    return revision


def publish(partner: Partner, user: User | None = None) -> None:
    """Makes what is set on the partner public. Raises ValidationError if it contradicts itself."""
    with transaction.atomic():
        save_draft(partner, user).publish(user=user)
        partner.refresh_from_db()


def unpublish(partner: Partner, user: User | None = None) -> None:
    """Takes the partner, and with it all that it offers or hosts, off the public pages."""
    partner.unpublish(user=user)


def confirm(partner: Partner, user: User | None = None) -> None:
    """Notes that the partner says all is still right, today."""
    with transaction.atomic():
        partner.confirmed_on = timezone.localdate()
        partner.save(update_fields=["confirmed_on"])
        log(instance=partner, action="partners.confirm", user=user)


def suspend(partner: Partner, user: User, reason: str) -> None:
    """Hides a partner and its offers at once. Raises ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why, in a sentence: it stays in the history."})
    with transaction.atomic():
        partner.suspended_at = timezone.now()
        partner.save(update_fields=["suspended_at"])
        log(instance=partner, action="partners.suspend", user=user, data={"reason": reason})


def lift_suspension(partner: Partner, user: User, reason: str) -> None:
    """Lets a suspended partner be seen again. Raises ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why, in a sentence: it stays in the history."})
    with transaction.atomic():
        partner.suspended_at = None
        partner.save(update_fields=["suspended_at"])
        log(instance=partner, action="partners.lift_suspension", user=user, data={"reason": reason})


def record_assurance(
    partner: Partner,
    kind: AssuranceKind,
    *,
    seen_on: date,
    expires: date | None,
    seen_by: User | None = None,
    note: str = "",
) -> Assurance:
    """Notes a document that an officer has seen. Raises ValidationError if dates are missing or out of order."""
    assurance = Assurance(partner=partner, kind=kind, seen_on=seen_on, expires=expires, seen_by=seen_by, note=note)
    with transaction.atomic():
        assurance.full_clean()
        assurance.save()
        log(instance=partner, action="partners.assure", user=seen_by, data={"kind": str(kind), "expires": str(expires)})
    return assurance


def set_site_access(site: Site, features: Iterable[AccessFeature]) -> None:
    """Replaces what a site says of access. A set does not save its owner, so the change is recorded here."""
    with transaction.atomic():
        site.access_features.set(features)
        record(Site, [site.pk])


def save_site(site: Site, features: Iterable[AccessFeature], user: User | None = None) -> Site:
    """Adds or changes a site, with what it has for access. Raises ValidationError, as for a postcode that does not exist."""
    with transaction.atomic():
        site.full_clean(exclude=["outward_code"])  # follows from the postcode
        site.save()
        set_site_access(site, features)
        log(instance=site.partner, action="partners.edit_details", user=user, data={"site": site.name})
    return site


def save_contact(contact: Contact, user: User | None = None) -> Contact:
    """Adds or changes a contact. Raises ValidationError. The history names nobody: contacts can be deleted, it cannot."""
    with transaction.atomic():
        contact.full_clean()
        contact.save()
        log(instance=contact.partner, action="partners.edit_details", user=user, data={"contact": contact.pk})
    return contact


def save_relationship(
    partner: Partner,
    department: Department,
    *,
    status: str,
    owner: User | None = None,
    started_on: date | None = None,
    ended_on: date | None = None,
    user: User | None = None,
) -> Relationship:
    """Sets how a department stands with a partner. Raises ValidationError if its dates contradict each other."""
    with transaction.atomic():
        found = Relationship.objects.filter(partner=partner, department=department).first()
        relationship = found or Relationship(partner=partner, department=department)
        relationship.status, relationship.owner = status, owner
        relationship.started_on, relationship.ended_on = started_on, ended_on
        relationship.full_clean()
        relationship.save()
        log(
            instance=partner,
            action="partners.edit_details",
            user=user,
            data={"relationship": department.slug, "status": status},
        )
    return relationship


def save_recognition(
    partner: Partner, recognition: Recognition, *, expires: date | None, user: User | None = None
) -> PartnerRecognition:
    """Notes an award that a partner holds until a date."""
    with transaction.atomic():
        found = PartnerRecognition.objects.filter(partner=partner, recognition=recognition).first()
        held = found or PartnerRecognition(partner=partner, recognition=recognition)
        held.expires, held.confirmed_by = expires, user
        held.full_clean()
        held.save()
        log(instance=partner, action="partners.edit_details", user=user, data={"recognition": recognition.slug})
    return held
