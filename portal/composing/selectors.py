"""A partner's opportunities as its people work on them: the list, and one with all its steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from opportunities.discarding import Discardable, discardable
from opportunities.models import Opportunity
from opportunities.requirements import QUESTIONS, needs_decision, submission_problems
from opportunities.selectors import host_standings
from opportunities.steps import SEVERAL, STEPS, Standing, Step, find_step, standing
from partners.aspects import changed
from partners.assurances import Standing as DocumentStanding
from partners.models import Partner
from partners.selectors import moderation_of, open_comments, state_of
from partners.states import PublishingState

from .places import place_of
from .saying import Said, said
from .standard import StandardLine, standard_lines
from .words import words_for

# How a number of things to mend is said.
NUMBERS = ("None", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")
TO_DO = "To do"
# Titles are there from the beginning, so they do not show that a step was begun.
GIVEN = frozenset({"title"})


def of_partner(partner: Partner) -> QuerySet[Opportunity]:
    """The opportunities that people of a partner may work on: those that it offers itself."""
    return Opportunity.objects.filter(offered_by=partner)


@dataclass(frozen=True, slots=True)
class StepShown:
    """A step in the list of steps: its number, address and how far it is."""

    number: int
    title: str
    address: str
    words: str
    look: str  # "done", "mend" or ""
    step: Step | None = None


@dataclass
class Composition:
    """One opportunity as its partner's people work on it. `draft` is its latest revision, `seen` that one's number."""

    partner: Partner
    opportunity: Opportunity
    draft: Opportunity
    state: PublishingState
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def seen(self) -> int | None:
        """The number of the latest revision; None if there is none."""
        return self.opportunity.latest_revision_id

    @property
    def saved_at(self) -> datetime | None:
        """When the latest draft was kept."""
        latest = self.opportunity.latest_revision
        return latest.created_at if latest is not None else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps that its kind has."""
        return STEPS[self.draft.kind]

    def step(self, slug: str) -> Step:
        """One of them. Raises Http404 if its kind has none of that name."""
        found = find_step(self.draft.kind, slug)
        if found is None:
            raise Http404
        return found

    def after(self, step: Step) -> str:
        """Where one goes on after a step."""
        names = [each.slug for each in self.steps]
        following = names[names.index(step.slug) + 1 :]
        if following:
            return self.address_of(following[0])
        return self.dates_address() or self.check_address()

    def address_of(self, slug: str) -> str:
        """The page of a step."""
        return reverse("portal-opportunity-step", args=[self.partner.pk, self.opportunity.pk, slug])

    def check_address(self) -> str:
        """The page on which it is read once and sent."""
        return reverse("portal-opportunity", args=[self.partner.pk, self.opportunity.pk])

    def dates_address(self) -> str:
        """The page of its dates; empty for what has none."""
        if self.draft.availability != Opportunity.Availability.DATED:
            return ""
        try:
            return reverse("portal-sessions", args=[self.partner.pk, self.opportunity.pk])
        except NoReverseMatch:
            return ""

    @cached_property
    def shown(self) -> list[StepShown]:
        """All steps with how far each is, the dates and the last reading too."""
        filled = _filled(self.draft)
        shown = [
            self._shown(number, step, *standing(step, filled, self.problems))
            for number, step in enumerate(self.steps, start=1)
        ]
        dates = self.dates_address()
        if dates:
            coming = self.opportunity.sessions.filter(ends__gt=timezone.now(), cancelled_at=None).count()
            words = f"{coming} to come" if coming else "None yet"
            shown.append(StepShown(len(shown) + 1, "Dates and places", dates, words, "done" if coming else ""))
        waiting = next((each for each in shown if each.step and set(self.problems) & set(each.step.names)), None)
        words = f"Finish step {waiting.number} first" if waiting else self._whether_to_send
        shown.append(StepShown(len(shown) + 1, "Read once and send", self.check_address(), words, ""))
        return shown

    @property
    def _whether_to_send(self) -> str:
        """What the last step says of something that lacks nothing."""
        if not self.is_editable:
            return "With the officers"
        return "Ready to send" if self.has_news else "Nothing new to send"

    def _shown(self, number: int, step: Step, how: Standing, wrong: int) -> StepShown:
        words = {Standing.DONE: "Done", Standing.TO_DO: TO_DO}.get(how) or f"{number_words(wrong)} to mend"
        look = {Standing.DONE: "done", Standing.TO_MEND: "mend"}.get(how, "")
        return StepShown(number, step.title, self.address_of(step.slug), words, look, step)

    @cached_property
    def answers(self) -> list[tuple[StepShown, list[Said]]]:
        """What it says, step by step."""
        return [(each, said(self.draft, each.step)) for each in self.shown if each.step]

    @property
    def unsaid(self) -> list[StepShown]:
        """The steps in which nothing stands, though nothing must."""
        return [each for each in self.shown if each.step and each.look == "" and each.words == TO_DO]

    @cached_property
    def to_mend(self) -> list[tuple[str, str]]:
        """What keeps it from being sent: where to mend it, and what to do."""
        found = []
        for name, message in self.problems.items():
            words = f"{words_for(self.draft.kind, name)[0]} {message}" if name in QUESTIONS else message
            found.append((place_of(self.draft, name), words))
        return found

    @cached_property
    def standard(self) -> list[StandardLine]:
        """For a placement, each line of the quality standard with the way to what meets it."""
        return standard_lines(self.draft, self.partner, editable=self.is_editable)

    @property
    def met(self) -> int:
        """How many lines of the standard are met."""
        return sum(line.criterion.met for line in self.standard)

    @cached_property
    def documents(self) -> list[DocumentStanding]:
        """How the host's documents stand that this kind needs."""
        return host_standings(self.draft)

    @property
    def skills(self) -> list[Any]:
        """The fusion skills that the draft names."""
        return [item.tag for item in self.draft.skill_items.all()]

    @property
    def is_editable(self) -> bool:
        """Whether its people can change it now: not while officers have it before them."""
        return not self.state.waits_on_officers

    @property
    def discardable(self) -> Discardable:
        """What its people can throw away now: nothing while officers have it before them."""
        return discardable(self.opportunity) if self.is_editable else Discardable.NOTHING

    @cached_property
    def differing(self) -> list[str]:
        """In what the draft differs from what is public, as officers read it."""
        return [aspect.title for aspect in changed(self.opportunity, self.draft)]

    @cached_property
    def date_count(self) -> int:
        """How many dates it has, past ones too."""
        return self.opportunity.sessions.count()

    @property
    def has_news(self) -> bool:
        """Whether there is something that officers have not accepted yet."""
        return not self.opportunity.live or self.opportunity.has_unpublished_changes

    @property
    def is_to_be_decided(self) -> bool:
        """Whether a yes to a safeguarding question makes an officer ring first."""
        return needs_decision(self.draft)

    @cached_property
    def comments(self) -> list[tuple[tuple[str, ...], str, str]]:
        """What the officers ask for: the fields that it is about, what those are called, and their words."""
        if self.state is not PublishingState.CHANGES:
            return []
        aspects = {aspect.slug: aspect for aspect in self.draft.aspects}
        return [
            (aspects[each.field].fields, aspects[each.field].title, each.comment)
            for each in open_comments(self.opportunity)
            if each.field in aspects
        ]

    def asked_in(self, step: Step) -> list[tuple[str, str]]:
        """What the officers ask for in a step: what it is called, and their words."""
        names = {SEVERAL.get(name, name) for name in step.names}
        return [(title, words) for fields, title, words in self.comments if names & set(fields)]

    @property
    def comment(self) -> str:
        """What the officers said when they asked for changes."""
        if self.state is not PublishingState.CHANGES:
            return ""
        moderation = moderation_of(Opportunity, [self.opportunity.pk]).get(self.opportunity.pk)
        answer = moderation.current_task_state if moderation is not None else None
        return answer.comment if answer is not None else ""


def compose(partner: Partner, key: int) -> Composition:
    """One opportunity of the partner. Raises Http404 if it offers none of that number."""
    found = of_partner(partner).select_related("latest_revision", "offered_by", "hosted_by").filter(pk=key).first()
    if found is None:
        raise Http404
    draft: Opportunity = found.get_latest_revision_as_object()
    _read_at_once(draft)
    return Composition(partner, found, draft, state_of(found), submission_problems(draft))


# Relations of a draft -> what each row points to.
POINTS_TO = {
    "skill_items": "tag",
    "audience_items": "tag",
    "sector_items": "tag",
    "theme_items": "tag",
    "subject_items": "tag",
    "access": "feature",
    "leads_to": "target",
}


def _read_at_once(draft: Any) -> None:
    """Reads what the rows of a draft point to, in one query for each set, however many rows there are."""
    for relation, name in POINTS_TO.items():
        rows = list(getattr(draft, relation).all())
        if not rows:
            continue
        model = type(rows[0])._meta.get_field(name).related_model
        found = model._default_manager.in_bulk([getattr(row, f"{name}_id") for row in rows])
        for row in rows:
            setattr(row, name, found[getattr(row, f"{name}_id")])


def number_words(count: int) -> str:
    """A small number in words, as at the beginning of a line: "Two"."""
    return NUMBERS[count] if count < len(NUMBERS) else str(count)


def _filled(draft: Opportunity) -> set[str]:
    """The fields and sets of a draft that say more than a new one does."""
    blank = Opportunity(kind=draft.kind)
    names: Iterable[str] = {name for step in STEPS[draft.kind] for name in step.names} - GIVEN
    return {name for name in names if _says_more(draft, blank, name)}


def _says_more(draft: Opportunity, blank: Opportunity, name: str) -> bool:
    relation = SEVERAL.get(name, name)
    value = getattr(draft, relation)
    if hasattr(value, "all"):
        return bool(value.all())
    return bool(value != getattr(blank, relation))
