"""Reading what officers returned to a partner: what they ask for, aspect by aspect, and what was mended since."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from wagtail.models import TaskState

from opportunities.models import Opportunity
from opportunities.steps import SEVERAL, step_of
from partners.aspects import Aspect, differs
from partners.models import Publishable
from partners.selectors import returned
from portal.differences import Difference
from portal.trail import Step, trail
from portal.wording import told_apart


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for in one aspect: what was sent, and what the draft says now.

    `mend` is the address at which it is mended; empty for what only officers keep.
    """

    aspect: Aspect
    comment: str
    shown: Difference
    is_mended: bool
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """What an officer returned. `decision` holds their word on the whole and when; None: nothing waits for the partner."""

    thing: Publishable
    decision: TaskState | None
    asked: tuple[Asked, ...]
    trail: list[Step]

    @property
    def left(self) -> int:
        """In how many aspects the draft still says what was returned."""
        return sum(not each.is_mended for each in self.asked)


def what_was_returned(thing: Publishable) -> Returned:
    """What officers ask for, if they returned it and wait for an answer."""
    decision = returned(thing)
    steps = trail(thing, for_officers=False)
    if decision is None:
        return Returned(thing, None, (), steps)
    sent: Publishable = decision.revision.as_object()
    draft: Publishable = thing.get_latest_revision_as_object()
    aspects = {aspect.slug: aspect for aspect in thing.aspects}
    asked = tuple(
        Asked(
            aspect,
            comment.comment,
            told_apart(sent, draft, aspect),
            differs(sent, draft, aspect),
            _mended_at(draft, aspect),
        )
        for comment in decision.field_comments.all()
        if (aspect := aspects.get(comment.field)) is not None
    )
    return Returned(draft, decision, asked, steps)


# Sets of rows by the field that holds their terms on the pages where they are chosen.
CHOSEN_IN = {relation: name for name, relation in SEVERAL.items()}


def _mended_at(draft: Publishable, aspect: Aspect) -> str:
    """The step, or the page, on which the first field of an aspect that is asked there is changed."""
    names = [CHOSEN_IN.get(name, name) for name in aspect.fields]
    if not isinstance(draft, Opportunity):
        return f"{reverse('portal-details-edit', args=[draft.pk])}#{names[0]}"
    for name in names:
        step = step_of(draft.kind, name)
        if step is not None:
            key = [draft.offered_by_id, draft.pk, step.slug]
            return f"{reverse('portal-opportunity-step', args=key)}#{name}"
    return ""
