"""Partners lower a price, or move the last day to apply, and it is public at once."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from opportunities.models import Opportunity
from tests.cms import Answer, Form
from tests.factories import OpportunityFactory, PartnerMemberFactory
from tests.people import sign_in
from tests.portal.moderated import again

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client: Client) -> User:
    return sign_in(client, PartnerMemberFactory.create())


@pytest.fixture
def live(member: User) -> Opportunity:
    return OpportunityFactory.create(
        offered_by=member.partner_memberships.get().partner, cost="paid", cost_amount="6.00", cost_unit="pupil"
    )


def address(opportunity: Opportunity) -> str:
    return f"/portal/{opportunity.offered_by_id}/opportunities/{opportunity.pk}/price/"


def form_of(client: Client, opportunity: Opportunity) -> Form:
    return Form(Answer(client.get(address(opportunity))).page, address(opportunity))


def send(client: Client, form: Form) -> Answer:
    return Answer(client.post(form.address, form.fields, follow=True))


def test_a_lower_price_and_another_last_day_are_public_at_once(client: Client, member: User, live: Opportunity) -> None:
    form = form_of(client, live)
    day = timezone.localdate() + timedelta(days=20)
    form["cost_amount"], form["deadline"] = "4.50", day.isoformat()
    assert "The public sees it now." in send(client, form).said
    assert (again(live).cost_amount, again(live).deadline) == (Decimal("4.50"), day)
    assert form_of(client, live)["deadline"] == day.isoformat()


def test_the_page_of_a_live_offer_leads_there(client: Client, member: User, live: Opportunity) -> None:
    page = Answer(client.get(f"/portal/{live.offered_by_id}/opportunities/{live.pk}/"))
    assert page.one(f'a[href="{address(live)}"]')


def test_what_was_not_typed_anew_stays_as_others_changed_it(client: Client, member: User, live: Opportunity) -> None:
    form = form_of(client, live)
    form["cost"] = "free"
    send(client, form)
    assert again(live).cost == "free"
    assert again(live).cost_amount is None


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"cost_amount": "7"}, "A price may only get lower this way."),
        ({"cost_amount": "four"}, "Type pounds in figures"),
        ({"deadline": "soon"}, "Type a day"),
        ({"deadline": "2020-01-01"}, "This day has passed."),
        ({"cost": "cheap"}, "Choose one from the list."),
        ({"cost_amount": "NaN"}, "Type pounds in figures"),
        ({"cost_amount": "-1"}, "greater than or equal to 0"),
    ],
)
def test_what_is_refused_is_said_by_its_field_and_kept(
    client: Client, member: User, live: Opportunity, typed: dict[str, str], message: str
) -> None:
    form = form_of(client, live)
    for name, value in typed.items():
        form[name] = value
    answer = send(client, form)
    assert message in answer.one(".govuk-error-summary").text
    assert answer.one(str(answer.one(".govuk-error-summary a")["href"]))
    assert again(live).cost_amount == Decimal(6)
    assert again(live).deadline is None


def test_only_their_own_live_offers(client: Client, member: User, live: Opportunity) -> None:
    partner = live.offered_by
    draft = OpportunityFactory.create(offered_by=partner, live=False)
    other = OpportunityFactory.create()
    for opportunity in (draft, other):
        path = f"/portal/{partner.pk}/opportunities/{opportunity.pk}/price/"
        assert client.get(path).status_code == 404
        assert client.post(path, {"cost": "free"}).status_code == 404
    assert client.get(address(other)).status_code == 404
    assert again(other).cost == other.cost
