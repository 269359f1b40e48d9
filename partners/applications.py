"""Applications to become a partner: kept, compared with who is here, and decided by an officer."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from accounts.models import User
from notices.catalogue import APPLICATION_DECLINED, APPLICATION_RECEIVED
from notices.services import send

from . import likeness, selectors
from .models import Partner, PartnerApplication, PartnerMembership, Site
from .people import Role, invite
from .services import save_draft, save_site

State = PartnerApplication.State
#: The same application, sent again by the same person so soon, is one.
SAME_WITHIN = timedelta(days=1)
LONGEST_SUMMARY = 200


def public_candidates(name: str, website: str, postcode: str) -> tuple[likeness.Candidate, ...]:
    """Partners on the public pages that may be this one. Drafts are not named: nobody outside knows of them."""
    return likeness.candidates(name, website, postcode, selectors.known_partners(selectors.public()))


def all_candidates(application: PartnerApplication) -> tuple[likeness.Candidate, ...]:
    """All partners that may be this one, for officers."""
    everyone = selectors.known_partners(Partner.objects.all())
    return likeness.candidates(application.name, application.website, application.postcode, everyone)


def apply(application: PartnerApplication) -> PartnerApplication:
    """Keeps a new application and tells the sender so. Raises ValidationError for what cannot be.

    The message repeats nothing that was typed: whoever types somebody else's address sends them nothing of their own.
    """
    application.made_at = timezone.now()
    with transaction.atomic():
        application.full_clean()
        twice = PartnerApplication.objects.filter(
            email__iexact=application.email,
            name__iexact=application.name,
            state=State.WAITING,
            made_at__gt=application.made_at - SAME_WITHIN,
        ).first()
        if twice is not None:
            return twice
        application.save()
        log(instance=application, action="partners.apply")
        send(APPLICATION_RECEIVED, application.email, key=f"application {application.pk}", context={})
    return application


def _undecided(application: PartnerApplication) -> PartnerApplication:
    held = PartnerApplication.objects.select_for_update().get(pk=application.pk)
    if held.state != State.WAITING:
        raise ValidationError("This application is decided already. Read it anew.")
    return held


def _decide(held: PartnerApplication, state: str, user: User, partner: Partner | None, reason: str = "") -> None:
    held.state, held.decided_at, held.decided_by = state, timezone.now(), user
    held.partner, held.reason = partner, reason
    held.save(update_fields=["state", "decided_at", "decided_by", "partner", "reason"])
    data = {"partner": partner.pk} if partner else {}
    log(instance=held, action=f"partners.application_{state}", user=user, data=data)


def accept(application: PartnerApplication, user: User) -> Partner:
    """Makes a draft of the partner and invites who applied as its owner. Raises ValidationError if it was decided."""
    with transaction.atomic():
        held = _undecided(application)
        partner = Partner(
            name=held.name,
            kind=held.kind,
            website=held.website,
            summary=_in_brief(held.idea),
            description=held.idea,
        )
        save_draft(partner, user)
        if held.postcode:
            save_site(Site(partner=partner, name="Main site", postcode=held.postcode), (), user)
        invite(partner, held.email, Role.OWNER, user)
        _decide(held, State.ACCEPTED, user, partner)
    return partner


def merge(application: PartnerApplication, partner: Partner, user: User) -> None:
    """Invites who applied to a partner that is here: as its owner if it has none. Raises ValidationError."""
    with transaction.atomic():
        held = _undecided(application)
        has_owner = PartnerMembership.objects.filter(partner=partner, role=Role.OWNER, user__is_active=True).exists()
        invite(partner, held.email, Role.MEMBER if has_owner else Role.OWNER, user)
        _decide(held, State.MERGED, user, partner)


def decline(application: PartnerApplication, reason: str, user: User) -> None:
    """Says no, and why, to who applied. Raises ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": "Say why: the sentence goes to the person who applied."})
    with transaction.atomic():
        held = _undecided(application)
        _decide(held, State.DECLINED, user, None, reason.strip())
        send(APPLICATION_DECLINED, held.email, key=f"application {held.pk}", context={"reason": reason.strip()})


def _in_brief(text: str) -> str:
    """The first words of a text, as many as a summary holds."""
    whole = " ".join(text.split())
    if len(whole) <= LONGEST_SUMMARY:
        return whole
    return whole[: LONGEST_SUMMARY - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
