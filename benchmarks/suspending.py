"""(j) Suspending a partner by the service that the button calls, until nothing of it is found; and the way back.

A drainer of its own process takes the change in. Everything is looked for again and again until it is gone: the pages,
which ask the database, and what asks an index: the engine's hits, number and suggestions, and the site's page of results,
its calendar and its suggestions.
"""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode

from django.db import transaction
from django.db.models import Q
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from accounts.models import User
from benchmarks.contenders import Contender
from benchmarks.options import PARTS
from benchmarks.running import Run
from benchmarks.servers import running
from benchmarks.tables import Table
from benchmarks.timing import Times
from changes.models import Change
from changes.services import record
from opportunities.models import Opportunity
from opportunities.selectors import public
from partners import services
from partners.models import Partner
from search.criteria import SearchCriteria
from search.engines.base import Request
from search.query import Clause, TextQuery
from search.text import analyse
from tests.visitors import BROWSER

_WARM_UP = 2
_PATIENCE_SECONDS = 60.0
_LOOK_SECONDS = 0.003
#: One partner hosts so many, as a livery company may for its members.
LARGE = 500
_LARGE_TIMES = 4
_OPPORTUNITY = re.compile(r"/opportunities/([0-9]+)-")
_OFFICER = "benchmark-officer@example.org"
_GONE, _BACK = "until nothing is found", "until all is found again"


@dataclass
class _Taken:
    """Milliseconds from before the service was called, a list for each thing that was waited for."""

    lists: dict[str, list[float]] = field(default_factory=dict)

    def note(self, what: str, begun: float) -> None:
        """It is so now."""
        self.lists.setdefault(what, []).append((time.perf_counter() - begun) * 1000)


def measure(run: Run) -> Table:
    """Suspends partners one after another, and lifts each suspension, with each engine; then one that hosts many."""
    table = Table("j", PARTS["j"], run.size)
    table.notes = (
        "From before the service is called. pages: the partner's and one of what it offers, which ask the database; engine:",
        "hits, number and suggestions; site: its page of results, calendar and suggestions. Looked for every 3 ms, the site's once",
        f"the engine's are so. Target: a second. The partners offer 20 each; the large one hosts {LARGE} more.",
    )
    # Each page that is gone would be a line of the log.
    logging.getLogger("django.request").setLevel(logging.ERROR)
    with _officer() as officer:
        _put_right(officer)
        for contender in run.contenders:
            with (
                contender.in_use(),
                running([sys.executable, "manage.py", "drain_changes"], run.environment(contender)),
            ):
                _measure_usual(run, contender, officer, table)
                _measure_large(run, contender, officer, table)
    return table


def _measure_usual(run: Run, contender: Contender, officer: User, table: Table) -> None:
    chosen = list(Partner.objects.filter(live=True, offered__live=True).distinct().order_by("pk")[: run.options.saves])
    taken = _Taken()
    dice = Random(16)
    for number in range(run.options.saves + _WARM_UP):
        _suspend_and_lift(_Watch(contender, chosen[number % len(chosen)]), officer, taken, dice)
    _fill(table, run, contender, "", taken)


def _measure_large(run: Run, contender: Contender, officer: User, table: Table) -> None:
    partner = Partner.objects.filter(live=True, offered__live=True).order_by("-pk")[0]
    others = Opportunity.objects.filter(live=True, hosted_by=None).exclude(offered_by=partner)
    lent = list(others.order_by("pk")[:LARGE])
    dice = Random(17)
    try:
        _lend(lent, partner)
        taken = _Taken()
        for _ in range(_LARGE_TIMES + _WARM_UP):
            _suspend_and_lift(_Watch(contender, partner), officer, taken, dice)
        _fill(table, run, contender, "large: ", taken)
    finally:
        _lend(lent, None)
        _wait(lambda: not _waiting(contender), f"{contender.name} to take in what is given back")


def _fill(table: Table, run: Run, contender: Contender, prefix: str, taken: _Taken) -> None:
    for what, each in taken.lists.items():
        times = Times(tuple(each[_WARM_UP:]))
        figures = {"p50": times.p50, "p95": times.p95, "worst": max(times.wall)}
        table.add(prefix + what, contender.name, ratio=times.p50 / run.raw, requests=len(times.wall), **figures)


class _Looking:
    """Looks for what is not so yet, and notes when it is; true once all of it is."""

    def __init__(self, taken: _Taken, where: str, begun: float, is_so: tuple[Callable[[], bool], ...]) -> None:
        self._taken, self._where, self._begun = taken, where, begun
        self._missing = dict(zip(("pages", "engine", "site"), is_so, strict=True))

    def __call__(self) -> bool:
        for what, holds in list(self._missing.items()):
            # The site asks the same index: asked before its time, it would only keep the others waiting.
            if (what != "site" or "engine" not in self._missing) and holds():
                self._taken.note(f"{self._where}: {what}", self._begun)
                del self._missing[what]
        return not self._missing


def _suspend_and_lift(watch: _Watch, officer: User, taken: _Taken, dice: Random) -> None:
    # What goes before is taken in, so that it is this change that is waited for.
    _wait(lambda: not _waiting(watch.contender) and watch.all_there(), f"{watch.name} to be found")
    for change, where, is_so in (
        (services.suspend, _GONE, (watch.no_page, watch.not_in_engine, watch.not_on_site)),
        (services.lift_suspension, _BACK, (watch.every_page, watch.in_engine, watch.on_site)),
    ):
        begun = time.perf_counter()
        change(watch.fresh(), officer, "Measured.")
        taken.note(f"{where}: service alone", begun)
        _wait(_Looking(taken, where, begun, is_so), f"{watch.name}, {where}")
        # So that changes come at any moment between two looks of the drainer.
        time.sleep(dice.random() * 0.2)


class _Watch:
    """One partner, and where it is looked for."""

    def __init__(self, contender: Contender, partner: Partner) -> None:
        self.contender = contender
        self.name = partner.name
        self._partner = partner
        self._client: Client = Client(headers=BROWSER)
        self._tokens = tuple(analyse(partner.name))
        shown = list(public().filter(Q(offered_by=partner) | Q(hosted_by=partner)).order_by("pk"))
        self._keys = {each.pk for each in shown}
        # One of the opportunities will do: all ask the same rule of the database.
        self._pages = [partner.get_absolute_url(), *(each.get_absolute_url() for each in shown[:1])]

    def fresh(self) -> Partner:
        """The partner, read as a view reads it."""
        found: Partner = type(self._partner).objects.get(pk=self._partner.pk)
        return found

    def all_there(self) -> bool:
        """Whether it is shown everywhere; without that nothing would be measured."""
        return bool(self._keys) and self.every_page() and self.in_engine() and self.on_site()

    def no_page(self) -> bool:
        """No page of it is there."""
        return all(self._client.get(path).status_code == 404 for path in self._pages)

    def every_page(self) -> bool:
        """All its pages are there."""
        return all(self._client.get(path).status_code == 200 for path in self._pages)

    def not_in_engine(self) -> bool:
        """The engine finds, counts and suggests nothing of it."""
        return self._hits() == (0, 0) and not self._suggested()

    def in_engine(self) -> bool:
        """The engine finds and counts all of it, and suggests it."""
        found, counted = self._hits()
        return found == counted == len(self._keys) and self._suggested()

    def not_on_site(self) -> bool:
        """Nothing of it is in results, calendar and suggestions."""
        return not any(self._named())

    def on_site(self) -> bool:
        """It is named in the results and in suggestions; in the calendar only if something of it has dates."""
        results, _, suggestions = self._named()
        return results and suggestions

    def _hits(self) -> tuple[int, int]:
        query = TextQuery((Clause(self._tokens),), self._tokens)
        request = Request(SearchCriteria(text=self.name), query, timezone.now())
        return self.contender.engine.search(request).total, self.contender.engine.count(request)

    def _suggested(self) -> bool:
        return any(each.title == self.name for each in self.contender.engine.suggest(self.name, timezone.now()))

    def _named(self) -> tuple[bool, bool, bool]:
        """Whether the page of results, the calendar and the suggestions lead to anything of it."""
        asked = urlencode({"q": self.name})
        results, calendar, suggestions = (
            self._read(f"/search/{path}?{asked}") for path in ("", "calendar.ics", "suggestions/")
        )
        return self._leads(results), self._leads(calendar), self._pages[0] in suggestions

    def _leads(self, text: str) -> bool:
        return any(int(pk) in self._keys for pk in _OPPORTUNITY.findall(text))

    def _read(self, address: str) -> str:
        # What is folded in a calendar is one line again.
        return self._client.get(address).getvalue().decode().replace("\r\n ", "")


def _put_right(officer: User) -> None:
    """What a run left behind that was broken off: nobody is suspended in a world, and nobody hosts for others."""
    for partner in Partner.objects.filter(suspended_at__isnull=False):
        services.lift_suspension(partner, officer, "Measured.")
    _lend(list(Opportunity.objects.filter(hosted_by__isnull=False)), None)


def _wait(holds: Callable[[], bool], what: str) -> None:
    """Looks every few milliseconds. Raises RuntimeError when it is not so after a minute."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > end:
            raise RuntimeError(f"Waited {_PATIENCE_SECONDS:g} s for {what}.")
        time.sleep(_LOOK_SECONDS)


def _waiting(contender: Contender) -> bool:
    return Change.objects.filter(feed__name=contender.store.feed).exists()


def _lend(opportunities: list[Opportunity], partner: Partner | None) -> None:
    """Has them hosted by this partner, or by nobody again."""
    with transaction.atomic():
        for each in opportunities:
            each.hosted_by = partner
        Opportunity.objects.bulk_update(opportunities, ["hosted_by"], batch_size=500)
        record(Opportunity, [each.pk for each in opportunities])


@contextmanager
def _officer() -> Iterator[User]:
    """Somebody who suspends; taken out again with the lines in the history that say so."""
    officer, _ = User.objects.get_or_create(email=_OFFICER)
    try:
        yield officer
    finally:
        ModelLogEntry.objects.filter(user_id=officer.pk).delete()
        officer.delete()
