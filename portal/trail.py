"""What happened to something, in order: who did what and when, as its people or officers may read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from wagtail.models import ModelLogEntry

from accounts.models import ADMINISTRATORS, OFFICERS, User
from partners.four_eyes import ALONE
from partners.models import Publishable

MOST_STEPS = 10
OFFICER = "an officer"
# What its people and officers are told; whatever else the history holds stays there.
SENT = frozenset({"wagtail.workflow.start", "wagtail.workflow.resume"})
ACCEPTED, EDITED, PUBLISHED = "wagtail.workflow.approve", "wagtail.edit", "wagtail.publish"
WORDS = {
    "wagtail.create": "Begun",
    EDITED: "Draft changed",
    "wagtail.workflow.start": "Sent",
    "wagtail.workflow.resume": "Sent again",
    "wagtail.workflow.reject": "Changes asked for",
    "wagtail.workflow.cancel": "Taken back",
    ACCEPTED: "Accepted",
    ALONE: "Accepted alone, as an administrator",
    PUBLISHED: "Made public",
    "wagtail.publish.schedule": "To go public on its day",
    "wagtail.publish.scheduled": "Made public on its day",
    "wagtail.unpublish": "Taken off the site",
    "wagtail.unpublish.scheduled": "Taken off the site on its day",
    "partners.confirm": "Confirmed as still right",
    "opportunities.decide_safeguarding": "Safeguarding decision recorded",
    "opportunities.change_live": "Changed without a check",
    "opportunities.discard_changes": "Changes discarded",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened. `who` is empty where the clock did it."""

    action: str
    words: str
    at: datetime
    who: str


def trail(thing: Publishable, *, for_officers: bool) -> list[Step]:
    """The latest steps, the first first. Officers read names; its people read their own names, and "an officer"."""
    entries = ModelLogEntry.objects.for_instance(thing).filter(action__in=WORDS).select_related("user")
    latest = list(entries.order_by("-timestamp", "-pk")[: MOST_STEPS * 5])
    officers = set() if for_officers else _officers(entry.user_id for entry in latest)
    steps: list[Step] = []
    for entry in reversed(latest):
        step = Step(entry.action, WORDS[entry.action], entry.timestamp, _who(entry.user, officers))
        if steps and _says_the_same(steps[-1], step):
            if step.action == EDITED:
                steps[-1] = step
            continue
        steps.append(step)
    if steps and steps[0].action == EDITED and len(latest) < MOST_STEPS * 5:
        steps[0] = replace(steps[0], words="Draft begun")
    return steps[-MOST_STEPS:]


def _says_the_same(last: Step, step: Step) -> bool:
    """One draft after another by the same person, or publishing as part of accepting."""
    if (last.action, step.action) == (ACCEPTED, PUBLISHED):
        return True
    return last.action == step.action == EDITED and last.who == step.who


def _officers(keys: Iterable[int | None]) -> set[int]:
    users = User.objects.filter(pk__in={key for key in keys if key is not None})
    return set(users.filter(groups__name__in=(OFFICERS, ADMINISTRATORS)).values_list("pk", flat=True)) | set(
        users.filter(is_superuser=True).values_list("pk", flat=True)
    )


def _who(user: User | None, officers: set[int]) -> str:
    if user is None:
        return ""
    return OFFICER if user.pk in officers else user.get_full_name() or "somebody"
