"""Reading what officers returned to a partner: what they ask for, aspect by aspect, and what was mended since."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import TaskState

from opportunities.models import Opportunity
from partners.aspects import Aspect, differs
from partners.models import Publishable
from partners.selectors import returned
from portal.composing.places import place_of
from portal.differences import Difference
from portal.trail import Step, trail
from portal.wording import told_apart


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for in one aspect: what was `sent`, alone and beside what the draft says now, and where to change it.

    `mend` is empty where its people cannot change it.
    """

    aspect: Aspect
    comment: str
    sent: Difference
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
            told_apart(None, sent, aspect),
            told_apart(sent, draft, aspect),
            differs(sent, draft, aspect),
            _where_to_mend(draft, aspect),
        )
        for comment in decision.field_comments.all()
        if (aspect := aspects.get(comment.field)) is not None
    )
    return Returned(draft, decision, asked, steps)


def _where_to_mend(draft: Publishable, aspect: Aspect) -> str:
    """The page, and the field on it, that says this, if another page says it."""
    if isinstance(draft, Opportunity):
        return next(filter(None, (place_of(draft, name) for name in aspect.fields)), "")
    return ""
