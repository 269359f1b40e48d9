"""Twelve weeks of made-up use before the day on which the demonstration was first loaded, the same from the same seed.

Nobody was there: each search is called `demo-` and a number. Teachers search on weekdays in term, more on a Tuesday
than on a Friday, and on Sunday evenings; some offers are found by everybody and some by hardly anybody.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from engagement.catalogue import EventName
from engagement.events import Happening
from engagement.facts import counted_days, first_day
from engagement.services import count_finished, record_past
from engagement.tokens import SearchToken, digest
from opportunities.models import Opportunity
from opportunities.selectors import public

from .term_dates import DAY, is_school_day, monday_of

FILE = Path(__file__).parent / "data" / "searches.csv"
SEED = 1
WEEKS = 12
ON_A_PAGE = 20
# Searches on a Tuesday in term, at the end of the twelve weeks; the share of each weekday; what is left in the holidays.
BUSIEST = 58
SHARES = (0.85, 1.0, 0.95, 0.8, 0.55, 0.15, 0.3)
IN_HOLIDAYS = 0.3
GROWTH = 0.04  # less for each week before the last
HOURS = (7, 8, 8, 10, 11, 12, 12, 13, 15, 16, 16, 17, 19, 20, 20, 21)
# How much partners and single offers are used, by reference: other partners lie between 0.2 and 3, most of them low.
WELL_KNOWN = {"PA01": 4.0, "PA02": 6.0, "PB05": 5.0, "PC14": 4.0, "PD01": 5.0}
OFFERS_KNOWN = {"OA001": 22.0, "OA030": 12.0, "OA047": 3.0, "OA051": 1.0, "OA004": 0.5, "OA029": 4.0}
# Whoever is signed in is counted as somebody of a school, an adviser or a partner.
VISITORS = ("", "school", "adviser", "partner")
OF_VISITORS = (70, 22, 6, 2)
VIEWS_OF_A_SEARCH = (0, 1, 2, 3)
OF_VIEWS = (44, 34, 15, 7)
# What follows a view, in hundredths of all views of an offer that is as good as any.
AFTER = {
    EventName.SHORTLISTED: 9,
    EventName.CONTACT_REVEALED: 6,
    EventName.WEBSITE_OPENED: 4,
    EventName.CALENDAR_SAVED: 2,
    EventName.PRINTED: 2,
    EventName.SHARED: 2,
}
MOST_CHARM = 1.8
DIRECT = 0.35  # views without a search, for each search

Moment = tuple[datetime, str, Happening]


@dataclass(frozen=True, slots=True)
class Offer:
    """One public opportunity, and how much it is used: 1 is as much as any."""

    pk: int
    partner: int
    kind: str
    dated: bool
    text: str
    charm: float


@dataclass(frozen=True, slots=True)
class Search:
    """One that many make: its words and choices, how often, and what it finds, the best first."""

    terms: str
    weight: int
    selections: dict[str, list[str]]
    found: list[Offer] = field(default_factory=list)


def load(today: date) -> int:
    """Records and counts the visits of the weeks before this day, unless any were. Returns how many events."""
    starts = monday_of(today) - timedelta(weeks=WEEKS)
    earliest = first_day()
    if (earliest is not None and earliest < today) or counted_days(starts, today - DAY):
        return 0
    # All or nothing: a load that is ended half-way begins here again.
    with transaction.atomic():
        recorded = record_past(Visits(random.Random(SEED)).between(starts, today))  # noqa: S311  no secret
        count_finished(timezone.now())
    return recorded


class Visits:
    """Makes them up, from dice that fall the same each time."""

    def __init__(self, dice: random.Random) -> None:
        self.dice = dice
        self.offers = self._offers()
        self.charms = [offer.charm for offer in self.offers]
        self.searches = self._searches()
        self.number = 0

    def _offers(self) -> list[Offer]:
        rows = public().exclude(reference="").order_by("reference")
        names = (
            "pk",
            "reference",
            "offered_by",
            "offered_by__reference",
            "kind",
            "availability",
            "title",
            "summary",
            "description",
        )
        partners: dict[str, float] = {}
        offers = []
        for pk, reference, partner, of_partner, kind, availability, *texts in rows.values_list(*names):
            if of_partner not in partners:
                drawn = min(max(self.dice.lognormvariate(-0.4, 0.8), 0.2), 3.0)
                partners[of_partner] = WELL_KNOWN.get(of_partner, drawn)
            drawn = partners[of_partner] * self.dice.lognormvariate(0, 0.7)
            charm = OFFERS_KNOWN.get(reference, drawn)
            dated = availability == Opportunity.Availability.DATED
            offers.append(Offer(pk, partner, kind, dated, " ".join(texts).lower(), charm))
        return offers

    def _searches(self) -> list[Search]:
        with FILE.open(encoding="utf-8", newline="") as file:
            return [self._search(row) for row in csv.DictReader(file)]

    def _search(self, row: dict[str, str]) -> Search:
        kinds, stems = (frozenset(row[name].split(";")) - {""} for name in ("kinds", "stems"))
        found = [
            (sum(stem in offer.text for stem in stems), offer.charm, offer)
            for offer in self.offers
            if not kinds or offer.kind in kinds
        ]
        found = [each for each in found if each[0] or not stems]
        found.sort(key=lambda each: each[:2], reverse=True)
        chosen = {row["facet"]: [row["value"]]} if row["facet"] else {}
        return Search(row["terms"], int(row["weight"]), chosen, [offer for *_, offer in found])

    def between(self, starts: date, ends: date) -> Iterator[Moment]:
        """What happened from the first day to before the second."""
        days = (ends - starts).days if self.offers else 0
        for number in range(days):
            day = starts + number * DAY
            share = SHARES[day.weekday()] * (1 - GROWTH * ((days - number) // 7))
            if day.weekday() < 5 and not is_school_day(day):
                share *= IN_HOLIDAYS
            for _ in range(round(BUSIEST * share * self.dice.uniform(0.85, 1.15))):
                yield from self._one_search(day)
            for _ in range(round(BUSIEST * share * DIRECT)):
                yield from self._one_view(day)

    def _one_search(self, day: date) -> Iterator[Moment]:
        (search,) = self.dice.choices(self.searches, [each.weight for each in self.searches])
        at, visitor = self._moment(day), self._visitor()
        self.number += 1
        asked = digest(f"{search.terms} {search.selections}")
        token = SearchToken(f"demo-{self.number:07}", asked, began=int(at.timestamp()))
        page = search.found[:ON_A_PAGE]
        data = {
            "terms": search.terms,
            "selections": search.selections,
            "total": len(search.found),
            "shown": [offer.pk for offer in page],
            "took_ms": self.dice.randint(9, 60),
        }
        yield at, visitor, Happening(EventName.SEARCH_PERFORMED, token=token, data=data)
        (views,) = self.dice.choices(VIEWS_OF_A_SEARCH, OF_VIEWS)
        wanted = [offer.charm / (rank + 1) for rank, offer in enumerate(page, start=1)]
        picked = dict.fromkeys(self.dice.choices(range(len(page)), wanted, k=views)) if page else {}
        for place in picked:
            at += timedelta(seconds=self.dice.randint(20, 400))
            yield from self._view(at, visitor, page[place], token.at(place + 1))

    def _one_view(self, day: date) -> Iterator[Moment]:
        """Somebody had the address of an opportunity, or of its partner."""
        (offer,) = self.dice.choices(self.offers, self.charms)
        at, visitor = self._moment(day), self._visitor()
        if self.dice.random() < 0.25:
            yield at, visitor, Happening(EventName.PARTNER_VIEWED, partner=offer.partner)
        else:
            yield from self._view(at, visitor, offer, None)

    def _view(self, at: datetime, visitor: str, offer: Offer, token: SearchToken | None) -> Iterator[Moment]:
        yield at, visitor, Happening(EventName.OPPORTUNITY_VIEWED, offer.pk, offer.partner, token)
        for name, hundredths in AFTER.items():
            possible = offer.dated or name != EventName.CALENDAR_SAVED
            if possible and self.dice.random() * 100 < hundredths * min(offer.charm, MOST_CHARM):
                at += timedelta(seconds=self.dice.randint(5, 200))
                data = {"what": "opportunity"} if name in {EventName.PRINTED, EventName.SHARED} else {}
                yield at, visitor, Happening(name, offer.pk, offer.partner, token, data)

    def _moment(self, day: date) -> datetime:
        hour = self.dice.choice(HOURS)
        clock = time(hour, self.dice.randrange(60), self.dice.randrange(60))
        return datetime.combine(day, clock, timezone.get_default_timezone())

    def _visitor(self) -> str:
        (visitor,) = self.dice.choices(VISITORS, OF_VISITORS)
        return visitor
