"""The last day to apply and a lower price change at once on a live offer, and nothing that waits undoes it."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry, Revision

from accounts.models import User
from opportunities.live_changes import change_live
from opportunities.models import Opportunity
from opportunities.prices import Price, is_lower
from partners.moderation import accept
from partners.selectors import under_review
from tests.factories import OfficerFactory, OpportunityFactory, PartnerMemberFactory
from tests.numbers import examples
from tests.portal.moderated import again, redraft, sent

pytestmark = pytest.mark.django_db
PAID = {"cost": "paid", "cost_amount": Decimal("6.00"), "cost_unit": "pupil", "family_price": Decimal("2.00")}
FOUR = {"cost_amount": Decimal("4.00")}

amounts = st.none() | st.integers(0, 9).map(Decimal)
prices = st.builds(
    Price, st.sampled_from(Opportunity.Cost.values), amounts, st.sampled_from(["pupil", "group", ""]), amounts
)


@pytest.fixture
def member() -> User:
    return PartnerMemberFactory.create()


@pytest.fixture
def live(member: User) -> Opportunity:
    return OpportunityFactory.create(offered_by=member.partner_memberships.get().partner, **PAID)


def amounts_in(thing: Opportunity) -> tuple[Any, Any]:
    """The price that is public, and that of the latest draft."""
    return again(thing).cost_amount, again(thing).get_latest_revision_as_object().cost_amount


class TestLower:
    """A price is lower if nobody pays more and somebody pays less."""

    @given(prices)
    @examples(100, 3000)
    def test_none_is_lower_than_itself_or_than_nothing(self, price: Price) -> None:
        assert not is_lower(price, price)
        assert not is_lower(price, Price("free"))

    @given(prices, prices)
    @examples(200, 5000)
    def test_not_both_ways(self, one: Price, other: Price) -> None:
        assert not (is_lower(one, other) and is_lower(other, one))

    @given(prices, prices, prices)
    @examples(300, 8000)
    def test_lower_than_what_is_lower_is_lower(self, one: Price, two: Price, three: Price) -> None:
        if is_lower(one, two) and is_lower(two, three) and (one.is_free or one.cost_unit == three.cost_unit):
            assert is_lower(one, three)

    @pytest.mark.parametrize(
        ("new", "lower"),
        [
            (Price("paid", Decimal(4), "pupil", Decimal(2)), True),
            (Price("paid", Decimal(7), "pupil", Decimal(0)), False),
            (Price("paid", Decimal(6), "group", Decimal(2)), False),
            (Price("paid", Decimal(5), "pupil", None), False),
            (Price("paid", Decimal(6), "pupil", Decimal(0)), True),
            (Price("free_if_eligible", Decimal(6), "pupil", Decimal(2)), True),
            (Price("free_if_eligible", Decimal(9), "pupil", Decimal(2)), False),
            (Price("free"), True),
        ],
    )
    def test_against_six_pounds_a_pupil_and_two_for_the_family(self, new: Price, lower: bool) -> None:
        assert is_lower(new, Price("paid", Decimal(6), "pupil", Decimal(2))) is lower


class TestChanging:
    """At once in the public version and in whatever waits to take its place."""

    def test_without_any_draft(self, live: Opportunity, member: User) -> None:
        change_live(live, FOUR, member)
        assert amounts_in(live) == (Decimal(4), Decimal(4))
        entry = ModelLogEntry.objects.get(action="opportunities.change_live")
        assert (entry.user, entry.data) == (member, {"changed": {"cost_amount": ["6.00", "4.00"]}})

    def test_a_draft_keeps_what_else_it_says(self, live: Opportunity, member: User) -> None:
        redraft(live, member, summary="Another sentence.")
        before = again(live).latest_revision_id
        change_live(live, FOUR, member)
        assert amounts_in(live) == (Decimal(4), Decimal(4))
        draft = again(live).get_latest_revision_as_object()
        assert (draft.summary, again(live).latest_revision_id) == ("Another sentence.", before)
        assert again(live).summary != "Another sentence."

    def test_accepting_what_was_read_before_does_not_undo_it(self, live: Opportunity, member: User) -> None:
        state = sent(live, member, summary="Read.")
        change_live(live, {**FOUR, "deadline": timezone.localdate() + timedelta(days=9)}, member)
        assert under_review(again(live)) == state, "officers still have before them what they read"
        accept(live, state.revision, OfficerFactory.create())
        kept = again(live)
        assert (kept.summary, kept.cost_amount) == ("Read.", Decimal(4))
        assert kept.deadline == timezone.localdate() + timedelta(days=9)

    def test_a_revision_under_review_is_changed_even_if_a_later_draft_stands(
        self, live: Opportunity, member: User
    ) -> None:
        officer = OfficerFactory.create()
        state = sent(live, member, summary="Read.")
        later = again(live).get_latest_revision_as_object()
        later.summary = "Later."
        later.save_revision(user=officer)
        change_live(live, FOUR, member)
        accept(live, state.revision, officer)
        assert amounts_in(live) == (Decimal(4), Decimal(4))

    def test_what_is_scheduled_does_not_undo_it(self, live: Opportunity, member: User) -> None:
        again(live).save_revision().publish()
        draft = again(live)
        draft.go_live_at = timezone.now() + timedelta(days=2)
        draft.save_revision().publish()
        again(live).save_revision()
        change_live(live, FOUR, member)
        scheduled = Revision.objects.get(approved_go_live_at__isnull=False)
        assert scheduled.as_object().cost_amount == Decimal(4)

    def test_what_was_public_before_stays_in_the_history(self, live: Opportunity, member: User) -> None:
        old = again(live).save_revision()
        again(live).save_revision().publish()
        change_live(live, FOUR, member)
        assert Revision.objects.get(pk=old.pk).as_object().cost_amount == Decimal(6)
        assert Revision.objects.get(pk=again(live).live_revision_id).as_object().cost_amount == Decimal(4)

    def test_free_clears_the_amounts(self, live: Opportunity, member: User) -> None:
        change_live(live, {"cost": "free"}, member)
        kept = again(live)
        assert (kept.cost, kept.cost_amount, kept.cost_unit, kept.family_price) == ("free", None, "", None)

    def test_the_same_again_is_no_change(self, live: Opportunity, member: User) -> None:
        change_live(live, {"cost_amount": Decimal(6), "deadline": None}, member)
        assert not ModelLogEntry.objects.filter(action="opportunities.change_live").exists()

    @pytest.mark.parametrize(
        ("changes", "message"),
        [
            ({"cost_amount": Decimal(7)}, "A price may only get lower"),
            ({"cost_amount": Decimal(-1)}, "greater than or equal to 0"),
            ({"cost_amount": Decimal(0)}, "Type what it costs"),
            ({"family_price": None}, "A price may only get lower"),
            ({"cost": "nonsense"}, "not a valid choice"),
            ({"deadline": timezone.localdate() - timedelta(days=1)}, "This day has passed"),
            ({"title": "Another"}, "needs a check by officers"),
            ({"group_max": 60, **FOUR}, "needs a check by officers"),
        ],
    )
    def test_everything_else_is_refused_and_changes_nothing(
        self, live: Opportunity, member: User, changes: dict[str, Any], message: str
    ) -> None:
        redraft(live, member, summary="Another sentence.")
        with pytest.raises(ValidationError, match=message):
            change_live(live, changes, member)
        assert amounts_in(live) == (Decimal(6), Decimal(6))
        assert again(live).title == live.title

    def test_a_draft_is_changed_by_its_own_form(self, member: User) -> None:
        draft = OpportunityFactory.create(live=False, **PAID)
        with pytest.raises(ValidationError, match="not public now"):
            change_live(draft, FOUR, member)
