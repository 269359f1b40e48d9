"""Importing a table of sessions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from opportunities import services
from opportunities.models import Opportunity, Session
from taxonomy.resources import CellError, Column, MomentCell, NumberCell, TableResource, TextCell, longest
from taxonomy.resources.cells import Cell

MOST = 1_000_000


class OpportunityCell(Cell):
    """An opportunity by its reference; its value is the id."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(required=required, empty=None)

    @cached_property
    def _known(self) -> dict[str, int]:
        return dict(Opportunity.objects.exclude(reference="").values_list("reference", "pk"))

    def parse(self, text: str) -> Any:
        try:
            return self._known[" ".join(text.split())]
        except KeyError:
            raise CellError("There is no opportunity with this reference. Import the opportunities first.") from None


class CountCell(NumberCell):
    """A count; empty is none."""

    def __init__(self) -> None:
        super().__init__(0, MOST)
        self.empty = 0


@dataclass
class SessionRecord:
    """One attribute for each column; times are UTC."""

    opportunity: int | None = None
    starts: datetime | None = None
    ends: datetime | None = None
    capacity: int | None = None
    taken: int = 0
    waiting: int = 0
    label: str = ""


class SessionResource(TableResource[SessionRecord, Session]):
    """Sessions, found again by opportunity, start and label. They have no drafts: they show when their opportunity does."""

    noun = "session"
    record_class = SessionRecord
    labels = ("opportunity", "starts", "label")

    opportunity = Column("opportunity", OpportunityCell(required=True), "The reference of the opportunity.")
    starts = Column(
        "starts", MomentCell(required=True), "Day and time in London, like 2026-12-08 10:00 or 08/12/2026 10:00."
    )
    ends = Column("ends", MomentCell(required=True), "Day and time in London.")
    capacity = Column("capacity", NumberCell(1, MOST), "Places; empty if any number may come.")
    taken = Column("taken", CountCell(), "Places taken already; at most the capacity.")
    waiting = Column("waiting", CountCell(), "People waiting; only where every place is taken.")
    label = Column("label", TextCell(longest(Session, "label")), "For example Relaxed session.")

    user: User | None

    @cached_property
    def _lines(self) -> dict[tuple[int | None, datetime | None, str], int]:
        """The lines above, by what tells sessions apart."""
        return {}

    def find(self, row: Mapping[str, str]) -> Session | None:
        """By opportunity, start and label."""
        opportunity, starts = self.value(row, "opportunity"), self.value(row, "starts")
        if opportunity is None or starts is None:
            return None
        return Session.objects.filter(opportunity=opportunity, starts=starts, label=self.text(row, "label")).first()

    def record_of(self, instance: Session) -> SessionRecord:
        """What is there."""
        return SessionRecord(
            **{name: getattr(instance, "opportunity_id" if name == "opportunity" else name) for name in self.fields}
        )

    def duplicate(self, record: SessionRecord) -> str:
        """Looks among the lines above."""
        same = (record.opportunity, record.starts, record.label)
        if same in self._lines:
            return f"Line {self._lines[same]} is the same session."
        self._lines[same] = self.row.line
        return ""

    def check(self, record: SessionRecord) -> None:
        """Asks the session's own rules. Raises ValidationError."""
        if self.instance is not None and self.instance.is_cancelled:
            raise ValidationError("This session has been cancelled, and stays so. Take the row out.")
        problems: dict[str, str] = {}
        if record.waiting and (record.capacity is None or record.taken < record.capacity):
            problems["waiting"] = (
                "Nobody needs to wait: there are places left. Leave this empty, or say that all are taken."
            )
        if record.capacity is not None and record.taken > record.capacity:
            problems["taken"] = f"More places are taken than there are ({record.capacity})."
        if record.starts and record.ends and record.ends <= record.starts:
            problems["ends"] = "It ends before it starts. Check both times."
        if problems:
            raise ValidationError(problems)

    def write(self, record: SessionRecord) -> Session:
        """Adds the session, or changes what differs."""
        # These columns are required.
        assert record.opportunity is not None
        assert record.starts is not None
        assert record.ends is not None
        if self.instance is None:
            return services.add_session(
                Opportunity.objects.get(pk=record.opportunity),
                starts=record.starts,
                ends=record.ends,
                capacity=record.capacity,
                taken=record.taken,
                waiting=record.waiting,
                label=record.label,
                user=self.user,
            )
        changes = {
            name: value
            for name in ("ends", "capacity", "taken", "waiting")
            if (value := getattr(record, name)) != getattr(self.instance, name)
        }
        return services.edit_session(self.instance, changes, self.user)
