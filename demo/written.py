"""What partners of the demonstration wrote in the portal: a draft, what waits for a check, a change, one that came back,
a change that needs no check.

By the services that the portal's pages call, step by step. Each thing is there wholly or not at all, and once.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Field
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from opportunities import drafting
from opportunities.live_changes import change_live
from opportunities.models import Opportunity
from opportunities.resources.record import TERMS
from opportunities.services import NewSession, add_sessions
from opportunities.steps import SETS, STEPS
from partners.models import Partner, PartnerMembership
from partners.moderation import return_with_comments
from partners.resources import replace_terms
from partners.selectors import under_review
from portal.composing.rows import set_rows
from taxonomy.models import AccessFeature, FusionSkill

from .dates import Calendar
from .people import find_user

FILE = Path(__file__).parent / "data" / "written.toml"
SEND, RETURN = "send", "return"
# Of a row in a set: what names a term by its slug.
POINTS_TO: Mapping[str, Any] = {"tag": FusionSkill, "feature": AccessFeature}

Says = Mapping[str, Any]


def load(officer: User, calendar: Calendar) -> int:
    """Writes what nobody has written yet. Returns how much."""
    told = _resolved(tomllib.loads(FILE.read_text(encoding="utf-8")), calendar)
    ways = {"begun": _begin, "changed": _change, "at_once": _change_at_once}
    return sum(_once(write, one, officer) for name, write in ways.items() for one in told[name])


def _resolved(value: Any, calendar: Calendar) -> Any:
    """The same with a date in place of every token, in whatever holds texts."""
    if isinstance(value, dict):
        return {name: _resolved(held, calendar) for name, held in value.items()}
    if isinstance(value, list):
        return [_resolved(held, calendar) for held in value]
    return calendar.resolve(value) if isinstance(value, str) else value


def in_hand(model: type[Partner | Opportunity], officer: User) -> set[str]:
    """The references of whatever has anybody in its history but the officer who loads: people go on from there."""
    entries = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(model)).exclude(user=officer)
    keys = {int(key) for key in entries.values_list("object_id", flat=True)}
    found = model._default_manager.filter(pk__in=keys).exclude(reference="")
    return set(found.values_list("reference", flat=True))


def _once(write: Callable[[Says, Partner, User, User], bool], one: Says, officer: User) -> bool:
    """Writes one thing, all of it or nothing, in the name of its person. False if it was written before."""
    author = find_user(one["by"])
    membership = PartnerMembership.objects.select_related("partner").filter(user=author).first()
    if author is None or membership is None:
        return False
    with transaction.atomic():
        return write(one, membership.partner, author, officer)


def _begin(one: Says, partner: Partner, author: User, officer: User) -> bool:
    begun = ModelLogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Opportunity))
    # The history keeps what was begun, even when it is called otherwise by now, or gone.
    if begun.filter(action="wagtail.create", label=one["title"]).exists():
        return False
    opportunity = drafting.begin(partner, one["kind"], one["title"], author)
    _keep(opportunity, one["says"], author)
    add_sessions(opportunity, [_session(row) for row in one.get("sessions", ())], author)
    if one.get("then") in {SEND, RETURN}:
        drafting.submit(opportunity, author)
    state = under_review(opportunity)
    if one.get("then") == RETURN and state is not None:
        return_with_comments(opportunity, state.revision, officer, one["comments"], one["say"])
    return True


def _change(one: Says, partner: Partner, author: User, officer: User) -> bool:
    opportunity = _untouched(one, partner, officer)
    if opportunity is not None:
        _keep(opportunity, one["says"], author)
        drafting.submit(opportunity, author)
    return opportunity is not None


def _change_at_once(one: Says, partner: Partner, author: User, officer: User) -> bool:
    opportunity = _untouched(one, partner, officer)
    if opportunity is not None:
        change_live(opportunity, {"deadline": date.fromisoformat(one["deadline"])}, author)
    return opportunity is not None


def _untouched(one: Says, partner: Partner, officer: User) -> Opportunity | None:
    """The live offer of this reference, if nobody has changed it since it was loaded."""
    if one["reference"] in in_hand(Opportunity, officer):
        return None
    return Opportunity.objects.filter(offered_by=partner, reference=one["reference"], live=True).first()


def _keep(opportunity: Opportunity, says: Says, author: User) -> None:
    """Keeps a draft after each step in which something is said, as whoever writes in the portal does."""
    for step in STEPS[opportunity.kind]:
        names = [name for name in step.names if name in says]
        if names:
            opportunity.refresh_from_db()
            draft: Opportunity = opportunity.get_latest_revision_as_object()
            for name in names:
                _say(draft, name, says[name])
            drafting.keep(draft, author, seen=opportunity.latest_revision_id)
    opportunity.refresh_from_db()


def _say(draft: Opportunity, name: str, value: Any) -> None:
    if name in SETS:
        set_rows(name, draft, [_row(row) for row in value])
    elif name in TERMS:
        items, through, vocabulary = TERMS[name]
        replace_terms(getattr(draft, items), through, _by_slug(vocabulary, value))
    elif name == "site":
        draft.site = draft.offered_by.sites.get(name=value)
    else:
        text = value.strip() if isinstance(value, str) else value
        field = draft._meta.get_field(name)
        assert isinstance(field, Field)
        setattr(draft, name, field.clean(text, draft))


def _row(row: Mapping[str, str]) -> dict[str, Any]:
    return {name: _by_slug(POINTS_TO[name], [value])[0] if name in POINTS_TO else value for name, value in row.items()}


def _by_slug(vocabulary: Any, slugs: Iterable[str]) -> list[Any]:
    return [vocabulary.objects.get(slug=slug) for slug in slugs]


def _session(row: Mapping[str, Any]) -> NewSession:
    starts, ends = (timezone.make_aware(datetime.fromisoformat(row[name])) for name in ("starts", "ends"))
    return NewSession(starts, ends, row["capacity"])
