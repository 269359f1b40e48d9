"""Reading what waits for officers, and one thing that waits with everything that they decide by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.utils import timezone
from wagtail.models import Revision, TaskState

from accounts.models import User
from directory import words
from figures.working_days import one_working_day_after
from opportunities.kinds import Kind
from opportunities.models import OfficerApproval, Opportunity, SafeguardingDecision
from opportunities.moderation import check_reviewed
from opportunities.quality import Criterion
from opportunities.requirements import QUESTIONS
from opportunities.selectors import host_standings, is_held, quality
from partners.aspects import Aspect, changed, is_empty
from partners.assurances import Standing, State, standings
from partners.four_eyes import judge_tie, senders_of
from partners.models import AssuranceKind, FieldComment, Partner, Publishable
from partners.notices import partner_of
from partners.selectors import comments_before
from portal.differences import Difference
from portal.trail import Step, trail
from portal.wording import said, told_apart


@dataclass(frozen=True, slots=True)
class Change:
    """One aspect on the page: both sides, and what was asked there the last time."""

    aspect: Aspect
    shown: Difference
    asked: FieldComment | None = None

    @property
    def asked_when(self) -> str:
        """When it was asked for, and whether it says something else since."""
        if self.asked is None:
            return ""
        day = words.full_date_words(timezone.localdate(self.asked.made_at))
        return f"Asked for on {day}. {'Changed since.' if self.asked.settled_at else 'Not changed since.'}"


@dataclass(frozen=True, slots=True)
class Answer:
    """One safeguarding question, answered; None is not answered."""

    title: str
    yes: bool | None


@dataclass(frozen=True, slots=True)
class Review:
    """One thing before the officers, as they read it. `live` is what is public now, if anything is."""

    state: TaskState
    thing: Publishable
    live: Publishable | None
    partner: Partner
    changes: tuple[Change, ...]
    others: tuple[Aspect, ...]
    answers: tuple[Answer, ...]
    held: bool
    decision: SafeguardingDecision | None
    documents: list[Standing]
    criteria: list[Criterion]
    problems: list[str]
    trail: list[Step]

    @property
    def revision(self) -> Revision:
        """What is read here, and decided on."""
        revision: Revision = self.state.revision
        return revision

    @property
    def decide_by(self) -> datetime:
        """When one working day is over since it was sent."""
        return one_working_day_after(self.state.started_at)

    @property
    def is_late(self) -> bool:
        """Whether that time is over."""
        return self.decide_by < timezone.now()

    @property
    def goes_live_at(self) -> datetime | None:
        """When it goes public once it is accepted; None is at once."""
        at: datetime | None = self.thing.go_live_at
        return at if at is not None and at > timezone.now() else None

    @property
    def blocked(self) -> bool:
        """Whether it cannot be accepted as it is."""
        return self.held or bool(self.problems)

    @property
    def sender(self) -> str:
        """Who sent it, by name."""
        user = self.revision.user or self.state.workflow_state.requested_by
        return str(user.get_full_name()) if user is not None else ""

    @property
    def old_label(self) -> str:
        """What stands over the side that is public now; empty if nothing is."""
        return "Public now" if self.live is not None else ""

    @property
    def new_label(self) -> str:
        """What stands over the side that was sent; empty if there is no other."""
        return "Sent to you" if self.live is not None else ""


def review(state: TaskState) -> Review:
    """Everything that officers decide by, about the revision that is before them."""
    thing: Publishable = state.revision.as_object()
    found = type(thing)._default_manager.get(pk=thing.pk)
    live = found if found.live else None
    asked = {comment.field: comment for comment in comments_before(state)}
    changes = _changes(live, thing, asked)
    shown = {change.aspect.slug for change in changes}
    held = isinstance(thing, Opportunity) and is_held(thing)
    return Review(
        state=state,
        thing=thing,
        live=live,
        partner=partner_of(thing),
        changes=changes,
        others=tuple(aspect for aspect in thing.aspects if aspect.slug not in shown),
        answers=_answers(thing),
        held=held,
        decision=_decision(thing),
        documents=_documents(thing),
        criteria=quality(thing) if isinstance(thing, Opportunity) and thing.kind == Kind.PLACEMENT else [],
        problems=[] if held else _problems(state.revision),
        trail=trail(thing, for_officers=True),
    )


def _changes(live: Publishable | None, thing: Publishable, asked: Mapping[str, FieldComment]) -> tuple[Change, ...]:
    """What differs from the live version, or all that a new one says; and whatever was asked for before."""
    if live is None:
        differing = {aspect.slug for aspect in thing.aspects if not is_empty(thing, aspect) and said(thing, aspect)}
    else:
        differing = {aspect.slug for aspect in changed(live, thing)}
    return tuple(
        Change(aspect, told_apart(live, thing, aspect), asked.get(aspect.slug))
        for aspect in thing.aspects
        if aspect.slug in differing or aspect.slug in asked
    )


def _answers(thing: Publishable) -> tuple[Answer, ...]:
    if not isinstance(thing, Opportunity):
        return ()
    titles = {aspect.fields[0]: aspect.title for aspect in thing.aspects if aspect.fields[0] in QUESTIONS}
    answers = tuple(Answer(titles[name], getattr(thing, name)) for name in QUESTIONS)
    return () if all(answer.yes is None for answer in answers) else answers


def _decision(thing: Publishable) -> SafeguardingDecision | None:
    """The latest decision on exactly these answers."""
    if not isinstance(thing, Opportunity):
        return None
    same = {question: bool(getattr(thing, question)) for question in QUESTIONS}
    decisions = SafeguardingDecision.objects.filter(opportunity_id=thing.pk, **same).select_related("decided_by")
    return decisions.order_by("-decided_at", "-pk").first()


def _documents(thing: Publishable) -> list[Standing]:
    """How the host's documents stand: those that the kind needs, or whatever a partner has shown."""
    if isinstance(thing, Opportunity):
        return host_standings(thing)
    if not isinstance(thing, Partner):
        return []
    held = standings(thing, AssuranceKind.values, thing.assurances.all(), timezone.localdate())
    return [each for each in held if each.state not in {State.NEVER_SEEN, State.EXEMPT}]


def _problems(revision: Revision) -> list[str]:
    """Why it may not go public as it is."""
    try:
        check_reviewed(revision)
    except ValidationError as error:
        return list(error.messages)
    return []


@dataclass(frozen=True, slots=True)
class Waiting:
    """One line of the list of what waits."""

    state: TaskState
    title: str
    partner: Partner
    what: str
    decide_by: datetime
    own: bool = False

    @property
    def is_late(self) -> bool:
        """Whether one working day is over."""
        return self.decide_by < timezone.now()


def waiting_lines(states: Sequence[TaskState], user: User) -> list[Waiting]:
    """Some of what waits for officers, in words, in a fixed number of queries. What is gone meanwhile is left out.

    What somebody else than the user has to accept is marked.
    """
    serves = set(user.partner_memberships.values_list("partner_id", flat=True))
    things = [(state, state.workflow_state.content_object) for state in states]
    prefetch_related_objects([thing for _, thing in things if isinstance(thing, Opportunity)], "offered_by")
    return [
        Waiting(
            state,
            state.revision.object_str,
            partner_of(thing),
            _what(thing),
            one_working_day_after(state.started_at),
            own=judge_tie(user.pk, serves, thing.concerns, senders_of(state)) is not None,
        )
        for state, thing in things
        if thing is not None
    ]


def _what(thing: Publishable) -> str:
    kind = thing.get_kind_display() if isinstance(thing, Opportunity) else "Partner page"
    return f"{kind}, {'changes' if thing.live else 'new'}"


def state_to_review(pk: int) -> TaskState | None:
    """What was put before the officers under this number, whether it still waits or not."""
    return (
        TaskState.objects.filter(pk=pk, task__in=OfficerApproval.objects.values("pk"))
        .select_related("revision__user", "workflow_state__requested_by", "finished_by")
        .first()
    )
