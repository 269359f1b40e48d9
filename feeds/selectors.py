"""Reading the sessions that calendars hold: only those to come, of opportunities that the public sees.

Cancelled ones are among them: a calendar that holds one already must hear of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Max, Q, QuerySet
from django.utils import timezone
from wagtail.models import ModelLogEntry

from directory import words
from directory.forms import SearchForm
from opportunities.models import Opportunity, Session
from opportunities.selectors import of_partners, public
from search.criteria import SearchCriteria, Sort
from search.results import SearchResults
from search.selectors import read, search

from .calendars import Entry

#: A calendar of a search holds the sessions of so many hits, and no more than so many sessions.
MOST_HITS = 100
MOST_SESSIONS = 300


def session_entry(pk: int) -> Entry | None:
    """One coming session; None if there is none that the public sees."""
    return next(iter(_entries(Session.objects.filter(pk=pk), public(called_off=True))), None)


def entries_of_opportunity(pk: int) -> list[Entry]:
    """The coming sessions of one opportunity, in order."""
    return _entries(Session.objects.filter(opportunity=pk), public(called_off=True).filter(pk=pk))


def entries_of_partner(pk: int) -> list[Entry]:
    """The coming sessions of all that a partner offers or hosts, in order."""
    return _entries(Session.objects.all(), of_partners([pk], called_off=True))


def entries_of_search(form: SearchForm) -> tuple[str, list[Entry]]:
    """What the search is called, and the coming sessions of its first hits, the soonest first.

    A fixed number of questions to the database, at most five to the engine. Raises SearchUnavailableError.
    """
    criteria = replace(form.criteria(), sort=Sort.SOONEST, page=1)
    understood = read(criteria.text, criteria.undone)
    first = results = search(criteria, understood)
    keys = [hit.card.id for hit in results.hits]
    # Those without dates come last.
    while len(keys) < MOST_HITS and results.page < results.pages and results.hits[-1].card.next_start:
        results = search(criteria.on_page(results.page + 1), understood)
        keys += [hit.card.id for hit in results.hits]
    return _name(form, first), _entries(_wanted(criteria), public().filter(pk__in=keys))


def _wanted(criteria: SearchCriteria) -> QuerySet[Session]:
    """Sessions as the search asks for them: in its dates and, if it says so, with places."""
    found = Session.objects.all()
    if criteria.date_from:
        found = found.filter(ends__gte=_midnight(criteria.date_from))
    if criteria.date_to:
        found = found.filter(starts__lt=_midnight(criteria.date_to + timedelta(days=1)))
    if criteria.open_only:
        found = found.filter(Q(capacity=None) | Q(taken__lt=F("capacity")), cancelled_at=None)
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, words.LONDON)


def _entries(sessions: QuerySet[Session], opportunities: QuerySet[Opportunity]) -> list[Entry]:
    """Two questions: the sessions with what stands in their entries, and when each was last changed."""
    found = list(
        sessions.filter(ends__gt=timezone.now(), opportunity__in=opportunities.values("pk"))
        .select_related(
            "opportunity__offered_by",
            "opportunity__site__outward_code__borough",
            "opportunity__outward_code__borough",
        )
        .order_by("starts", "pk")[:MOST_SESSIONS]
    )
    changed = _last_changes({each.opportunity_id for each in found})
    return [Entry(each, _latest(each.opportunity, changed)) for each in found]


def _latest(opportunity: Opportunity, changed: Mapping[int, datetime]) -> datetime | None:
    return max(filter(None, (opportunity.last_published_at, changed.get(opportunity.pk))), default=None)


def _last_changes(opportunities: Iterable[int]) -> dict[int, datetime]:
    """When each opportunity or one of its sessions was last changed, as its history says; by key.

    Places taken stand in no calendar, so they change none.
    """
    rows = (
        ModelLogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(Opportunity),
            object_id__in=[str(key) for key in opportunities],
        )
        .exclude(action="opportunities.set_places")
        .values_list("object_id")
        .annotate(Max("timestamp"))
    )
    return {int(key): at for key, at in rows}


def _name(form: SearchForm, results: SearchResults) -> str:
    """What the search asks for, as its calendar is called: "Find Fusion: clay, Careers talk or event, near E1"."""
    criteria = results.criteria
    parts = [results.understood.text]
    parts += [choice.label for facet in results.facets for choice in facet.chosen]
    parts += [f"from {form.partner.name}" if form.partner else ""]
    parts += [f"near {form.place.label}" if form.place else ""]
    parts += [f"from {words.full_date_words(criteria.date_from)}" if criteria.date_from else ""]
    parts += [f"to {words.full_date_words(criteria.date_to)}" if criteria.date_to else ""]
    parts += ["open places" if criteria.open_only else ""]
    return f"Find Fusion: {', '.join(filter(None, parts)) or 'all dates'}"
