"""How each opportunity of a partner stands, in one line: its state, what comes next, how often it was viewed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Max, Min, Q, Sum, prefetch_related_objects
from django.utils import timezone
from wagtail.models import TaskState

from directory.words import availability_words, day_words, plural, shortened, waiting_words
from figures.suppression import Figure
from opportunities.models import Opportunity, Session
from opportunities.visibility import is_over
from partners.assurances import Standing as Held
from partners.assurances import State
from partners.models import Partner
from partners.selectors import moderation_of
from partners.states import PublishingState, judge_state

#: The tabs over the table: the value in the address, and what stands on the tab.
TABS = {
    "all": "All",
    "live": "Live",
    "full": "Full",
    "you": "Waiting on you",
    "us": "Waiting on us",
    "ended": "Ended",
}
LONGEST_COMMENT = 80
LONG_AGO_DAYS = 300
#: What a row reads of an opportunity; the rest of its thirty columns stays where it is.
READ = (
    "title", "kind", "live", "expired", "expire_at", "has_unpublished_changes", "first_published_at", "deadline",
    "availability", "offered_by", "hosted_by",
)  # fmt: skip


def past_words(day: date, today: date) -> str:
    """A day that is past, like "19 November", with its year once that is long ago."""
    return f"{day.day} {day:%B}" if (today - day).days < LONG_AGO_DAYS else f"{day.day} {day:%B} {day.year}"


def asked(step: TaskState) -> str:
    """What officers ask for in one step: their word on the whole, or else the first that is open of what they say of a line."""
    lines = (each.comment for each in step.field_comments.all() if each.settled_at is None)
    return next(filter(None, (step.comment, *lines)), "")


@dataclass(frozen=True, slots=True)
class Dates:
    """The sessions of one opportunity, counted: those to come, the first of them, the end of the last of all.

    Cancelled ones do not count; `called_off` says that there are no others.
    """

    coming: int = 0
    first: datetime | None = None
    last: datetime | None = None
    unlimited: int = 0
    left: int = 0
    waiting: int = 0
    called_off: bool = False

    @property
    def is_full(self) -> bool:
        """Whether something is to come and no place is left in any of it."""
        return self.coming > 0 and not self.unlimited and self.left <= 0

    def words(self, today: date) -> str:
        """Such as "4 dates, 43 places left" or "27 January, 12 left"."""
        if self.first is None:
            return "No dates yet"
        day = day_words(timezone.localdate(self.first), today, weekday=False)
        if self.is_full:
            return f"{day}, {waiting_words(self.waiting).lower()}"
        dates = day if self.coming == 1 else f"{self.coming:,} dates"
        if self.unlimited:
            return dates
        return f"{dates}, {self.left:,} {'left' if self.coming == 1 else plural(self.left, 'place') + ' left'}"


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `hidden_by` is the document whose lapse hides it; `step` is the officers' latest, if they have it."""

    opportunity: Opportunity
    state: PublishingState
    dates: Dates
    hidden_by: str = ""
    step: TaskState | None = None
    views: Figure | None = None

    @property
    def is_live(self) -> bool:
        """Whether the public can see it, as far as it is up to this line."""
        return self.state in {PublishingState.LIVE, PublishingState.LIVE_WITH_DRAFT} and not self.hidden_by

    @property
    def is_full(self) -> bool:
        """Whether it is live without a place left."""
        dated = self.opportunity.availability == Opportunity.Availability.DATED
        return self.is_live and dated and self.dates.is_full

    @property
    def tag(self) -> tuple[str, str]:
        """The word on its tag, and the tag's colour."""
        if self.hidden_by and self.state in {PublishingState.LIVE, PublishingState.LIVE_WITH_DRAFT}:
            return "Hidden", "red"
        return ("Full", "purple") if self.is_full else (self.state.label, self.state.colour)

    @property
    def tabs(self) -> frozenset[str]:
        """Under which tabs it stands."""
        holds = {
            "live": self.is_live,
            "full": self.is_full,
            "you": self.state.waits_on_partner or bool(self.hidden_by),
            "us": self.state.waits_on_officers,
            "ended": self.state is PublishingState.ENDED,
        }
        return frozenset({"all", *(tab for tab, held in holds.items() if held)})

    @property
    def comment(self) -> str:
        """What the officers ask for: their word on the whole, or else the first of what they say of a line."""
        if self.step is None or self.state is not PublishingState.CHANGES:
            return ""
        return asked(self.step)

    @property
    def next(self) -> str:
        """What comes next, in a few words."""
        today = timezone.localdate()
        if self.hidden_by:
            return f"{self.hidden_by} has lapsed"
        if self.state is PublishingState.BEING_CHECKED and self.step:
            return f"Sent on {past_words(timezone.localdate(self.step.started_at), today)}"
        if self.state is PublishingState.CHANGES:
            return shortened(self.comment, LONGEST_COMMENT) or "Read what the officers ask for"
        if self.state is PublishingState.ENDED:
            return self._ended(today)
        if self.state in {PublishingState.DRAFT, PublishingState.TAKEN_DOWN}:
            edited: datetime | None = self.opportunity.edited
            return f"Last edited {past_words(timezone.localdate(edited), today)}" if edited else ""
        if self.opportunity.availability == Opportunity.Availability.DATED:
            return self.dates.words(today)
        return availability_words(self.opportunity.availability)

    def _ended(self, today: date) -> str:
        ends = [self.opportunity.deadline] if self.opportunity.deadline else []
        ends += [timezone.localdate(at) for at in (self.dates.last, self.opportunity.expire_at) if at]
        past = [day for day in ends if day <= today]
        return f"Ended {past_words(max(past), today)}" if past else "Ended"


def offer_rows(partner: Partner, needed: Mapping[str, frozenset[str]], held: Iterable[Held]) -> list[Row]:
    """A row for each opportunity that a partner offers, by title; four queries, however many there are.

    `needed` are the documents that each kind of opportunity needs, `held` how the partner's stand.
    """
    now = timezone.now()
    offered = list(
        Opportunity.objects.filter(offered_by=partner)
        .annotate(edited=F("latest_revision__created_at"))
        .only(*READ)
        .order_by("title", "pk")
    )
    moderation = moderation_of(Opportunity, [each.pk for each in offered])
    prefetch_related_objects(list(moderation.values()), "current_task_state__field_comments")
    dates = _dates(partner, now)
    lapsed = {standing.kind: standing.kind.label for standing in held if standing.state is State.LAPSED}
    rows = []
    for each in offered:
        state, its = moderation.get(each.pk), dates.get(each.pk, Dates())
        by_itself = each.hosted_by_id in (None, partner.pk)
        missing = [label for kind, label in lapsed.items() if kind in needed.get(each.kind, frozenset())]
        rows.append(
            Row(
                each,
                judge_state(
                    each,
                    state.status if state else None,
                    now,
                    over=is_over(each, its.last, now, called_off=its.called_off),
                    hidden=partner.is_hidden,
                ),
                its,
                missing[0] if missing and by_itself and each.live else "",
                state.current_task_state if state else None,
            )
        )
    return rows


def _dates(partner: Partner, now: datetime) -> dict[int, Dates]:
    held = Q(cancelled_at=None)
    to_come = held & Q(starts__gt=now)
    found = (
        Session.objects.filter(opportunity__offered_by=partner)
        .order_by()
        .values("opportunity")
        .annotate(
            coming=Count("pk", filter=to_come),
            first=Min("starts", filter=to_come),
            last=Max("ends", filter=held),
            unlimited=Count("pk", filter=to_come & Q(capacity=None)),
            left=Sum(F("capacity") - F("taken"), filter=to_come, default=0),
            queue=Sum("waiting", filter=to_come, default=0),
        )
    )
    return {row["opportunity"]: _dates_of(row) for row in found}


def _dates_of(row: Mapping[str, Any]) -> Dates:
    last = row["last"]
    return Dates(
        row["coming"], row["first"], last, row["unlimited"], row["left"], row["queue"], called_off=last is None
    )


def tab_counts(rows: Iterable[Row]) -> list[tuple[str, str, int]]:
    """Each tab with something under it, and "All": its value, its words, how many rows."""
    held = [row.tabs for row in rows]
    counts = {tab: sum(tab in tabs for tabs in held) for tab in TABS}
    return [(tab, words, counts[tab]) for tab, words in TABS.items() if counts[tab] or tab == "all"]
