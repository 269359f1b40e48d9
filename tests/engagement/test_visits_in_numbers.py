"""A thousand visits of people and machines, counted right against what the test itself keeps."""

from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from directory.tracking import note_opportunity, note_search, search_intent
from engagement.catalogue import EventName
from engagement.events import Happening
from engagement.middleware import RecordEngagement
from engagement.models import DroppedEvents, Event
from engagement.noting import note, token_of
from engagement.tokens import read_token
from opportunities.models import Opportunity
from search.criteria import SearchCriteria
from search.results import SearchResults, Understood
from tests.factories import OpportunityFactory
from tests.numbers import full
from tests.visitors import BROWSER, CRAWLER, end

pytestmark = pytest.mark.django_db

PHONE = {
    "user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148"
}
BOT = {"user-agent": "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)"}
REFERER = {"referer": "http://testserver/search/?q=before"}
TEXTS = ("clay", "clay pots", "ink")


class Site:
    """The real middleware around views as small as can be, which note what the real ones do."""

    def __init__(self, opportunities: list[Opportunity]) -> None:
        self.requests = RequestFactory()
        self.opportunities = opportunities

    def search(self, text: str, token: str, headers: dict[str, str], method: str = "get") -> str:
        """The token that the page of results hands on."""
        given: list[str] = []

        def view(request: Any) -> HttpResponse:
            criteria = SearchCriteria(text=text)
            found = search_intent(request, criteria)
            assert found is not None
            given.append(found.token.sign())
            note_search(request, SearchResults(criteria, Understood(typed=text), total=len(text)), found, took_ms=5)
            return HttpResponse()

        self._ask(view, {"q": text, "s": token}, headers, method)
        return given[0]

    def open(
        self, which: int, token: str, headers: dict[str, str], name: EventName = EventName.OPPORTUNITY_VIEWED
    ) -> None:
        """Opens a page, or does something with it."""

        def view(request: Any) -> HttpResponse:
            note_opportunity(request, name, self.opportunities[which])
            return HttpResponse()

        self._ask(view, {"s": token}, headers, "get" if name == EventName.OPPORTUNITY_VIEWED else "post")

    def partner(self, which: int, token: str, headers: dict[str, str]) -> None:
        def view(request: Any) -> HttpResponse:
            partner = self.opportunities[which].offered_by_id
            note(request, Happening(EventName.PARTNER_VIEWED, partner=partner, token=token_of(request)))
            return HttpResponse()

        self._ask(view, {"s": token}, headers, "get")

    def _ask(self, view: Any, params: dict[str, str], headers: dict[str, str], method: str) -> None:
        response = RecordEngagement(view)(getattr(self.requests, method)("/", params, headers=headers))
        assert response.status_code == 200
        end(response)


@dataclass
class Visitor:
    """Somebody who wanders about, and what of it the test expects to be counted."""

    site: Site
    headers: dict[str, str]
    counts: bool
    expected: Counter[tuple[str, str, int | None, int | None]]
    token: str = ""
    text: str = ""
    search: str = ""
    once: set[tuple[str, str, int | None]] = field(default_factory=set)

    def begin(self, dice: Random) -> None:
        """Searches anew."""
        self._search(dice, token="", extra={})

    def refine(self, dice: Random) -> None:
        """Asks for something else, or the same again, from the page of results."""
        self._search(dice, token=self.token, extra=REFERER)

    def borrow(self, dice: Random) -> None:
        """Opens an address with a token that somebody sent, and asks for something of their own."""
        self._search(dice, token=self.token, extra={})

    def reload(self, dice: Random) -> None:
        """Reloads, comes Back, or has a browser that fetches ahead: nothing of it counts."""
        extra = dice.choice(
            [{"cache-control": "max-age=0"}, {"hx-history-restore-request": "true"}, {"purpose": "prefetch"}]
        )
        self.site.search(self.text or "clay", self.token, self.headers | extra)
        self.site.open(0, self.token, self.headers | extra)
        self.site.search("clay", "", self.headers, "head")

    def open(self, dice: Random) -> None:
        """Opens a result, goes on with it or opens its partner."""
        which, rank = dice.randrange(len(self.site.opportunities)), dice.randrange(1, 21)
        of = self.site.opportunities[which]
        carried = read_token(self.token)
        token = carried.at(rank).sign() if carried else dice.choice(["", "forged", "x" * 500])
        led = self.search if carried else ""
        action = dice.choice([EventName.CONTACT_REVEALED, EventName.CALENDAR_SAVED])
        self.site.open(which, token, self.headers)
        self._expect(EventName.OPPORTUNITY_VIEWED, led, rank if carried else None, of.pk, of.pk)
        if dice.random() < 0.5:
            # Browsers say max-age=0 with a form, too.
            self.site.open(which, token, self.headers | {"cache-control": "max-age=0"}, action)
            self._expect(action, led, rank if carried else None, of.pk, of.pk)
        if dice.random() < 0.3:
            self.site.partner(which, token, self.headers)
            self._expect(EventName.PARTNER_VIEWED, led, rank if carried else None, None, of.offered_by_id)

    def _search(self, dice: Random, token: str, extra: dict[str, str]) -> None:
        text = dice.choice(TEXTS)
        is_same, refines = bool(token) and text == self.text, bool(token) and bool(extra)
        self.token = self.site.search(text, token, self.headers | extra)
        carried = read_token(self.token)
        assert carried is not None
        if is_same or refines:
            assert carried.search == self.search
        else:
            assert carried.search != self.search
        self.text, self.search = text, carried.search
        if self.counts and not is_same:
            self.expected[EventName.SEARCH_PERFORMED, self.search, None, None] += 1

    def _expect(self, name: EventName, search: str, rank: int | None, opportunity: int | None, thing: int) -> None:
        if search and (name, search, thing) in self.once:
            return
        self.once.add((name, search, thing))
        if self.counts:
            self.expected[name, search, rank, opportunity] += 1


@pytest.mark.prove
def test_visits_of_people_and_crawlers_are_counted_right() -> None:
    opportunities = [OpportunityFactory.create() for _ in range(3)]
    site = Site([*opportunities, OpportunityFactory.create(offered_by=opportunities[0].offered_by)])
    dice = Random(5)
    expected: Counter[tuple[str, str, int | None, int | None]] = Counter()
    visits = full(1_000, 10_000)
    machines = 0
    for _ in range(visits):
        is_machine = dice.random() < 0.3
        machines += is_machine
        headers = dice.choice([CRAWLER, BOT, {}] if is_machine else [BROWSER, PHONE])
        visitor = Visitor(site, headers, not is_machine, expected)
        steps = [visitor.begin, visitor.refine, visitor.borrow, visitor.reload, visitor.open, visitor.open]
        for step in dice.choices(steps, k=dice.randrange(1, 6)):
            step(dice)
    assert 0.2 < machines / visits < 0.4
    found = Counter(Event.objects.values_list("name", "search", "rank", "opportunity"))
    assert found == expected
    assert len({name for name, *_ in found}) == 5
    assert not DroppedEvents.objects.exists()
