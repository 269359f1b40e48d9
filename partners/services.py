"""Writing about partners: each a transaction, each in the history with who and when."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone
from wagtail.images import get_image_model
from wagtail.log_actions import log
from wagtail.models import Revision, WorkflowState

from accounts.models import Department, User
from changes.services import record
from taxonomy.models import AccessFeature, Recognition

from .four_eyes import check_vouches
from .freshness import returns_by_confirming
from .models import Assurance, AssuranceKind, Contact, Partner, PartnerRecognition, Publishable, Relationship, Site
from .selectors import moderation_of
from .suspension import SUSPEND, start_again, stop_everything

LOCKED = "An officer has locked this. Ask them before you change it."
WITH_OFFICERS = "This is with the officers. Take it back first, then change it."


class EditedMeanwhile(Exception):  # noqa: N818  says what happened, like DoesNotExist
    """Somebody else has saved a draft since this one was read. `theirs` is the latest."""

    def __init__(self, theirs: Revision) -> None:
        super().__init__("Somebody else has saved this meanwhile.")
        self.theirs = theirs


def _held(thing: Publishable) -> Publishable:
    """The thing as the database holds it now, its row locked until the transaction ends."""
    found: Publishable = type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    return found


def _moderation(thing: Publishable) -> WorkflowState | None:
    return moderation_of(type(thing), [thing.pk]).get(thing.pk)


def check_open(thing: Publishable, user: User) -> None:
    """Raises ValidationError, with what to do, if its people cannot change it now: officers have it or have locked it."""
    state = _moderation(thing)
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        raise ValidationError(WITH_OFFICERS, "with_officers")
    lock = thing.get_lock()
    if lock is not None and lock.for_user(user):
        raise ValidationError(LOCKED, "locked")


def check_seen(draft: Publishable, user: User, seen: int | None) -> None:
    """Holds the row for the transaction, and raises what `keep_draft` raises if its people cannot write over it."""
    held = _held(draft)
    check_open(held, user)
    if held.latest_revision_id is not None and held.latest_revision_id != seen:
        raise EditedMeanwhile(held.latest_revision)


def keep_draft(draft: Publishable, user: User, *, seen: int | None) -> Revision:
    """Keeps a draft that its people wrote, complete or not. It exists already; a new one is made by `save_draft`.

    `seen` is the number of the revision that they had before them (None: there was none). Raises EditedMeanwhile if
    there is a later one by now, and ValidationError if officers have it, have locked it, or if it contradicts itself.
    """
    with transaction.atomic():
        check_seen(draft, user, seen)
        draft.clean()
        revision: Revision = draft.save_revision(user=user, log_action=True, clean=False)
    return revision


def keep_page(draft: Partner, user: User, *, seen: int | None, picture: File[bytes] | None = None) -> Revision:
    """Keeps a draft of a partner's own page as `keep_draft` does, with a new picture if there is one."""
    with transaction.atomic():
        check_seen(draft, user, seen)
        if picture is not None:
            title = draft.name[:120] or "Picture"
            draft.image = get_image_model().objects.create(title=title, file=picture, uploaded_by_user=user)
        return keep_draft(draft, user, seen=seen)


def submit(thing: Publishable, user: User) -> None:
    """Puts the latest draft before the officers, for the first time or once it is mended.

    Raises ValidationError if it is with them already, is locked, holds nothing new, or lacks something (by field).
    """
    with transaction.atomic():
        held = _held(thing)
        check_open(held, user)
        if held.live and not held.has_unpublished_changes:
            raise ValidationError("Nothing has changed since the officers accepted this.", "unchanged")
        held.get_latest_revision_as_object().full_clean()
        if held.latest_revision_id is None:
            held.save_revision(user=user, log_action=True)
        state = _moderation(held)
        workflow = held.get_workflow()
        if state is not None:
            state.resume(user)
        elif workflow is not None:
            workflow.start(held, user)
        else:
            raise ValidationError("Nobody checks these at the moment. Please try again later.", "no_workflow")


def withdraw(thing: Publishable, user: User) -> None:
    """Takes back what is before the officers; it is a draft again. Raises ValidationError if it is not with them."""
    with transaction.atomic():
        state = _moderation(_held(thing))
        if state is None or state.status != WorkflowState.STATUS_IN_PROGRESS:
            raise ValidationError(
                "The officers have answered already, or it was taken back before.", "not_with_officers"
            )
        state.cancel(user)


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


def confirm(partner: Partner, user: User | None = None, *, by_officer: bool = False) -> None:
    """Notes that the partner says all is still right, today; by the link in a message without a user.

    If silence had hidden it, the public sees it again; after a year only once an officer has looked (`by_officer`).
    """
    today = timezone.localdate()
    with transaction.atomic():
        held = Partner.objects.select_for_update().get(pk=partner.pk)
        hidden_on = held.hidden_on
        if hidden_on is not None and (by_officer or returns_by_confirming(hidden_on, today)):
            hidden_on = None
        for each in (held, partner):
            each.confirmed_on, each.warned_on, each.hidden_on = today, None, hidden_on
        held.save(update_fields=["confirmed_on", "warned_on", "hidden_on"])
        log(instance=held, action="partners.confirm", user=user, data={"shown": held.is_public})


def suspend(partner: Partner, user: User, reason: str) -> None:
    """Hides a partner and its offers at once, signs its people out, and takes back what waits for officers.

    Links that were signed for it stop working. Raises ValidationError without a reason, or if it is suspended already.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why, in a sentence: it stays in the history."})
    with transaction.atomic():
        held = Partner.objects.select_for_update().get(pk=partner.pk)
        if held.is_suspended:
            raise ValidationError({"reason": "Somebody has suspended it already."})
        held.suspended_at = partner.suspended_at = timezone.now()
        held.save(update_fields=["suspended_at"])
        stopped = stop_everything(held, user)
        log(instance=held, action=SUSPEND, user=user, data={"reason": reason, **stopped})


def lift_suspension(partner: Partner, user: User, reason: str) -> None:
    """Lets a suspended partner be seen again, and what waited for officers wait again.

    Its people sign in again. A warning that it leaves the public pages begins anew. Raises ValidationError without a
    reason, if it is not suspended, or if the user acts for it.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say why, in a sentence: it stays in the history."})
    with transaction.atomic():
        held = Partner.objects.select_for_update().get(pk=partner.pk)
        if not held.is_suspended:
            raise ValidationError({"reason": "It is not suspended any more."})
        check_vouches(user, held)
        held.suspended_at = partner.suspended_at = None
        if held.hidden_on is None:
            held.warned_on = partner.warned_on = None
        held.save(update_fields=["suspended_at", "warned_on"])
        started = start_again(held)
        log(
            instance=held,
            action="partners.lift_suspension",
            user=user,
            data={"reason": reason, "moderation_again": started},
        )


def record_assurance(
    partner: Partner,
    kind: AssuranceKind,
    *,
    seen_on: date,
    expires: date | None,
    seen_by: User | None = None,
    note: str = "",
) -> Assurance:
    """Notes a document that an officer has seen.

    Raises ValidationError if dates are missing or out of order, or if the officer acts for the partner.
    """
    assurance = Assurance(partner=partner, kind=kind, seen_on=seen_on, expires=expires, seen_by=seen_by, note=note)
    with transaction.atomic():
        if seen_by is not None:
            check_vouches(seen_by, partner)
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


def remove_site(site: Site, user: User | None = None) -> None:
    """Removes a site. What happens there is asked first: use `opportunities.services.remove_site`."""
    with transaction.atomic():
        log(instance=site.partner, action="partners.edit_details", user=user, data={"removed_site": site.name})
        site.delete()


def remove_contact(contact: Contact, user: User | None = None) -> None:
    """Deletes a contact, as when the person leaves. The history names nobody."""
    with transaction.atomic():
        log(instance=contact.partner, action="partners.edit_details", user=user, data={"removed_contact": contact.pk})
        contact.delete()


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
