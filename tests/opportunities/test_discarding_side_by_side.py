"""Whoever is quicker: an officer who accepts, or a partner's people who take back and discard."""

from collections.abc import Callable
from functools import partial

import pytest

from accounts.models import User
from opportunities import discarding
from opportunities.models import Opportunity
from partners import services
from partners.moderation import Superseded, accept
from partners.services import EditedMeanwhile
from tests.factories import OfficerFactory, OpportunityFactory, PartnerMemberFactory
from tests.portal.moderated import again, redraft, sent
from tests.side_by_side import side_by_side

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 3


def _take_back_and_discard(thing: Opportunity, member: User, seen: int) -> Callable[[], object]:
    def act() -> None:
        services.withdraw(again(thing), member)
        discarding.discard(again(thing), member, seen=seen)

    return act


@pytest.mark.parametrize("live", [False, True])
def test_an_officer_accepts_while_it_is_taken_back_and_discarded(live: bool) -> None:
    officer, member = OfficerFactory.create(), PartnerMemberFactory.create()
    for _ in range(ROUNDS):
        thing = OpportunityFactory.create(live=live, summary="Before.")
        read = sent(thing, member, summary="Read.").revision
        failed = side_by_side(
            partial(accept, thing, read, officer),
            _take_back_and_discard(thing, member, read.pk),
            refusals=(Superseded,),
        )
        if failed == ["Superseded"]:
            left = Opportunity.objects.filter(pk=thing.pk)
            assert [each.summary for each in left] == (["Before."] if live else [])
        else:
            assert failed == ["ValidationError"], "it could not be taken back any more"
            assert (again(thing).live, again(thing).summary) == (True, "Read.")


def test_two_colleagues_discard_once() -> None:
    ada, ben = PartnerMemberFactory.create(), PartnerMemberFactory.create()
    for _ in range(ROUNDS):
        thing = OpportunityFactory.create(summary="Before.")
        redraft(thing, ada, summary="After.")
        seen = again(thing).latest_revision_id
        failed = side_by_side(
            *(partial(discarding.discard, thing, each, seen=seen) for each in (ada, ben)), refusals=(EditedMeanwhile,)
        )
        assert failed == ["ValidationError"]
        assert again(thing).get_latest_revision_as_object().summary == "Before."


def test_a_colleague_saves_while_it_is_discarded() -> None:
    ada, ben = PartnerMemberFactory.create(), PartnerMemberFactory.create()
    for _ in range(ROUNDS):
        thing = OpportunityFactory.create(summary="Before.")
        redraft(thing, ada, summary="After.")
        seen = again(thing).latest_revision_id
        hers = again(thing).get_latest_revision_as_object()
        hers.summary = "Hers."
        failed = side_by_side(
            partial(discarding.discard, thing, ada, seen=seen),
            partial(services.keep_draft, hers, ben, seen=seen),
            refusals=(EditedMeanwhile,),
        )
        assert failed == ["EditedMeanwhile"]
        assert again(thing).summary == "Before."
        assert again(thing).get_latest_revision_as_object().summary in {"Before.", "Hers."}
