"""Four eyes: whoever sent something, or acts for the partner that it concerns, is not the one who makes it public."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from accounts.models import User
from opportunities import services as opportunities
from opportunities.models import Opportunity
from partners import services
from partners.four_eyes import ALONE, OwnMatterError, Tie, judge_tie, why_not_by
from partners.models import AssuranceKind, Partner, PartnerMembership
from partners.moderation import accept, return_with_comments
from tests.factories import (
    AdministratorFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    UserFactory,
)
from tests.numbers import examples
from tests.portal.moderated import again, redraft, sent

pytestmark = pytest.mark.django_db
each = pytest.mark.parametrize("factory", [PartnerFactory, OpportunityFactory], ids=["partner", "opportunity"])
NUMBERS = st.frozensets(st.integers(1, 6), max_size=4)


@pytest.fixture
def ada() -> User:
    """An officer without any tie."""
    return OfficerFactory.create(first_name="Ada", last_name="Archer")


def serve(user: User, thing: Partner | Opportunity) -> User:
    """The user acts for whose it is."""
    partner = thing if isinstance(thing, Partner) else thing.offered_by
    PartnerMembership.objects.get_or_create(user=user, partner=partner)
    return user


def entries(thing: Partner | Opportunity) -> list[Any]:
    found = ModelLogEntry.objects.filter(action=ALONE, object_id=str(thing.pk))
    return [(entry.user, entry.data) for entry in found]


@examples(50, 2000)
@given(user=st.integers(1, 6), serves=NUMBERS, concerned=NUMBERS, senders=NUMBERS)
def test_a_tie_is_to_serve_one_of_those_concerned_or_to_have_sent_it(
    user: int, serves: frozenset[int], concerned: frozenset[int], senders: frozenset[int]
) -> None:
    tie = judge_tie(user, serves, concerned, senders)
    assert (tie is Tie.SERVES) == bool(serves & concerned)
    assert (tie is None) == (not serves & concerned and user not in senders)


@each
class TestAccepting:
    """What is before the officers."""

    def test_who_acts_for_the_partner_asks_for_changes_but_does_not_accept(self, factory: Any, ada: User) -> None:
        thing = factory.create(live=False)
        both = serve(OfficerFactory.create(), thing)
        state = sent(thing, serve(UserFactory.create(), thing), summary="New.")
        with pytest.raises(OwnMatterError, match=r"You act for .* Ada Archer can accept it\."):
            accept(thing, state.revision, both)
        assert not again(thing).live
        return_with_comments(thing, state.revision, both, {"summary": "Say more."})
        assert not again(thing).live

    def test_who_sent_it_does_not_accept_it_although_they_act_for_nobody_any_more(
        self, factory: Any, ada: User
    ) -> None:
        thing = factory.create(live=False)
        both = serve(OfficerFactory.create(), thing)
        state = sent(thing, both, summary="New.")
        both.partner_memberships.all().delete()
        with pytest.raises(OwnMatterError, match="wrote or sent this yourself"):
            accept(thing, state.revision, both)
        accept(thing, state.revision, ada)
        assert again(thing).live
        assert entries(thing) == []

    def test_who_wrote_it_does_not_accept_it_although_another_sent_it(self, factory: Any, ada: User) -> None:
        thing = factory.create(live=False)
        writer = OfficerFactory.create()
        redraft(thing, writer, summary="Written by an officer.")
        services.submit(again(thing), serve(UserFactory.create(), thing))
        state = again(thing).current_workflow_task_state
        with pytest.raises(OwnMatterError):
            accept(thing, state.revision, writer)
        accept(thing, state.revision, ada)
        assert again(thing).live

    def test_an_administrator_accepts_alone_only_if_they_say_so_and_the_history_says_it(self, factory: Any) -> None:
        thing = factory.create(live=False)
        boss = serve(AdministratorFactory.create(), thing)
        state = sent(thing, boss, summary="New.")
        with pytest.raises(OwnMatterError, match="Nobody else can at the moment"):
            accept(thing, state.revision, boss)
        assert entries(thing) == []
        accept(thing, state.revision, boss, alone=True)
        assert again(thing).live
        assert entries(thing) == [(boss, {"revision": state.revision_id, "because": "serves"})]

    def test_saying_so_does_not_help_an_officer(self, factory: Any) -> None:
        thing = factory.create(live=False)
        both = serve(OfficerFactory.create(), thing)
        state = sent(thing, both, summary="New.")
        with pytest.raises(OwnMatterError):
            accept(thing, state.revision, both, alone=True)
        assert (again(thing).live, entries(thing)) == (False, [])

    def test_past_the_pages_it_is_refused_too_and_undone_whole(self, factory: Any) -> None:
        thing = factory.create(live=False)
        both = serve(OfficerFactory.create(), thing)
        state = sent(thing, both, summary="New.")
        with pytest.raises(OwnMatterError):
            state.task.specific.on_action(state, both, "approve")
        assert not again(thing).live

    def test_what_an_administrator_accepted_alone_says_nothing_of_the_next(self, factory: Any) -> None:
        thing = factory.create(live=False)
        boss = serve(AdministratorFactory.create(), thing)
        accept(thing, sent(thing, boss, summary="One.").revision, boss, alone=True)
        redraft(thing, boss, summary="Two.")
        with pytest.raises(OwnMatterError):
            again(thing).latest_revision.publish(user=boss)
        assert again(thing).summary == "One."


def test_who_acts_for_the_host_does_not_accept_it_either_nor_by_moving_it_away(ada: User) -> None:
    host, other = PartnerFactory.create(), PartnerFactory.create()
    thing = OpportunityFactory.create(hosted_by=host, live=False)
    of_host = serve(OfficerFactory.create(), host)
    member = serve(UserFactory.create(), thing)
    with pytest.raises(OwnMatterError):
        accept(thing, sent(thing, member, summary="New.").revision, of_host)
    services.withdraw(again(thing), member)
    redraft(thing, member, hosted_by=other)
    with pytest.raises(OwnMatterError):
        again(thing).latest_revision.publish(user=of_host)
    again(thing).latest_revision.publish(user=ada)
    redraft(thing, member, hosted_by=host)
    with pytest.raises(OwnMatterError):
        again(thing).latest_revision.publish(user=of_host)


def test_officers_publish_what_they_wrote_for_partners_that_they_do_not_act_for() -> None:
    officer = OfficerFactory.create()
    thing = OpportunityFactory.create(live=False)
    opportunities.publish(thing, officer)
    assert again(thing).live


def test_who_can_is_named_officers_first_and_a_few_of_them() -> None:
    partner = PartnerFactory.create(name="Foundry Lane")
    both = serve(OfficerFactory.create(), partner)
    assert why_not_by(UserFactory.create(), partner) == ""
    AdministratorFactory.create(first_name="Zoe", last_name="Aaron")
    for name in ("Archer", "Baker", "Carter", "Dyer"):
        OfficerFactory.create(first_name="Ada", last_name=name)
    OfficerFactory.create(is_active=False)
    assert why_not_by(both, partner) == (
        "You act for Foundry Lane, so somebody else has to make this public. "
        "Ada Archer, Ada Baker, Ada Carter and 2 others can accept it."
    )


VOUCHING: list[Callable[[Partner, User], object]] = [
    lambda partner, user: services.record_assurance(
        partner, AssuranceKind.RISK_ASSESSMENT, seen_on=timezone.localdate(), expires=None, seen_by=user
    ),
    lambda partner, user: services.lift_suspension(partner, user, "All is well."),
    lambda partner, user: opportunities.decide_safeguarding(
        OpportunityFactory.create(offered_by=partner), user, accepted=True, reason="Two adults."
    ),
]


@pytest.mark.parametrize("vouch", VOUCHING, ids=["document", "suspension", "safeguarding"])
def test_nobody_vouches_for_a_partner_that_they_act_for(vouch: Callable[[Partner, User], object], ada: User) -> None:
    partner = PartnerFactory.create()
    services.suspend(partner, ada, "A call.")
    both, boss = serve(OfficerFactory.create(), partner), serve(AdministratorFactory.create(), partner)
    with pytest.raises(ValidationError, match=r"decide on this\. Ada Archer can do it\."):
        vouch(partner, both)
    vouch(partner, boss)
    entry = ModelLogEntry.objects.get(action=ALONE)
    assert (entry.user, entry.data) == (boss, {"because": "serves"})
