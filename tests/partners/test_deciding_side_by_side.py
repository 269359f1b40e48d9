"""Whoever is quicker: what goes public is what an officer read, and what was lowered stays lower."""

from collections.abc import Callable
from decimal import Decimal
from functools import partial

import pytest
from wagtail.models import TaskState

from accounts.models import User
from opportunities.live_changes import change_live
from opportunities.models import Opportunity
from partners import services
from partners.moderation import Superseded, accept, return_with_comments
from partners.selectors import under_review
from tests.factories import OfficerFactory, OpportunityFactory, PartnerMemberFactory
from tests.portal.moderated import again, redraft, sent
from tests.side_by_side import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 4


def _sent_anew(thing: Opportunity, member: User) -> Callable[[], object]:
    def send() -> None:
        services.withdraw(again(thing), member)
        redraft(thing, member, summary="Sent meanwhile.")
        services.submit(again(thing), member)

    return send


def test_another_version_sent_while_an_officer_accepts() -> None:
    officer, member = OfficerFactory.create(), PartnerMemberFactory.create()
    for _ in range(ROUNDS):
        thing = OpportunityFactory.create(live=False)
        read = sent(thing, member, summary="Read.").revision
        failed = side_by_side(
            partial(accept, thing, read, officer),
            _sent_anew(thing, member),
            refusals=(Superseded,),
        )
        now = again(thing)
        if failed == ["Superseded"]:
            current = under_review(now)
            assert not now.live
            assert current is not None
            assert current.revision.as_object().summary == "Sent meanwhile."
        else:
            assert failed == ["ValidationError"], "it could not be taken back any more"
            assert (now.live, now.summary) == (True, "Read.")


def test_two_officers_decide_once() -> None:
    ada, ben, member = OfficerFactory.create(), OfficerFactory.create(), PartnerMemberFactory.create()
    for _ in range(ROUNDS):
        thing = OpportunityFactory.create(live=False)
        read = sent(thing, member, summary="Read.").revision
        failed = side_by_side(
            partial(accept, thing, read, ada),
            partial(return_with_comments, thing, read, ben, {"summary": "Shorter."}),
            refusals=(Superseded,),
        )
        assert failed == ["Superseded"]
        accepted = TaskState.objects.filter(revision=read, status=TaskState.STATUS_APPROVED).exists()
        assert again(thing).live is accepted


def test_a_price_lowered_while_an_officer_accepts_stays_lower() -> None:
    officer, member = OfficerFactory.create(), PartnerMemberFactory.create()
    for _ in range(ROUNDS):
        thing = OpportunityFactory.create(cost="paid", cost_amount="6.00", cost_unit="pupil")
        read = sent(thing, member, summary="Read.").revision
        failed = side_by_side(
            partial(accept, thing, read, officer),
            partial(change_live, thing, {"cost_amount": Decimal(4)}, member),
        )
        assert failed == []
        assert (again(thing).summary, again(thing).cost_amount) == ("Read.", Decimal(4))
        assert again(thing).get_latest_revision_as_object().cost_amount == Decimal(4)
