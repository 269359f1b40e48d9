"""Any number of synthetic records for measuring: many, varied, the same from the same seed, without revisions."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from changes.services import record
from opportunities.kinds import Kind
from opportunities.models import (
    Opportunity,
    OpportunityAudience,
    OpportunitySector,
    OpportunitySkill,
    OpportunitySubject,
    OpportunityTheme,
    Session,
)
from partners.models import Partner, Site
from taxonomy.models import Audience, FusionSkill, OutwardCode, Sector, Subject, Term, Theme

from . import synthetic_words as words

PREFIX = "S"  # of references
BATCH = 1_000
OFFERED_BY_ONE = 20  # opportunities a partner
PARAGRAPHS, SENTENCES = 3, 6
WEEKDAY_HOURS = (9, 10, 13, 18)

# Through model, vocabulary, and how many terms one opportunity has at least and at most.
TERMS: tuple[tuple[Any, type[Term], int, int], ...] = (
    (OpportunitySkill, FusionSkill, 1, 3),
    (OpportunityAudience, Audience, 1, 3),
    (OpportunitySector, Sector, 0, 2),
    (OpportunityTheme, Theme, 0, 2),
    (OpportunitySubject, Subject, 0, 3),
)

Say = Callable[[str], Any]


class Synthesis:
    """Makes records until there are so many. What is there already stays."""

    def __init__(self, seed: int, say: Say) -> None:
        self.seed = seed
        self.say = say
        self.now = timezone.now()
        codes = OutwardCode.objects.filter(borough__isnull=False).order_by("code")
        self.codes = list(codes.values_list("code", flat=True))
        self.terms = {vocabulary: list(vocabulary._default_manager.order_by("pk")) for _, vocabulary, _, _ in TERMS}

    def load(self, wanted: int) -> int:
        """Makes opportunities up to `wanted`, with their partners and sessions. Returns how many were made."""
        there = Opportunity.objects.filter(reference__startswith=PREFIX).count()
        for first in range(there, wanted, BATCH):
            numbers = range(first, min(first + BATCH, wanted))
            # Each batch has dice of its own, so that the same seed and number make the same records.
            with transaction.atomic():
                self._batch(numbers, random.Random(f"{self.seed}:{first}"))  # noqa: S311  no secret
            self.say(f"{numbers.stop:,} of {wanted:,} opportunities")
        return max(0, wanted - there)

    def _batch(self, numbers: range, dice: random.Random) -> None:
        sites = self._sites(numbers, dice)
        made = Opportunity.objects.bulk_create([self._opportunity(n, dice.choice(sites), dice) for n in numbers])
        for through, vocabulary, low, high in TERMS:
            through.objects.bulk_create(
                [
                    through(tag=tag, content_object=one)
                    for one in made
                    for tag in dice.sample(self.terms[vocabulary], dice.randint(low, high))
                ],
                batch_size=BATCH,
            )
        sessions = Session.objects.bulk_create(
            [session for one in made for session in self._sessions(one, dice)], batch_size=BATCH
        )
        record(Opportunity, [one.pk for one in made])
        record(Session, [session.pk for session in sessions])

    def _sites(self, numbers: range, dice: random.Random) -> list[Site]:
        partners = Partner.objects.bulk_create(
            [
                Partner(
                    name=f"{dice.choice(words.NAMES)}{dice.choice(words.NAMES).lower()} {dice.choice(words.PARTNERS)} {number}",
                    reference=f"{PREFIX}{number:07}",
                    kind=dice.choice(Partner.Kind.values),
                    summary=self._sentence(dice)[:200],
                    description=self._text(dice),
                    live=True,
                    first_published_at=self.now,
                    confirmed_on=self.now.date(),
                )
                for number in numbers[::OFFERED_BY_ONE]
            ]
        )
        record(Partner, [partner.pk for partner in partners])
        places = [(partner, dice.choice(self.codes)) for partner in partners]
        return Site.objects.bulk_create(
            [
                Site(partner=partner, name="Main", postcode=f"{code} 9ZZ", outward_code_id=code)
                for partner, code in places
            ]
        )

    def _opportunity(self, number: int, site: Site, dice: random.Random) -> Opportunity:
        kind = dice.choice(Kind.values)
        first_year = dice.randint(-1, 12)
        cost = dice.choice(Opportunity.Cost.values)
        paid = cost == Opportunity.Cost.PAID
        return Opportunity(
            title=f"{dice.choice(words.MAKING)} {dice.choice(words.THINGS)} {dice.choice(words.PLACES)}",
            reference=f"{PREFIX}{number:07}",
            kind=kind,
            offered_by_id=site.partner_id,
            site=site,
            summary=self._sentence(dice)[:200],
            description=self._text(dice),
            format=dice.choice(Opportunity.Format.values),
            place=dice.choice(Opportunity.Place.values),
            availability=dice.choices(Opportunity.Availability.values, (8, 1, 1))[0],
            year_from=max(first_year, 10) if kind == Kind.PLACEMENT else first_year,
            year_to=13 if kind == Kind.PLACEMENT else min(13, first_year + dice.randint(0, 4)),
            cost=cost,
            cost_amount=dice.randint(1, 60) if paid else None,
            cost_unit=Opportunity.CostUnit.PUPIL if paid else "",
            live=True,
            first_published_at=self.now - timedelta(days=dice.randint(0, 700)),
        )

    def _sessions(self, opportunity: Opportunity, dice: random.Random) -> Iterator[Session]:
        if opportunity.availability != Opportunity.Availability.DATED:
            return
        for days in sorted(dice.sample(range(2, 330), dice.randint(1, 3))):
            day = self.now.date() + timedelta(days=days)
            starts = timezone.make_aware(datetime.combine(day, time(dice.choice(WEEKDAY_HOURS))))
            capacity = dice.choice((None, 10, 12, 15, 30, 60))
            taken = 0 if capacity is None else dice.choice((0, capacity // 3, capacity - 1, capacity))
            yield Session(
                opportunity=opportunity,
                starts=starts,
                ends=starts + timedelta(hours=dice.randint(1, 6)),
                capacity=capacity,
                taken=taken,
            )

    def _text(self, dice: random.Random) -> str:
        return "\n\n".join(" ".join(self._sentence(dice) for _ in range(SENTENCES)) for _ in range(PARAGRAPHS))

    @staticmethod
    def _sentence(dice: random.Random) -> str:
        people = dice.choice(words.PEOPLE)
        return dice.choice(words.SENTENCES).format(
            people=people,
            People=people.capitalize(),
            thing=dice.choice(words.THINGS),
            make=dice.choice(words.MAKING).lower(),
            place=dice.choice(words.PLACES),
        )
