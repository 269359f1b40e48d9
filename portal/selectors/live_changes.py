"""What partners changed on live offers without a check, for officers to read afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime
from wagtail.models import ModelLogEntry

from accounts.models import ADMINISTRATORS, OFFICERS
from directory import words
from opportunities.models import Opportunity
from partners.models import Partner

# What officers decide or do themselves is not among them, nor what changes nothing that the public sees.
NOT_WITHOUT_CHECK = ("opportunities.decide_safeguarding", "opportunities.discard_changes")
SESSION = {
    "starts": "when it begins",
    "ends": "when it ends",
    "capacity": "places",
    "taken": "places taken",
    "waiting": "people waiting",
}
LABELS = {"cost": "Cost", "cost_amount": "Price", "cost_unit": "Price for", "family_price": "Family of Schools price"}


@dataclass(frozen=True, slots=True)
class LiveChange:
    """One change: of what, whose, by whom, when and what."""

    opportunity: Opportunity
    partner: Partner
    who: str
    at: datetime
    what: str


def entries() -> QuerySet[ModelLogEntry]:
    """The history's entries about such changes, to what is live now, by anybody but officers; the latest first."""
    return (
        ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Opportunity, for_concrete_model=False),
            action__startswith="opportunities.",
            user__isnull=False,
            object_id__in=Opportunity.objects.filter(live=True).values_list(Cast("pk", CharField())),
        )
        .exclude(action__in=NOT_WITHOUT_CHECK)
        .exclude(user__groups__name__in=(OFFICERS, ADMINISTRATORS))
        .select_related("user")
        .order_by("-timestamp", "-pk")
    )


def live_changes(page: list[ModelLogEntry]) -> list[LiveChange]:
    """These entries in words. An opportunity that is gone meanwhile is left out."""
    keys = [int(entry.object_id) for entry in page if entry.object_id.isdecimal()]
    found = Opportunity.objects.filter(pk__in=keys).select_related("offered_by").in_bulk()
    return [
        LiveChange(
            opportunity,
            opportunity.offered_by,
            entry.user.get_full_name() or "somebody",
            entry.timestamp,
            _what(entry),
        )
        for entry in page
        if (opportunity := found.get(int(entry.object_id) if entry.object_id.isdecimal() else 0)) is not None
    ]


def _what(entry: ModelLogEntry) -> str:
    data: Mapping[str, Any] = entry.data or {}
    if entry.action == "opportunities.change_live":
        return _changed(data.get("changed") or {})
    said = str(entry.message)
    if "sessions" in data:
        said = f"{said}, {words.counted(len(data['sessions']), 'date').lower()} in all, the first"
    starts = parse_datetime(str(data.get("starts") or ""))
    if starts is not None:
        local = words.local(starts)
        said = f"{said}: {words.full_date_words(local.date())}, {words.clock_words(local.time())}"
    if "capacity" in data:
        said = f"{said}, {'any number of' if data['capacity'] is None else data['capacity']} places"
    if "changed" in data:
        said = f"{said} ({words.list_words([SESSION.get(name, name) for name in data['changed']])})"
    return said


def _changed(changed: Mapping[str, Any]) -> str:
    lines = []
    for field, (before, after) in changed.items():
        if field == "deadline":
            lines.append(_from_to("Last day to apply", _day(before), _day(after)))
        elif field in LABELS:
            lines.append(_from_to(LABELS[field], _amount(field, before), _amount(field, after)))
    return "; ".join(lines)


def _from_to(label: str, before: str, after: str) -> str:
    """What something was and is, in words; nothing where there was or is none."""
    if before and after:
        return f"{label}: {before} to {after}"
    return f"{label}: {after}, none before" if after else f"{label}: none any more, {before} before"


def _day(value: str | None) -> str:
    return words.full_date_words(date.fromisoformat(value)) if value else ""


def _amount(field: str, value: str | None) -> str:
    if value is None:
        return ""
    if field == "cost":
        return str(Opportunity.Cost(value).label).lower()
    if field == "cost_unit":
        return str(Opportunity.CostUnit(value).label)
    try:
        return words.money_words(Decimal(value))
    except InvalidOperation:
        return value
