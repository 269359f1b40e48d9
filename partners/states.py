"""How far a partner's page or an opportunity is on its way to the public. Pure rules, and the words and colours for it."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Protocol

from wagtail.models import WorkflowState


class PublishingState(Enum):
    """What its people see of it. `label` is the word on the tag, `colour` the tag's (empty: grey)."""

    DRAFT = ("Draft", "")
    BEING_CHECKED = ("Being checked", "blue")
    CHANGES = ("Changes asked for", "yellow")
    LIVE = ("Live", "green")
    LIVE_WITH_DRAFT = ("Live, with a draft", "green")
    TAKEN_DOWN = ("Taken down", "")
    ENDED = ("Ended", "")
    SUSPENDED = ("Suspended", "red")

    def __init__(self, label: str, colour: str) -> None:
        self.label = label
        self.colour = colour

    @property
    def waits_on_partner(self) -> bool:
        """Whether its people have something to do before the public sees what they wrote."""
        return self in {self.DRAFT, self.CHANGES, self.LIVE_WITH_DRAFT, self.TAKEN_DOWN}

    @property
    def waits_on_officers(self) -> bool:
        """Whether officers have it before them."""
        return self is self.BEING_CHECKED


class Standing(Protocol):
    """What the rule reads of a partner or an opportunity."""

    live: bool
    expired: bool
    expire_at: datetime | None
    has_unpublished_changes: bool
    first_published_at: datetime | None


def judge_state(
    thing: Standing,
    moderation: str | None,
    now: datetime,
    *,
    suspended: bool = False,
    over: bool = False,
    hidden: bool = False,
) -> PublishingState:
    """The state of one thing.

    `moderation` is the status of its workflow, None unless that is under way or has asked for changes; `over` says
    that its last day or session is behind us, `hidden` that it is published but not shown since nobody confirmed it.
    """
    if suspended:
        return PublishingState.SUSPENDED
    if moderation == WorkflowState.STATUS_IN_PROGRESS:
        return PublishingState.BEING_CHECKED
    if moderation == WorkflowState.STATUS_NEEDS_CHANGES:
        return PublishingState.CHANGES
    if thing.live:
        if over or (thing.expire_at is not None and thing.expire_at <= now):
            return PublishingState.ENDED
        if hidden:
            return PublishingState.TAKEN_DOWN
        return PublishingState.LIVE_WITH_DRAFT if thing.has_unpublished_changes else PublishingState.LIVE
    if thing.expired:
        return PublishingState.ENDED
    return PublishingState.DRAFT if thing.first_published_at is None else PublishingState.TAKEN_DOWN
