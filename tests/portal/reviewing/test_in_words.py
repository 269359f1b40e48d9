"""Officers read changes in words of the public, whatever field of whatever kind they are in: no stored value stands raw."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from opportunities.kinds import Kind
from opportunities.models import Opportunity
from partners.models import Partner
from tests.factories import OpportunityFactory
from tests.kinds import each_kind
from tests.portal.moderated import sent
from tests.portal.reviewing.pages import change, page_of
from tests.portal.test_wording import others

pytestmark = pytest.mark.django_db
# What a page about others than their own partner, or of the site's own keeping, would need.
NOT_HERE = {"offered_by", "go_live_at", "expire_at", "kind"}


def stored() -> Iterator[str]:
    """Values as the database keeps them, which are nobody's words."""
    for field in Opportunity._meta.fields:
        for value, label in field.flatchoices if field.choices else ():
            if isinstance(value, str) and "_" in value and value != label:
                yield value
    yield from ("True", "False", "Decimal", ".00", "£0")


RAW = re.compile("|".join(rf"(?<![\w]){re.escape(value)}(?![\w])" for value in dict.fromkeys(stored())))


@each_kind
@pytest.mark.parametrize("live", [True, False])
def test_no_stored_value_stands_raw(
    client: Client, officer: User, member: User, partner: Partner, kind: Kind, live: bool
) -> None:
    made = OpportunityFactory.create(kind=kind, offered_by=partner, live=live)
    values: dict[str, Any] = {name: value for name, value in others().items() if name not in NOT_HERE}
    values |= {"title": "Everything anew", "place": "outdoors", "site": None, "year_from": 10, "year_to": 12}
    answer = page_of(client, sent(made, member, **values))
    shown = [pair.get_text(" ", strip=True) for pair in answer.page.select(".ff-change__pair")]
    assert len(shown) > 25
    assert [words for words in shown if RAW.search(words)] == []


@pytest.mark.parametrize(
    ("kept", "typed", "old", "new"),
    [
        ({"cost": "free"}, {"cost": "paid", "cost_amount": Decimal(4), "cost_unit": "pupil"}, "Free", "£4 for each pupil"),
        ({"cost": "paid", "cost_amount": Decimal(4), "cost_unit": "pupil"}, {"cost": "free"}, "£4 for each pupil", "Free"),
        (
            {"cost": "free", "cost_amount": Decimal(0), "cost_unit": "pupil"},
            {"cost": "paid", "cost_amount": Decimal(6), "family_price": Decimal(0)},
            "Free",
            "Free for Family of Schools, others pay £6 for each pupil",
        ),
    ],
)  # fmt: skip
def test_costs_stand_in_the_words_of_the_public_page_old_beside_new(
    client: Client,
    officer: User,
    member: User,
    partner: Partner,
    kept: dict[str, Any],
    typed: dict[str, Any],
    old: str,
    new: str,
) -> None:
    live = OpportunityFactory.create(offered_by=partner, **kept)
    sides = change(page_of(client, sent(live, member, **typed)), "cost").select(".ff-change__pair > div")
    told = [side.get_text("", strip=False).split("\n") for side in sides]
    assert [" ".join(" ".join(lines).split()) for lines in told] == [f"Public now {old}", f"Sent to you {new}"]
