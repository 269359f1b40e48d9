"""Officers see what waits for them and what was changed without a check; nobody else does."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from opportunities import services as opportunities
from opportunities.live_changes import change_live
from opportunities.models import Opportunity
from partners.models import Partner, Publishable
from partners.selectors import under_review
from tests.cms import Answer
from tests.factories import (
    OpportunityFactory,
    PartnerFactory,
    SessionFactory,
)
from tests.people import sign_in
from tests.portal.moderated import again, sent

pytestmark = pytest.mark.django_db


class TestTheLists:
    """What waits, and what was changed without a check."""

    def test_the_longest_wait_comes_first_with_who_sent_what(
        self, client: Client, officer: User, member: User, partner: Partner, live: Opportunity
    ) -> None:
        sent(live, member, title="Changed")
        sent(partner, member, summary="Another sentence.")
        sent(OpportunityFactory.create(offered_by=partner, live=False), member, title="Brand new")
        answer = Answer(client.get("/review/"))
        page = answer.page
        assert [each.text for each in page.select("main h2")] == ["Changed", partner.name, "Brand new"]
        kinds = [each.text for each in page.select("main .ff-waiting .ff-fine")]
        assert kinds[1:] == ["Partner page, changes", "Cultural visit or workshop, new"]
        assert answer.one(".ff-count").text == "3 waiting"
        assert answer.one("h1").text == "Three things to check"

    def test_many_that_wait_cost_no_more_queries_than_few_and_are_paged(
        self, client: Client, officer: User, member: User
    ) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as caught:
                client.get("/review/")
            return len(caught)

        for number in range(2):
            sent(OpportunityFactory.create(live=False), member, title=f"Number {number}")
        queries()
        few = queries()
        for number in range(2, 27):
            sent(OpportunityFactory.create(live=False), member, title=f"Number {number}")
        assert queries() == few
        assert len(Answer(client.get("/review/")).page.select(".ff-waiting__item")) == 25
        second = Answer(client.get("/review/?page=2")).page
        assert [each.text for each in second.select("main h2")] == ["Number 25", "Number 26"]

    def test_nothing_waits(self, client: Client, officer: User) -> None:
        assert Answer(client.get("/review/")).one("h1").text == "Nothing to check"

    def test_the_cms_leads_here(self, client: Client, officer: User, member: User, live: Opportunity) -> None:
        state = sent(live, member, title="Changed")
        page = Answer(client.get("/admin/")).page
        for path in ("/review/", "/review/changes/", f"/review/{state.pk}/"):
            assert page.select_one(f'main a[href="{path}"]') is not None

    def test_what_partners_change_without_a_check_is_listed_and_what_officers_do_is_not(
        self, client: Client, officer: User, member: User, partner: Partner
    ) -> None:
        live = OpportunityFactory.create(offered_by=partner, cost="paid", cost_amount="6.00", cost_unit="pupil")
        change_live(live, {"cost_amount": 4, "deadline": timezone.localdate() + timedelta(days=9)}, member)
        session = SessionFactory.create(opportunity=live)
        opportunities.set_places(session, capacity=12, taken=0, user=member)
        opportunities.set_places(session, capacity=99, taken=0, user=officer)
        starts = timezone.now() + timedelta(days=20)
        opportunities.add_session(live, starts=starts, ends=starts + timedelta(hours=1), user=member)
        later = starts + timedelta(days=9)
        opportunities.edit_session(session, {"starts": later, "ends": later + timedelta(hours=2)}, member)
        many = [
            opportunities.NewSession(starts + timedelta(days=day), starts + timedelta(days=day, hours=1), 30)
            for day in (1, 2)
        ]
        opportunities.add_sessions(live, many, member)
        draft = OpportunityFactory.create(offered_by=partner, live=False)
        opportunities.add_session(draft, starts=starts, ends=starts + timedelta(hours=1), user=member)
        page = Answer(client.get("/review/changes/")).page
        lines = [each.get_text(" ", strip=True) for each in page.select(".ff-waiting__item")]
        said = ["two dates in all, the first: ", "(when it ends and when it begins)"]
        said += ["Added a session: ", ", 12 places", "Price: £6 to £4"]
        assert [words in line for words, line in zip(said, lines, strict=True)] == [True] * 5, lines
        assert "Last day to apply: " in lines[-1]
        assert ", none before" in lines[-1]
        assert all(f"Ines Falk for {partner.name}" in line for line in lines)

    def test_many_changes_are_paged(self, client: Client, officer: User, member: User, live: Opportunity) -> None:
        session = SessionFactory.create(opportunity=live)
        for capacity in range(30):
            opportunities.set_places(session, capacity=capacity, taken=0, user=member)
        assert len(Answer(client.get("/review/changes/")).page.select(".ff-waiting__item")) == 25
        second = Answer(client.get("/review/changes/?page=2")).page
        assert len(second.select(".ff-waiting__item")) == 5
        assert client.get("/review/changes/?page=nonsense").status_code == 200


@pytest.mark.parametrize("factory", [PartnerFactory, OpportunityFactory])
def test_only_officers_see_any_of_it(client: Client, member: User, factory: Any) -> None:
    thing: Publishable = factory.create()
    state = sent(thing, member, summary="Read.")
    sign_in(client, member)
    for path in ("/review/", "/review/changes/", f"/review/{state.pk}/"):
        assert client.get(path).status_code == 403
    assert client.post(f"/review/{state.pk}/", {"verdict": "accept", "revision": state.revision_id}).status_code == 403
    assert under_review(again(thing)) == state
