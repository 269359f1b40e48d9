"""How a partner's documents stand: what is needed for what, what was seen, what waits and what came back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from opportunities.kinds import Kind
from opportunities.models import Opportunity
from opportunities.selectors import requirements_by_kind
from partners.assurances import Standing, State, standings
from partners.documents.selectors import of_partner
from partners.models import AssuranceDocument, AssuranceKind, Partner

PRESSING = [State.LAPSED, State.DUE, State.NEVER_SEEN, State.IN_DATE, State.EXEMPT]
OPEN = frozenset({State.LAPSED, State.DUE, State.NEVER_SEEN})


@dataclass(slots=True)
class Row:
    """One kind of assurance: how it stands, what needs it, and the files that were sent for it."""

    standing: Standing
    needed_for: list[str]
    waiting: AssuranceDocument | None = None
    seen: AssuranceDocument | None = None
    came_back: AssuranceDocument | None = None

    @property
    def wanted(self) -> bool:
        """Whether the partner should send something now: what came back, lapses, or is needed and was never seen."""
        if self.waiting is not None:
            return False
        state = self.standing.state
        return (
            self.came_back is not None
            or state in {State.LAPSED, State.DUE}
            or (state is State.NEVER_SEEN and bool(self.needed_for))
        )

    @property
    def pressing(self) -> bool:
        """Whether to tell of it at once: something is wanted, or waits for an officer while none in date was seen."""
        return self.wanted or (self.waiting is not None and self.standing.state in OPEN)


@dataclass(slots=True)
class Board:
    """All kinds, those that want something first."""

    rows: list[Row] = field(default_factory=list)

    @property
    def wanted(self) -> list[Row]:
        """What the partner should send."""
        return [row for row in self.rows if row.wanted]

    @property
    def pressing(self) -> list[Row]:
        """What to tell at once, what has lapsed first."""
        return sorted((row for row in self.rows if row.pressing), key=lambda row: PRESSING.index(row.standing.state))


def board(partner: Partner, requirements: Mapping[str, frozenset[str]] | None = None) -> Board:
    """How each kind stands for this partner today. `requirements` as `requirements_by_kind` gives them, if at hand."""
    needed = _needed_for(partner, requirements_by_kind() if requirements is None else requirements)
    held = standings(partner, AssuranceKind, partner.assurances.select_related("seen_by").all(), timezone.localdate())
    documents = list(of_partner(partner))
    rows = [_row(each, needed.get(each.kind, []), documents) for each in held]
    return Board(sorted(rows, key=lambda row: not row.wanted))


def _row(standing: Standing, needed_for: list[str], documents: Iterable[AssuranceDocument]) -> Row:
    row = Row(standing, needed_for)
    for document in documents:  # the latest first
        if document.kind != standing.kind:
            continue
        if document.state == AssuranceDocument.State.WAITING:
            row.waiting = document
        elif standing.document is not None and document.assurance_id == standing.document.pk:
            row.seen = document
    latest = next((each for each in documents if each.kind == standing.kind), None)
    if latest is not None and latest.state in (AssuranceDocument.State.RETURNED, AssuranceDocument.State.REFUSED):
        row.came_back = latest
    return row


def _needed_for(partner: Partner, requirements: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    """Kind of assurance -> the partner's kinds of opportunity that need it, by their labels.

    Drafts count: what they need can be sent before they are. What somebody else hosts needs the host's documents.
    """
    hosted = Q(hosted_by=partner) | Q(hosted_by=None, offered_by=partner)
    kinds = set(Opportunity.objects.filter(hosted).values_list("kind", flat=True).order_by())
    found: dict[str, list[str]] = {}
    for opportunity_kind, assurance_kinds in requirements.items():
        if opportunity_kind in kinds:
            for kind in assurance_kinds:
                found.setdefault(kind, []).append(Kind(opportunity_kind).label)
    return {kind: sorted(labels) for kind, labels in found.items()}
