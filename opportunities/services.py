"""Writing about opportunities: each a transaction, each in the history with who and when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Revision

from accounts.models import User
from partners import services as partners
from partners.four_eyes import check_vouches
from partners.models import Site

from .models import Opportunity, SafeguardingDecision, Session
from .requirements import QUESTIONS, publication_problems
from .selectors import at_site, is_held

HELD = "A safeguarding question is answered with yes. An officer must record a decision before this goes public."


def check_publishable(opportunity: Opportunity) -> None:
    """Raises ValidationError, with a message by field, if it may not go public as it stands."""
    problems: dict[str, str] = publication_problems(opportunity)
    if opportunity.pk is None or is_held(opportunity):
        held = [question for question in QUESTIONS if getattr(opportunity, question)]
        problems |= dict.fromkeys(held[:1], HELD)
    if problems:
        raise ValidationError(problems)


def is_publishable(opportunity: Opportunity) -> bool:
    """Whether it may go public as it stands."""
    try:
        check_publishable(opportunity)
    except ValidationError:
        return False
    return True


def save_draft(opportunity: Opportunity, user: User | None = None) -> Revision:
    """Keeps what is set as a draft; a new one is made, not live. Raises ValidationError if it contradicts itself."""
    with transaction.atomic():
        is_new = opportunity.pk is None
        if is_new:
            opportunity.live = False
            opportunity.has_unpublished_changes = True
            opportunity.full_clean()
            opportunity.save()
        revision: Revision = opportunity.save_revision(user=user, log_action=True, clean=not is_new)
    return revision


def publish(opportunity: Opportunity, user: User | None = None) -> None:
    """Makes what is set public. Raises ValidationError if something is missing or an officer has still to decide."""
    check_publishable(opportunity)
    with transaction.atomic():
        save_draft(opportunity, user).publish(user=user)
        opportunity.refresh_from_db()


def unpublish(opportunity: Opportunity, user: User | None = None) -> None:
    """Takes it off the public pages."""
    opportunity.unpublish(user=user)


def decide_safeguarding(opportunity: Opportunity, user: User, *, accepted: bool, reason: str) -> SafeguardingDecision:
    """Records an officer's decision on the answers as they stand.

    Raises ValidationError without a reason, or if the officer acts for who offers or hosts it.
    """
    if not reason.strip():
        raise ValidationError({"reason": "Say what was asked and answered, and why this follows."})
    with transaction.atomic():
        check_vouches(user, opportunity)
        decision = SafeguardingDecision.objects.create(
            opportunity=opportunity,
            accepted=accepted,
            reason=reason,
            decided_by=user,
            decided_at=timezone.now(),
            **{question: bool(getattr(opportunity, question)) for question in QUESTIONS},
        )
        log(instance=opportunity, action="opportunities.decide_safeguarding", user=user, data={"accepted": accepted})
    return decision


def add_session(
    opportunity: Opportunity,
    *,
    starts: datetime,
    ends: datetime,
    capacity: int | None = None,
    taken: int = 0,
    waiting: int = 0,
    label: str = "",
    user: User | None = None,
) -> Session:
    """Adds a dated session. Raises ValidationError if its times contradict each other or it exists already."""
    session = Session(
        opportunity=opportunity, starts=starts, ends=ends, capacity=capacity, taken=taken, waiting=waiting, label=label
    )
    with transaction.atomic():
        # Whoever else adds to it waits, so that what is sent twice is there once.
        Opportunity.objects.select_for_update().get(pk=opportunity.pk)
        session.full_clean()
        session.save()
        log(instance=opportunity, action="opportunities.add_session", user=user, data={"starts": starts.isoformat()})
    return session


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session to be added. Times are aware; `capacity` is None when any number may come."""

    starts: datetime
    ends: datetime
    capacity: int | None = None
    label: str = ""


def add_sessions(opportunity: Opportunity, many: Sequence[NewSession], user: User | None = None) -> list[Session]:
    """Adds many sessions, all or none. Raises ValidationError, naming the day, if one contradicts itself or is there."""
    with transaction.atomic():
        # Whoever else adds to it waits, so that each sees what the other has added.
        Opportunity.objects.select_for_update().get(pk=opportunity.pk)
        added = []
        for new in many:
            session = Session(
                opportunity=opportunity, starts=new.starts, ends=new.ends, capacity=new.capacity, label=new.label
            )
            try:
                session.full_clean(validate_unique=True)
            except ValidationError as error:
                day = timezone.localtime(new.starts)
                raise ValidationError(f"{day:%A} {day.day} {day:%B %Y}: {' '.join(error.messages)}") from error
            session.save()
            added.append(session)
        if added:
            log(
                instance=opportunity,
                action="opportunities.add_sessions",
                user=user,
                data={"sessions": [session.pk for session in added], "starts": added[0].starts.isoformat()},
            )
    return added


def set_places(
    session: Session, *, capacity: int | None, taken: int, waiting: int = 0, user: User | None = None
) -> Session:
    """Sets how many places a session has, and how many are taken and waited for, under a row lock.

    Raises ValidationError if more would be taken than there are. Places of a cancelled one can still be released.
    """
    with transaction.atomic():
        locked = Session.objects.select_for_update().get(pk=session.pk)
        locked.capacity, locked.taken, locked.waiting = capacity, taken, waiting
        locked.full_clean()
        locked.save()
        log(
            instance=locked.opportunity,
            action="opportunities.set_places",
            user=user,
            data={"session": locked.pk, "capacity": capacity, "taken": taken, "waiting": waiting},
        )
    return locked


def edit_session(session: Session, changes: Mapping[str, Any], user: User | None = None) -> Session:
    """Changes these fields of a session under a row lock; what others changed meanwhile in other fields stays.

    Raises ValidationError if it then contradicts itself, as when more places are taken than there are, or if it has
    been cancelled.
    """
    with transaction.atomic():
        locked = _lock(session)
        for field, value in changes.items():
            setattr(locked, field, value)
        locked.full_clean()
        locked.save()
        log(
            instance=locked.opportunity,
            action="opportunities.edit_session",
            user=user,
            data={
                "session": locked.pk,
                "changed": sorted(changes),
                "starts": locked.starts.isoformat(),
                **({"capacity": locked.capacity} if "capacity" in changes else {}),
            },
        )
    return locked


def cancel_session(session: Session, because: str, user: User | None = None) -> Session:
    """Cancels a session for good: it stays known, with the words that schools read, and is not on offer any more.

    Raises ValidationError without words, and if it is over or has been cancelled already.
    """
    words = " ".join(because.split())
    if not words:
        raise ValidationError({"because": "Say in a sentence what schools should read."})
    with transaction.atomic():
        locked = _lock(session)
        now = timezone.now()
        if locked.ends <= now:
            raise ValidationError("This date is over. It cannot be cancelled any more.")
        locked.cancelled_at, locked.cancelled_because = now, words
        locked.full_clean()
        locked.save()
        log(
            instance=locked.opportunity,
            action="opportunities.cancel_session",
            user=user,
            data={"session": locked.pk, "starts": locked.starts.isoformat(), "taken": locked.taken},
        )
    return locked


def _lock(session: Session) -> Session:
    """The session under a row lock. Raises ValidationError if it has been cancelled."""
    locked = Session.objects.select_for_update().get(pk=session.pk)
    if locked.is_cancelled:
        raise ValidationError("This date has been cancelled, and stays so. Add another date instead.")
    return locked


def delete_session(session: Session, user: User | None = None) -> None:
    """Removes a session that nobody has a place in. Raises ValidationError otherwise, and if it has been cancelled."""
    with transaction.atomic():
        locked = _lock(session)
        if locked.taken:
            raise ValidationError("Places are taken in this session. Move or release them first, or cancel it.")
        log(
            instance=locked.opportunity,
            action="opportunities.delete_session",
            user=user,
            data={"starts": locked.starts.isoformat()},
        )
        locked.delete()


def remove_site(site: Site, user: User | None = None) -> None:
    """Removes a site of a partner. Raises ValidationError, which names them, while opportunities happen there.

    The titles of other partners' opportunities are named only if they are live.
    """
    with transaction.atomic():
        held = Site.objects.select_for_update().get(pk=site.pk)
        used = at_site(held)
        named = [each.title for each in used if each.live or each.offered_by_id == held.partner_id]
        if used:
            others = ["a draft of another partner"] if len(named) < len(used) else []
            titles = "; ".join([*(f"“{title}”" for title in named), *others])
            raise ValidationError(f"This happens here: {titles}. Choose another site for it first.", "used")
        partners.remove_site(held, user)
