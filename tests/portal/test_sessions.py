"""Dates in the portal that are there: listed; one changed; one cancelled with words; one removed; who may."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from opportunities.models import Session
from opportunities.services import cancel_session
from tests.directory.reading import Page
from tests.factories import (
    OfficerFactory,
    OpportunityFactory,
    PartnerMemberFactory,
    SessionFactory,
    UserFactory,
)
from tests.people import sign_in
from tests.portal.dates import Keeper, days_of, monday, rule

pytestmark = pytest.mark.django_db

WORDS = "The press is broken."


class TestTheList:
    def test_dates_by_what_they_are(self, keeper: Keeper) -> None:
        coming = SessionFactory.create(opportunity=keeper.opportunity, capacity=30, taken=21, waiting=2)
        SessionFactory.create(opportunity=keeper.opportunity, in_days=20, capacity=12, taken=12)
        SessionFactory.create(opportunity=keeper.opportunity, in_days=-20)
        gone = SessionFactory.create(opportunity=keeper.opportunity, in_days=30)
        cancel_session(gone, WORDS)
        page = Page(keeper.client.get(keeper.address))
        assert "Coming 3" in page.text
        assert "Past 1" in page.text
        assert "Cancelled 1" in page.text
        assert "21 of 30" in page.text
        assert "Full, 12 of 12" in page.text
        assert f"{keeper.address}{coming.pk}/cancel/" in page.links.values()
        assert f"{keeper.address}{gone.pk}/cancel/" not in page.links.values()
        past = Page(keeper.client.get(keeper.address, {"which": "past"}))
        assert not any("/cancel/" in address for address in past.links.values())
        assert "No date" not in Page(keeper.client.get(keeper.address, {"which": "cancelled"})).text
        assert Page(keeper.client.get(keeper.address, {"which": "'", "page": "x"})).status == 200

    def test_a_long_list_has_pages_and_a_fixed_number_of_questions(
        self, keeper: Keeper, django_assert_max_num_queries: Any
    ) -> None:
        for n in range(61):
            SessionFactory.create(opportunity=keeper.opportunity, in_days=10 + n)
        with django_assert_max_num_queries(30):
            page = Page(keeper.client.get(keeper.address))
        assert "Coming 61" in page.text
        assert page.html.count("/cancel/") == 60
        assert Page(keeper.client.get(keeper.address, {"page": "2"})).html.count("/cancel/") == 1


class TestOneDate:
    def session(self, keeper: Keeper, **fields: Any) -> tuple[Session, str]:
        session = SessionFactory.create(opportunity=keeper.opportunity, **fields)
        return session, f"{keeper.address}{session.pk}/"

    def sent(self, **fields: Any) -> dict[str, Any]:
        day = monday().isoformat()
        return {"day": day, "last_day": "", "start": "13:00", "end": "15:30", "places": "20", "label": "", **fields}

    def test_it_is_changed_at_once_and_stands_in_the_history(self, keeper: Keeper) -> None:
        session, address = self.session(keeper, taken=12)
        assert keeper.client.post(address, self.sent()).status_code == 302
        session.refresh_from_db()
        assert timezone.localtime(session.starts).date() == monday()
        assert (timezone.localtime(session.ends).hour, session.capacity, session.taken) == (15, 20, 12)
        entry = ModelLogEntry.objects.get(action="opportunities.edit_session")
        assert (entry.user, entry.data["changed"]) == (keeper.user, ["capacity", "ends", "starts"])

    def test_the_form_shows_what_is_there(self, keeper: Keeper) -> None:
        session, address = self.session(keeper, label="Relaxed session")
        html = keeper.client.get(address).content.decode()
        starts = timezone.localtime(session.starts)
        for value in (starts.date().isoformat(), "10:00", "12:00", "30", "Relaxed session"):
            assert f'value="{value}"' in html

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            ({"places": "11"}, "12 places are taken already. Type 12 or more."),
            ({"places": "-3"}, "Type 1 or more"),
            ({"day": ""}, "Type the day."),
            ({"end": "12:59"}, "It ends before it starts."),
            ({"last_day": "2021-01-01"}, "It lies before the first day."),
            ({"last_day": "2090-01-01"}, "within a year of the first"),
            ({"day": "2027-03-28", "start": "01:30"}, "The clocks skip this time"),
        ],
    )
    def test_what_makes_no_sense_is_said_and_kept(self, keeper: Keeper, fields: dict[str, Any], message: str) -> None:
        session, address = self.session(keeper, taken=12)
        page = Page(keeper.client.post(address, self.sent(**fields)))
        assert message in page.text
        assert 'value="13:00"' in page.html or "start" in fields
        assert Session.objects.get().starts == session.starts

    def test_another_one_stands_there_already(self, keeper: Keeper) -> None:
        _, address = self.session(keeper)
        other, _ = self.session(keeper, in_days=30)
        sent = self.sent(day=timezone.localdate(other.starts).isoformat(), start="10:00", end="12:00")
        assert "There is a date already that starts then." in Page(keeper.client.post(address, sent)).text

    def test_a_past_one_is_only_read(self, keeper: Keeper) -> None:
        session, address = self.session(keeper, in_days=-3)
        assert "is past" in Page(keeper.client.post(address, self.sent())).text
        assert Session.objects.get().starts == session.starts


class TestCancelling:
    def test_it_asks_for_words_and_cancels_with_them(self, keeper: Keeper) -> None:
        session = SessionFactory.create(opportunity=keeper.opportunity, taken=30)
        address = f"{keeper.address}{session.pk}/cancel/"
        page = Page(keeper.client.get(address))
        assert "This cannot be undone" in page.text
        assert "30 places are taken." in page.text
        assert "Remove this date" not in page.text
        assert not Session.objects.get().is_cancelled
        response = keeper.client.post(address, {"because": WORDS})
        assert response.status_code == 302
        assert Session.objects.get().cancelled_because == WORDS
        assert "is cancelled" in Page(keeper.client.get(response["Location"])).text
        assert WORDS in Page(keeper.client.get(f"{keeper.address}{session.pk}/")).text
        assert keeper.client.post(address, {"because": "Other words."}).status_code == 302
        assert Session.objects.get().cancelled_because == WORDS

    @pytest.mark.parametrize(("words", "message"), [(" ", "Say in a sentence"), ("x" * 401, "Shorten this")])
    def test_not_without_words_nor_with_too_many(self, keeper: Keeper, words: str, message: str) -> None:
        session = SessionFactory.create(opportunity=keeper.opportunity)
        page = Page(keeper.client.post(f"{keeper.address}{session.pk}/cancel/", {"because": words}))
        assert message in page.text
        assert not Session.objects.get().is_cancelled

    def test_one_in_which_nobody_has_a_place_may_be_removed_instead(self, keeper: Keeper) -> None:
        free = SessionFactory.create(opportunity=keeper.opportunity)
        taken = SessionFactory.create(opportunity=keeper.opportunity, in_days=20, taken=1)
        assert "Remove this date" in Page(keeper.client.get(f"{keeper.address}{free.pk}/cancel/")).text
        assert keeper.client.get(f"{keeper.address}{free.pk}/remove/").status_code == 405
        refused = keeper.client.post(f"{keeper.address}{taken.pk}/remove/", follow=True)
        assert "Places are taken in this session." in Page(refused).text
        keeper.client.post(f"{keeper.address}{free.pk}/remove/")
        assert list(Session.objects.all()) == [taken]


class TestWhoMay:
    """Only those who act for the partner that offers it; for others there is no such page, and nothing changes."""

    def addresses(self, keeper: Keeper, session: Session) -> list[str]:
        return [keeper.address, *(f"{keeper.address}{session.pk}/{step}" for step in ("", "cancel/", "remove/"))]

    def test_another_partner_s_dates_are_not_there(self, keeper: Keeper, client: Client) -> None:
        session = SessionFactory.create(opportunity=keeper.opportunity)
        before = Session.objects.values().get()
        stranger = PartnerMemberFactory.create()
        for user in (stranger, UserFactory.create()):
            sign_in(client, user)
            for address in self.addresses(keeper, session):
                assert (
                    client.post(address, {**rule(), "date": days_of(monday(), 0), "because": WORDS}).status_code == 404
                )
        assert Session.objects.values().get() == before

    def test_not_by_the_address_of_an_own_partner_or_opportunity_either(self, keeper: Keeper) -> None:
        foreign = SessionFactory.create()
        own = OpportunityFactory.create(offered_by=keeper.partner)
        base = f"/portal/{keeper.partner.pk}/opportunities"
        for address in (
            f"{base}/{foreign.opportunity_id}/dates/",
            f"{base}/{foreign.opportunity_id}/dates/{foreign.pk}/cancel/",
            f"{base}/{own.pk}/dates/{foreign.pk}/",
            f"{base}/{own.pk}/dates/{foreign.pk}/cancel/",
        ):
            assert keeper.client.post(address, {**rule(), "because": WORDS}).status_code == 404
            assert keeper.client.get(address).status_code == 404
        assert not Session.objects.get().is_cancelled

    def test_the_host_does_not_keep_the_dates_of_whoever_offers(self, keeper: Keeper, client: Client) -> None:
        hosted = OpportunityFactory.create(hosted_by=keeper.partner)
        address = f"/portal/{keeper.partner.pk}/opportunities/{hosted.pk}/dates/"
        assert client.get(address).status_code == 404


def test_officers_read_afterwards_what_was_changed_without_a_check(keeper: Keeper, client: Client) -> None:
    keeper.add(days_of(monday(), 0, 2))
    first, second = Session.objects.all()
    day = monday().isoformat()
    client.post(f"{keeper.address}{first.pk}/", {"day": day, "start": "10:00", "end": "12:00", "places": "12"})
    client.post(f"{keeper.address}{second.pk}/cancel/", {"because": WORDS})
    sign_in(client, OfficerFactory.create())
    text = Page(client.get("/review/changes/")).text
    assert "Added several sessions, two dates in all, the first: " in text
    assert ", 10am, 12 places" in text
    assert "Cancelled a session: " in text
