"""What a partner's people see of its own page: what they wrote, how it stands, what differs from what is public."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from wagtail.models import TaskState, WorkflowState

from opportunities.models import Opportunity
from partners.models import Partner, Site
from partners.selectors import moderation_of
from partners.states import PublishingState, judge_state

#: What stands on the page, in the order of the form, and what it is called here.
FIELDS = {
    "name": "Name",
    "kind": "What you are",
    "has_employees": "Employees",
    "summary": "In one sentence",
    "description": "What you do",
    "website": "Website",
    "email": "E-mail for the public",
    "telephone": "Telephone for the public",
    "sectors": "Sectors",
    "image": "Picture",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a draft: what it is about, what it says (empty: nothing yet), and whether the public reads something else."""

    field: str
    label: str
    words: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Moderation:
    """Where the officers are with it: their latest step, and what they wrote when they returned it."""

    step: TaskState

    @property
    def comment(self) -> str:
        """What the officer asks for."""
        return str(self.step.comment)


def said(partner: Partner, field: str) -> str:
    """What a partner, or a draft of it, says in a field, in words."""
    if field == "kind":
        return str(partner.get_kind_display())
    if field == "has_employees":
        return "We employ people" if partner.has_employees else "We employ nobody"
    if field == "sectors":
        return ", ".join(sorted(term.name for term in partner.sectors.all()))
    if field == "image":
        return str(partner.image.title) if partner.image else ""
    return str(getattr(partner, field)).strip()


def differences(mine: Partner, theirs: Partner) -> list[Line]:
    """What `theirs` says in each field in which it differs from `mine`."""
    return [
        Line(field, label, said(theirs, field), differs=True)
        for field, label in FIELDS.items()
        if said(mine, field) != said(theirs, field)
    ]


def page_lines(partner: Partner) -> list[Line]:
    """The latest draft of a partner's page, line by line."""
    draft = partner.get_latest_revision_as_object()
    other = {line.field for line in differences(draft, partner)} if partner.live and draft is not partner else set()
    return [Line(field, label, said(draft, field), field in other) for field, label in FIELDS.items()]


def page_state(partner: Partner) -> tuple[PublishingState, Moderation | None]:
    """How a partner's page stands, and where the officers are with it (None: nowhere). One query."""
    found: WorkflowState | None = moderation_of(Partner, [partner.pk]).get(partner.pk)
    step = found.current_task_state if found else None
    state = judge_state(
        partner,
        found.status if found else None,
        timezone.now(),
        suspended=partner.is_suspended,
        hidden=partner.is_hidden,
    )
    return state, Moderation(step) if step else None


def details_context(partner: Partner) -> dict[str, Any]:
    """All that the page about the own page shows."""
    state, step = page_state(partner)
    sites = Site.objects.filter(partner=partner).select_related("outward_code__borough")
    used = Prefetch("opportunities", Opportunity.objects.filter(live=True).only("title", "site"))
    return {
        "state": state,
        "lines": page_lines(partner),
        "moderation": step,
        "can_change": state not in {PublishingState.BEING_CHECKED, PublishingState.SUSPENDED},
        "can_send": state.waits_on_partner and (partner.has_unpublished_changes or not partner.live),
        "can_take_back": state.waits_on_officers,
        "sites": sites.prefetch_related("access_features", used),
        "contacts": partner.contacts.all(),
    }
