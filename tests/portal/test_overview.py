"""The first page of the portal: what waits for whom, how each offer stands, in a fixed number of queries."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opportunities.models import Opportunity
from partners import services
from partners.models import AssuranceKind, Partner
from partners.moderation import return_with_comments
from tests.factories import (
    AssuranceDocumentFactory,
    AssuranceFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    SessionFactory,
    UserFactory,
    assure,
)
from tests.partners.moderating import answer
from tests.portal.pages import Page, Portal
from tests.portal.used import use, weeks_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def portal() -> Portal:
    partner = PartnerFactory.create(name="Tallowgate Print Rooms", confirmed_on=timezone.localdate())
    assure(partner)
    return Portal(partner)


def offer(portal: Portal, title: str, **fields: object) -> Opportunity:
    found: Opportunity = OpportunityFactory.create(title=title, offered_by=portal.partner, **fields)
    return found


def sent(opportunity: Opportunity) -> Opportunity:
    services.submit(opportunity, UserFactory.create())
    return opportunity


def table(page: Page) -> dict[str, tuple[str, str]]:
    """Title -> state and what comes next."""
    rows = page.soup.select("#offers-h ~ table tbody tr")
    cells = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in rows]
    return {row[0]: (row[1], row[2]) for row in cells}


def tabs(page: Page) -> list[str]:
    return [each.get_text(" ", strip=True) for each in page.soup.select(".ff-tablinks a")]


class TestTable:
    """Each opportunity with its state and what comes next."""

    def test_every_state_has_its_word_and_its_tab(self, portal: Portal) -> None:
        two = offer(portal, "Two dates", availability="dated")
        SessionFactory.create(opportunity=two, in_days=5, capacity=30, taken=20)
        SessionFactory.create(opportunity=two, in_days=6, capacity=30, taken=25)
        full = offer(portal, "Full one", availability="dated")
        SessionFactory.create(opportunity=full, in_days=5, capacity=30, taken=30, waiting=4)
        gone = offer(portal, "Gone", availability="dated")
        SessionFactory.create(opportunity=gone, in_days=-5)
        offer(portal, "No dates", availability="dated")
        offer(portal, "On request", availability="on_request")
        sent(offer(portal, "Sent", live=False))
        answer(sent(offer(portal, "Returned", live=False)), "reject", "Say what adults must do.")
        offer(portal, "Draft", live=False)
        page = portal.open()
        found = table(page)
        assert found["Two dates"] == ("Live", "2 dates, 15 places left")
        assert found["Full one"][0] == "Full"
        assert found["Full one"][1].endswith("full, 4 waiting")
        assert found["Gone"][0] == "Ended"
        assert found["No dates"] == ("Live", "No dates yet")
        assert found["On request"] == ("Live", "Dates on request")
        assert found["Sent"][0] == "Being checked"
        assert found["Returned"] == ("Changes asked for", "Say what adults must do.")
        assert found["Draft"][0] == "Draft"
        assert tabs(page) == ["All 8", "Live 4", "Full 1", "Waiting on you 2", "Waiting on us 1", "Ended 1"]

    @pytest.mark.parametrize(
        ("tab", "titles"),
        [
            ("live", {"Shown"}),
            ("you", {"Draft", "Shown"}),
            ("us", {"Sent"}),
            ("ended", set()),
            ("nonsense", {"Shown", "Draft", "Sent"}),
        ],
    )
    def test_a_tab_shows_its_own(self, portal: Portal, tab: str, titles: set[str]) -> None:
        offer(portal, "Shown", has_unpublished_changes=True)
        offer(portal, "Draft", live=False)
        sent(offer(portal, "Sent", live=False))
        page = portal.open(f"?state={tab}")
        assert set(table(page)) == titles
        assert page.status == 200

    def test_a_lapsed_document_says_what_it_hides(self, portal: Portal) -> None:
        offer(portal, "Visit", kind="visit")
        assert table(portal.open())["Visit"][0] == "Live"
        portal.partner.assurances.all().delete()
        AssuranceFactory.create(partner=portal.partner, kind=AssuranceKind.PUBLIC_LIABILITY, in_days=-1)
        page = portal.open()
        assert table(page)["Visit"] == ("Hidden", "Public liability insurance has lapsed")
        assert "Lapsed" in page.text
        assert "Waiting on you 1" in tabs(page)

    def test_one_hosted_elsewhere_goes_by_its_host_s_documents(self, portal: Portal) -> None:
        portal.partner.assurances.all().delete()
        AssuranceFactory.create(partner=portal.partner, kind=AssuranceKind.PUBLIC_LIABILITY, in_days=-1)
        host = PartnerFactory.create()
        assure(host)
        offer(portal, "Elsewhere", kind="visit", hosted_by=host)
        assert table(portal.open())["Elsewhere"][0] == "Live"

    def test_views_are_those_of_the_statistics(self, portal: Portal) -> None:
        opportunity = offer(portal, "Seen")
        use(opportunity, weeks_ago(1), views=7)
        use(opportunity, weeks_ago(2), views=2)
        page = portal.open()
        assert "8 to 11" in page.one("#offers-h ~ table").text
        assert "8 to 11 views in 13 weeks" in page.text

    def test_many_are_told_on_pages(self, portal: Portal) -> None:
        OpportunityFactory.create_batch(27, offered_by=portal.partner)
        assert len(table(portal.open())) == 25
        assert len(table(portal.open("?page=2"))) == 2
        assert len(table(portal.open("?page=99999999999999999999"))) == 2
        assert len(table(portal.open("?page=x"))) == 25
        assert portal.open("?state=live").one(".govuk-pagination__next a")["href"] == "?state=live&page=2"


class TestWaiting:
    """What waits for whom."""

    def test_what_came_back_stands_first_with_the_officer_s_words(self, portal: Portal) -> None:
        offer(portal, "A draft", live=False)
        answer(sent(offer(portal, "Returned", live=False)), "reject", "Say what adults must do.")
        page = portal.open()
        assert "Two things wait for you" in page.text
        told = [each.get_text(" ", strip=True) for each in page.soup.select("#you-h ~ ul li")]
        assert told[0].startswith("Returned Changes asked for Say what adults must do.")
        assert told[1].startswith("A draft Draft")

    def test_what_officers_say_of_a_line_is_told_where_they_say_nothing_of_the_whole(self, portal: Portal) -> None:
        opportunity = sent(offer(portal, "Returned", live=False))
        state = Opportunity.objects.get(pk=opportunity.pk).current_workflow_task_state
        assert state is not None
        return_with_comments(opportunity, state.revision, OfficerFactory.create(), {"summary": "Say for whom."})
        page = portal.open()
        assert table(page)["Returned"] == ("Changes asked for", "Say for whom.")
        assert page.links("Returned")[0].endswith("/returned/")

    def test_the_own_page_waits_like_the_rest(self, portal: Portal) -> None:
        partner = Partner.objects.get(pk=portal.partner.pk)
        draft = partner.get_latest_revision_as_object()
        draft.summary = "Another."
        services.keep_draft(draft, portal.user, seen=None)
        assert "One thing waits for you" in portal.open().text
        services.submit(partner, portal.user)
        page = portal.open()
        assert "One thing waits for the officers" in page.text
        answer(partner, "reject", "Which press?")
        assert "Which press?" in portal.open().text

    def test_of_many_the_first_are_told_and_the_rest_counted(self, portal: Portal) -> None:
        OpportunityFactory.create_batch(9, offered_by=portal.partner, live=False)
        page = portal.open()
        assert "Nine things wait for you" in page.text
        assert len(page.soup.select("#you-h ~ ul li")) == 5
        assert "with 4 more" in page.text

    def test_with_nothing_to_do_no_block_is_there(self, portal: Portal) -> None:
        page = portal.open()
        assert [each["id"] for each in page.soup.select("main h2")] == ["offers-h"]

    def test_documents_that_lapse_soon_or_are_missing_are_told(self, portal: Portal) -> None:
        portal.partner.assurances.all().delete()
        AssuranceFactory.create(partner=portal.partner, kind=AssuranceKind.SAFEGUARDING_POLICY, in_days=30)
        offer(portal, "Placement", kind="placement")
        told = [each.get_text(" ", strip=True) for each in portal.open().soup.select("#papers-h ~ ul li, .ff-waits li")]
        day = timezone.localdate() + timedelta(days=30)
        assert any(f"Its last day is {day.day} {day:%B} {day.year}" in each for each in told)
        assert any("Not seen yet" in each for each in told)

    def test_a_document_that_came_back_is_told_and_one_that_is_being_checked_is_not_asked_for(
        self, portal: Portal
    ) -> None:
        lapsing, returned = AssuranceKind.SAFEGUARDING_POLICY, AssuranceKind.RISK_ASSESSMENT
        portal.partner.assurances.filter(kind=lapsing).delete()
        AssuranceFactory.create(partner=portal.partner, kind=lapsing, in_days=30)
        AssuranceDocumentFactory.create(partner=portal.partner, kind=lapsing)
        AssuranceDocumentFactory.create(partner=portal.partner, kind=returned, state="returned")
        page = portal.open()
        checked, back = page.soup.select("#papers-h ~ ul li, section[aria-labelledby=papers-h] li")
        assert "Being checked" in checked.text
        assert not checked.select("a")
        assert "Returned" in back.text
        assert back.select_one(f'a[href="{portal.at("documents/")}?what={returned}#send"]')


class TestFreshness:
    """First of all: is everything still right?"""

    def confirmed(self, portal: Portal, days_ago: int | None, **fields: object) -> Page:
        day = timezone.localdate() - timedelta(days=days_ago) if days_ago is not None else None
        for field, value in ({"confirmed_on": day} | fields).items():
            setattr(portal.partner, field, value)
        portal.partner.save()
        return portal.open()

    @pytest.mark.parametrize(
        ("days_ago", "said"),
        [(174, "You last confirmed your details 174 days ago."), (None, "You have not confirmed your details yet.")],
    )
    def test_it_is_asked_in_time_and_one_click_says_so(self, portal: Portal, days_ago: int | None, said: str) -> None:
        page = self.confirmed(portal, days_ago)
        assert said in page.text
        assert page.one("main h2")["id"] == "fresh-h"
        portal.post("confirm/")
        assert Partner.objects.get(pk=portal.partner.pk).confirmed_on == timezone.localdate()
        assert "Is everything still right?" not in portal.open().text

    def test_it_is_not_asked_too_soon(self, portal: Portal) -> None:
        assert "Is everything still right?" not in self.confirmed(portal, 149).text
        assert "Is everything still right?" in self.confirmed(portal, 150).text

    def test_that_it_leaves_or_has_left_is_said_first(self, portal: Portal) -> None:
        today = timezone.localdate()
        leaves = today + timedelta(days=18)
        page = self.confirmed(portal, 190, warned_on=today - timedelta(days=10))
        assert f"from {leaves.day} {leaves:%B %Y}" in page.text
        offer(portal, "Unseen")
        page = self.confirmed(portal, 250, hidden_on=today - timedelta(days=3))
        assert "One click shows them again as they were." in page.text
        assert table(page)["Unseen"][0] == "Taken down"


class TestCost:
    """The page costs the same however much a partner offers."""

    def queries(self, portal: Portal) -> int:
        with CaptureQueriesContext(connection) as made:
            assert portal.open().status == 200
        return len(made)

    def test_three_hundred_opportunities_cost_no_query_more_than_one(self, portal: Portal) -> None:
        one = offer(portal, "One", availability="dated")
        SessionFactory.create(opportunity=one)
        sent(offer(portal, "Sent", live=False))
        use(one, weeks_ago(1), views=6, searches=1)
        self.queries(portal)
        few = self.queries(portal)
        many = OpportunityFactory.create_batch(300, offered_by=portal.partner, availability="dated")
        for opportunity in many[:20]:
            SessionFactory.create(opportunity=opportunity)
            use(opportunity, weeks_ago(2), views=6, searches=1)
        assert self.queries(portal) == few
        assert few <= 25

    def test_nothing_of_another_partner_is_told(self, portal: Portal) -> None:
        OpportunityFactory.create(title="Their secret", live=False)
        hosted = OpportunityFactory.create(title="Their draft", live=False, hosted_by=portal.partner)
        page = portal.open()
        assert "Their secret" not in page.text
        assert hosted.title not in page.text
