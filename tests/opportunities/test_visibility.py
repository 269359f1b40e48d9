"""What the public sees: the rules in Python and the query in SQL say the same of any world, at any moment."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opportunities import selectors
from opportunities.kinds import Kind
from opportunities.models import AssuranceRequirement, Opportunity, SafeguardingDecision
from opportunities.requirements import QUESTIONS
from opportunities.visibility import Hidden, end_of_day
from partners.models import AssuranceKind, Partner
from tests.capabilities import lacks_postgres
from tests.factories import (
    AssuranceFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    SafeguardingDecisionFactory,
    SessionFactory,
    assure,
)
from tests.numbers import full

# All random worlds on SQLite, which is quicker; the same query, so a quarter of them on PostgreSQL.
SHARE = 1 if lacks_postgres() else 4
pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def seen() -> set[int]:
    return set(selectors.public().values_list("pk", flat=True))


def judged(opportunity: Opportunity) -> tuple[Hidden, ...]:
    """What the rules say; the query must agree."""
    fresh = Opportunity.objects.get(pk=opportunity.pk)
    reasons = selectors.visibility(fresh).reasons
    assert (fresh.pk in seen()) == (not reasons)
    return reasons


class World:
    """A random world of partners, documents, opportunities, sessions and decisions, around now."""

    def __init__(self, seed: int, officer: Any) -> None:
        self.dice = random.Random(seed)
        self.now = timezone.now()
        self.officer = officer
        self.partners = [self.partner() for _ in range(self.dice.randint(1, 4))]
        self.opportunities = [self.opportunity() for _ in range(self.dice.randint(1, 6))]

    def maybe(self, chance: float) -> bool:
        return self.dice.random() < chance

    def moment(self, chance: float) -> Any:
        return (
            self.now + timedelta(minutes=self.dice.choice([-3000, -61, -1, 1, 59, 3000]))
            if self.maybe(chance)
            else None
        )

    def partner(self) -> Partner:
        employs = self.maybe(0.7)
        partner = PartnerFactory.create(
            kind="business" if employs else "self_employed",
            has_employees=employs,
            live=self.maybe(0.9),
            expire_at=self.moment(0.15),
            suspended_at=self.now if self.maybe(0.08) else None,
        )
        for kind in AssuranceKind:
            for _ in range(self.dice.choice([0, 1, 1, 1, 2])):
                endless = kind == AssuranceKind.RISK_ASSESSMENT and self.maybe(0.3)
                days = self.dice.choice([-40, -1, 0, 1, 30, 90, 300])
                AssuranceFactory.create(
                    partner=partner, kind=kind, in_days=days, **({"expires": None} if endless else {})
                )
        return partner

    def opportunity(self) -> Opportunity:
        dice = self.dice
        deadline = timezone.localdate() + timedelta(days=dice.choice([-2, -1, 0, 1, 30])) if self.maybe(0.4) else None
        answers = {question: dice.choice([None, False, False, True]) for question in QUESTIONS}
        opportunity = OpportunityFactory.create(
            kind=dice.choice(Kind.values),
            offered_by=dice.choice(self.partners),
            hosted_by=dice.choice([None, None, *self.partners]),
            availability=dice.choice(Opportunity.Availability.values),
            live=self.maybe(0.9),
            expire_at=self.moment(0.15),
            deadline=deadline,
            **answers,
        )
        for n in range(dice.choice([0, 0, 1, 2])):
            starts = self.now + timedelta(minutes=dice.choice([-3000, -121, -120, -60, -1, 0, 1, 3000]) + n / 100)
            called_off = {"cancelled_at": self.now, "cancelled_because": "Ill."} if self.maybe(0.25) else {}
            SessionFactory.create(
                opportunity=opportunity, starts=starts, ends=starts + timedelta(hours=2), **called_off
            )
        self.decide(opportunity, answers)
        return opportunity

    def decide(self, opportunity: Opportunity, answers: dict[str, bool | None]) -> None:
        """Some decisions on these answers, some on others, some at the same moment."""
        for _ in range(self.dice.choice([0, 1, 1, 2, 3])):
            on = {question: bool(answer) for question, answer in answers.items()}
            if self.maybe(0.3):
                question = self.dice.choice(QUESTIONS)
                on[question] = not on[question]
            SafeguardingDecision.objects.create(
                opportunity=opportunity,
                accepted=self.maybe(0.7),
                reason="Because.",
                decided_by=self.officer,
                decided_at=self.now - timedelta(minutes=self.dice.choice([0, 5, 5, 10])),
                **on,
            )


def disagreements(world: World) -> list[str]:
    visible = seen()
    looked_up = set(selectors.public(called_off=True).values_list("pk", flat=True))
    needed = selectors.requirements_by_kind()
    found = []
    for opportunity in selectors.with_parts(Opportunity.objects.filter(pk__in=[one.pk for one in world.opportunities])):
        verdict = selectors.visibility(opportunity, needed.get(opportunity.kind, frozenset()))
        if verdict.visible != (opportunity.pk in visible):
            found.append(f"{opportunity.pk}: rules say {verdict.reasons or 'visible'}, query says otherwise")
        if selectors.has_page(opportunity) != (opportunity.pk in looked_up):
            found.append(f"{opportunity.pk}: whether its page shows, rules and query do not agree")
    return found


@pytest.mark.prove
def test_the_query_and_the_rules_agree_on_random_worlds() -> None:
    officer = OfficerFactory.create()
    reasons: set[Hidden] = set()
    shown = 0
    for seed in range(full(40, 600 // SHARE)):
        world = World(seed, officer)
        assert not disagreements(world), f"in world {seed}"
        for opportunity in world.opportunities:
            verdict = selectors.visibility(opportunity)
            shown += verdict.visible
            reasons |= set(verdict.reasons)
        Opportunity.objects.all().delete()
        Partner.objects.all().delete()
    # The worlds hold something of each, or they would prove nothing.
    assert reasons == set(Hidden)
    assert shown > 5


@pytest.mark.prove
def test_they_agree_as_time_passes_and_something_is_hidden_when_it_was_foretold() -> None:
    """`visible_until` is the very moment at which the clock hides it: shown before, hidden then; never before."""
    officer = OfficerFactory.create()
    foretold = 0
    for seed in range(full(15, 200 // SHARE)):
        world = World(10_000 + seed, officer)
        for opportunity in world.opportunities:
            verdict = selectors.visibility(opportunity)
            if not verdict.visible:
                continue
            until = verdict.visible_until
            if until is None:
                with time_machine.travel(timezone.now() + timedelta(days=5000), tick=False):
                    assert judged(opportunity) == (), f"in world {seed}"
                continue
            foretold += 1
            for moment, expected in ((until - timedelta(seconds=1), True), (until, False)):
                with time_machine.travel(moment, tick=False):
                    assert (judged(opportunity) == ()) == expected, f"in world {seed} at {moment}"
                    assert not disagreements(world), f"in world {seed} at {moment}"
        Opportunity.objects.all().delete()
        Partner.objects.all().delete()
    assert foretold > 5


class TestEachReason:
    """Each can hide an opportunity by itself."""

    def test_published_and_nothing_against_it(self) -> None:
        opportunity = OpportunityFactory.create()
        assert judged(opportunity) == ()

    def test_not_published(self) -> None:
        assert judged(OpportunityFactory.create(live=False)) == (Hidden.NOT_LIVE,)

    def test_expired_by_the_clock(self) -> None:
        now = timezone.now()
        assert judged(OpportunityFactory.create(expire_at=now - HOUR)) == (Hidden.EXPIRED,)
        assert judged(OpportunityFactory.create(expire_at=now + HOUR)) == ()

    def test_past_its_deadline(self) -> None:
        today = timezone.localdate()
        assert judged(OpportunityFactory.create(deadline=today)) == ()
        assert judged(OpportunityFactory.create(deadline=today - timedelta(days=1))) == (Hidden.DEADLINE,)

    def test_a_deadline_ends_at_midnight_in_london(self) -> None:
        opportunity = OpportunityFactory.create(deadline="2026-06-30")
        with time_machine.travel("2026-06-30T22:59:59+00:00", tick=False):  # a second to midnight in summer time
            assert judged(opportunity) == ()
        with time_machine.travel("2026-06-30T23:00:00+00:00", tick=False):
            assert judged(opportunity) == (Hidden.DEADLINE,)

    def test_its_last_session_is_over(self) -> None:
        opportunity = OpportunityFactory.create(availability="dated")
        assert judged(opportunity) == (), "dates to come"
        SessionFactory.create(opportunity=opportunity, in_days=-7)
        assert judged(opportunity) == (Hidden.OVER,)
        SessionFactory.create(opportunity=opportunity, in_days=7)
        assert judged(opportunity) == ()

    def test_sessions_do_not_end_what_is_on_request(self) -> None:
        opportunity = OpportunityFactory.create(availability="on_request")
        SessionFactory.create(opportunity=opportunity, in_days=-7)
        assert judged(opportunity) == ()

    @pytest.mark.parametrize("who", ["offered_by", "hosted_by"])
    @pytest.mark.parametrize(
        "state", [{"live": False}, {"suspended_at": "2026-01-01T00:00Z"}, {"expire_at": "2026-01-01T00:00Z"}]
    )
    def test_a_partner_that_is_not_public(self, who: str, state: dict[str, Any]) -> None:
        assert judged(OpportunityFactory.create(**{who: PartnerFactory.create(**state)})) == (Hidden.PARTNER,)

    def test_a_partner_that_offers_it_together_may_be_away(self) -> None:
        assert judged(OpportunityFactory.create(with_partners=[PartnerFactory.create(live=False)])) == ()


class TestSafeguarding:
    """A yes holds publication until an officer has accepted exactly these answers."""

    @pytest.mark.parametrize("question", QUESTIONS)
    def test_any_yes_holds_it(self, question: str) -> None:
        opportunity = OpportunityFactory.create(kind="placement", **{question: True})
        assert judged(opportunity) == (Hidden.HELD,)
        SafeguardingDecisionFactory.create(opportunity=opportunity)
        assert judged(opportunity) == ()

    def test_no_answer_is_no_yes(self) -> None:
        assert judged(OpportunityFactory.create(**dict.fromkeys(QUESTIONS))) == ()

    def test_the_latest_word_on_the_same_answers_counts(self) -> None:
        now = timezone.now()
        opportunity = OpportunityFactory.create(kind="placement", under_16=True)
        SafeguardingDecisionFactory.create(opportunity=opportunity, decided_at=now - HOUR)
        SafeguardingDecisionFactory.create(opportunity=opportunity, decided_at=now, accepted=False)
        assert judged(opportunity) == (Hidden.HELD,)
        # At the same moment the one recorded last counts.
        SafeguardingDecisionFactory.create(opportunity=opportunity, decided_at=now)
        assert judged(opportunity) == ()

    def test_a_decision_on_other_answers_says_nothing(self) -> None:
        opportunity = OpportunityFactory.create(kind="placement", under_16=True)
        SafeguardingDecisionFactory.create(opportunity=opportunity, in_private_home=True)
        assert judged(opportunity) == (Hidden.HELD,)
        SafeguardingDecisionFactory.create(opportunity=opportunity)
        assert judged(opportunity) == ()
        # A refusal of a draft with other answers does not take down what was accepted.
        later = timezone.now() + HOUR
        SafeguardingDecisionFactory.create(
            opportunity=opportunity, in_private_home=True, accepted=False, decided_at=later
        )
        assert judged(opportunity) == ()


class TestDocuments:
    """A document never seen does not hide an opportunity; one that has lapsed does."""

    def test_never_seen(self) -> None:
        opportunity = OpportunityFactory.create(kind="visit")
        assert judged(opportunity) == ()
        assert not selectors.visibility(opportunity).documents_in_date

    def test_lapsed_and_renewed(self) -> None:
        opportunity = OpportunityFactory.create(kind="visit")
        AssuranceFactory.create(partner=opportunity.offered_by, in_days=-1)
        assert judged(opportunity) == (Hidden.LAPSED,)
        AssuranceFactory.create(partner=opportunity.offered_by, in_days=0)
        assert judged(opportunity) == ()

    def test_lapsed_but_not_needed(self) -> None:
        opportunity = OpportunityFactory.create(kind="talk")
        AssuranceFactory.create(partner=opportunity.offered_by, kind="public_liability", in_days=-1)
        assert judged(opportunity) == ()
        AssuranceRequirement.objects.create(opportunity_kind="talk", assurance_kind="public_liability")
        assert judged(opportunity) == (Hidden.LAPSED,), "what is needed is data"

    def test_lapsed_but_exempt(self) -> None:
        partner = PartnerFactory.create(kind="self_employed", has_employees=False)
        AssuranceFactory.create(partner=partner, kind="employers_liability", in_days=-1)
        assert judged(OpportunityFactory.create(kind="internship", offered_by=partner)) == ()

    def test_they_are_the_hosts(self) -> None:
        offering, host = PartnerFactory.create_batch(2)
        opportunity = OpportunityFactory.create(kind="visit", offered_by=offering, hosted_by=host)
        assure(offering, in_days=-1)
        assert judged(opportunity) == ()
        assure(host, in_days=-1)
        assert judged(opportunity) == (Hidden.LAPSED,)

    def test_all_in_date_is_marked(self) -> None:
        opportunity = OpportunityFactory.create(kind="placement")
        assure(opportunity.offered_by)
        assert selectors.visibility(Opportunity.objects.get(pk=opportunity.pk)).documents_in_date
        assert selectors.visibility(OpportunityFactory.create(kind="visit")).documents_in_date is False


@pytest.mark.engine_only
def test_a_day_ends_when_the_next_begins_in_london() -> None:
    day = date(2026, 3, 28)
    assert end_of_day(day).isoformat() == "2026-03-29T00:00:00+00:00"
    assert end_of_day(day + timedelta(days=1)).isoformat() == "2026-03-30T00:00:00+01:00"


def test_judging_many_takes_as_many_queries_as_judging_few() -> None:
    def judge_all() -> int:
        needed = selectors.requirements_by_kind()
        with CaptureQueriesContext(connection) as queries:
            for opportunity in selectors.with_parts(Opportunity.objects.all()):
                selectors.visibility(opportunity, needed[opportunity.kind])
        return len(queries)

    def add(number: int) -> None:
        for _ in range(number):
            host = PartnerFactory.create()
            opportunity = OpportunityFactory.create(
                kind="placement", under_16=True, skills=["creativity"], hosted_by=host
            )
            assure(host)
            SafeguardingDecisionFactory.create(opportunity=opportunity)
            SessionFactory.create(opportunity=opportunity)

    add(2)
    few = judge_all()
    add(4)
    assert judge_all() == few
