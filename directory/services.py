"""Writing what visitors leave: lists that they share, notes of what is missing, reports of problems."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from wagtail.log_actions import log

from accounts.models import User
from directory.models import ProblemReport, SharedList, WantedNote
from directory.shared_lists import new_number
from opportunities.models import Opportunity
from partners.models import Partner
from taxonomy.models import Audience

MOST_TRIES = 8


def share_list(keys: Iterable[int], now: datetime) -> SharedList:
    """Keeps a shortlist under a number of its own, for 90 days. `keys` are those of opportunities, in order.

    Raises IntegrityError where each of eight numbers by chance was taken, which does not happen.
    """
    kept = list(keys)
    for attempt in range(1, MOST_TRIES + 1):
        try:
            with transaction.atomic():
                return SharedList.objects.create(number=new_number(), opportunities=kept, made_at=now)
        except IntegrityError:
            if attempt == MOST_TRIES:
                raise
    raise AssertionError("The last try returns or raises.")


def leave_wanted_note(what: str, audience: Audience | None, when: str, email: str, now: datetime) -> WantedNote:
    """Keeps a note of what somebody did not find."""
    return WantedNote.objects.create(what=what, audience=audience, when=when, email=email, made_at=now)


def answer_wanted_note(note: WantedNote, user: User, answer: str, now: datetime) -> None:
    """Notes what came of it. The e-mail address goes at once; when and by whom it was first answered stays."""
    with transaction.atomic():
        kept = WantedNote.objects.select_for_update().get(pk=note.pk)
        if kept.answered_at is None:
            kept.answered_at, kept.answered_by = now, user
        kept.answer, kept.email = answer, ""
        kept.save(update_fields=["answer", "email", "answered_at", "answered_by"])
        log(kept, "directory.answer_wanted_note", user=user)


def report_problem(kind: str, what: str, email: str, subject: Opportunity | Partner, now: datetime) -> ProblemReport:
    """Keeps a report about an opportunity, and so about who offers it, or about a partner."""
    opportunity = subject if isinstance(subject, Opportunity) else None
    partner = subject.offered_by if isinstance(subject, Opportunity) else subject
    return ProblemReport.objects.create(
        kind=kind, what=what, email=email, opportunity=opportunity, partner=partner, made_at=now
    )


def settle_report(report: ProblemReport, user: User, outcome: str, now: datetime) -> None:
    """Notes what came of it. The e-mail address goes at once; when and by whom it was first settled stays."""
    with transaction.atomic():
        kept = ProblemReport.objects.select_for_update().get(pk=report.pk)
        if kept.settled_at is None:
            kept.settled_at, kept.settled_by = now, user
        kept.outcome, kept.email = outcome, ""
        kept.save(update_fields=["outcome", "email", "settled_at", "settled_by"])
        log(kept, "directory.settle_report", user=user)
