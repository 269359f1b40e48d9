"""What a request leaves behind, and what it never does: break or delay the page."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.http import ConditionalGetMiddleware
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from directory import previews
from engagement import middleware
from engagement.catalogue import CATALOGUE, EventName
from engagement.drops import drops
from engagement.events import Happening
from engagement.middleware import RecordEngagement
from engagement.models import DroppedEvents, Event
from engagement.noting import note, noted
from engagement.patience import LOCK_MS, short_transaction
from engagement.selectors import dropped_events
from engagement.services import record, record_or_drop, record_past
from engagement.tokens import new_token
from opportunities.models import Opportunity
from partners.models import Partner
from schools.models import SchoolMembership
from tests.factories import (
    AdministratorFactory,
    AdviserFactory,
    EditorFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerMemberFactory,
    TeacherFactory,
    UserFactory,
)
from tests.people import sign_in
from tests.visitors import BROWSER, CRAWLER, end

pytestmark = pytest.mark.django_db

#: A page may wait so long for a lock, and a busy machine for its turn.
IN_TIME_SECONDS = 1.5


def names() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("name", flat=True))


def view(client: Client, of: Opportunity | Partner, **headers: str) -> Any:
    return client.get(of.get_absolute_url(), headers=headers)


@contextmanager
def counted_queries() -> Iterator[list[dict[str, str]]]:
    asked: list[dict[str, str]] = []
    with CaptureQueriesContext(connection) as context:
        yield asked
    asked += context.captured_queries


def test_a_view_is_counted_once_and_tells_of_nobody(client: Client) -> None:
    opportunity = OpportunityFactory.create()
    token = new_token("asked").at(2)
    for _ in range(2):
        assert client.get(opportunity.get_absolute_url(), {"s": token.sign()}).status_code == 200
    (event,) = Event.objects.all()
    assert (event.name, event.search, event.rank) == ("opportunity_viewed", token.search, 2)
    assert (event.opportunity_id, event.partner_id) == (opportunity.pk, opportunity.offered_by_id)
    assert (event.visitor, event.surface, event.terms, event.data) == ("", "site", "", {})
    assert abs(event.at - timezone.now()) < timedelta(minutes=1)
    # Without a search each view counts.
    for _ in range(2):
        view(client, opportunity)
    assert Event.objects.count() == 3


def test_what_is_not_counted_costs_no_query_more(client: Client) -> None:
    opportunity = OpportunityFactory.create()
    with counted_queries() as plain:
        view(client, opportunity)
    with counted_queries() as crawled:
        Client(headers=CRAWLER).get(opportunity.get_absolute_url())
    with counted_queries() as reloaded:
        view(client, opportunity, **{"cache-control": "max-age=0"})
    assert names() == ["opportunity_viewed"]
    assert len(crawled) == len(reloaded) < len(plain)
    assert not [asked for asked in crawled if "django_session" in asked["sql"] or "engagement_" in asked["sql"]]
    # Recorded by one insert, between the beginning and the end of a transaction.
    assert len(plain) - len(crawled) == (3 if connection.vendor == "sqlite" else 5)
    assert not [asked for asked in plain if "django_session" in asked["sql"]]


def test_counting_makes_no_page_depend_on_cookies(rf: RequestFactory) -> None:
    """A session that is looked at makes Django say that the page varies by cookie, so that nobody may keep it."""

    def page(request: HttpRequest) -> HttpResponse:
        note(request, Happening(EventName.PARTNER_VIEWED, partner=1))
        return HttpResponse()

    request = rf.get("/", headers=BROWSER)
    response = RecordEngagement(SessionMiddleware(page))(request)  # type: ignore[arg-type]  # it answers with a response
    assert "Cookie" not in response.get("Vary", "")
    end(response)
    assert names() == ["partner_viewed"]


def test_nobody_waits_for_it(rf: RequestFactory) -> None:
    """It is recorded when the server closes the answer, after the last byte; a page that is still current counts as well."""

    def page(request: HttpRequest) -> HttpResponse:
        note(request, Happening(EventName.PARTNER_VIEWED, partner=1))
        return HttpResponse("A page", headers={"ETag": '"current"'})

    site = RecordEngagement(ConditionalGetMiddleware(page))  # type: ignore[arg-type]  # it answers with a response
    for number, headers in enumerate((BROWSER, BROWSER | {"if-none-match": '"current"'}), 1):
        response = site(rf.get("/", headers=headers))
        assert b"".join(response) == (b"" if number == 2 else b"A page")
        assert len(names()) == number - 1
        end(response)
        assert len(names()) == number


@pytest.mark.parametrize("staff", [OfficerFactory, EditorFactory, AdministratorFactory])
def test_staff_are_not_counted(client: Client, staff: Any) -> None:
    sign_in(client, staff.create())
    assert view(client, OpportunityFactory.create()).status_code == 200
    sign_in(client, User.objects.create_superuser("boss@example.org"))
    view(client, OpportunityFactory.create())
    assert names() == []


def _unverified() -> User:
    teacher = TeacherFactory.create()
    SchoolMembership.objects.filter(user=teacher).update(verified_at=None)
    return teacher


@pytest.mark.parametrize(
    ("kind", "make"),
    [
        ("school", TeacherFactory.create),
        ("adviser", AdviserFactory.create),
        ("partner", PartnerMemberFactory.create),
        ("", UserFactory.create),
        ("", _unverified),
    ],
)
def test_of_professionals_only_the_kind_of_organisation_is_kept(
    client: Client, kind: str, make: Callable[[], User]
) -> None:
    sign_in(client, make())
    opportunity = OpportunityFactory.create()
    view(client, opportunity)
    assert list(Event.objects.values_list("visitor", "opportunity")) == [(kind, opportunity.pk)]
    with counted_queries() as asked:
        view(client, opportunity)
    assert len([each for each in asked if "EXISTS" in each["sql"] and "auth_group" in each["sql"]]) <= 1


def test_a_partners_people_are_not_counted_on_its_own_pages(client: Client) -> None:
    own, other = OpportunityFactory.create(), OpportunityFactory.create()
    member = PartnerMemberFactory.create(partner=own.offered_by)
    PartnerMemberFactory.create()
    sign_in(client, member)
    for each in (own, own.offered_by, other, other.offered_by):
        assert view(client, each).status_code == 200
    assert list(Event.objects.values_list("name", "partner")) == [
        ("opportunity_viewed", other.offered_by_id),
        ("partner_viewed", other.offered_by_id),
    ]


def test_pages_that_are_not_there_or_sent_on_are_not_counted(client: Client) -> None:
    hidden = OpportunityFactory.create(live=False)
    shown = OpportunityFactory.create()
    assert view(client, hidden).status_code == 404
    assert client.get(f"/opportunities/{shown.pk}-another-name/").status_code == 301
    assert client.head(shown.get_absolute_url()).status_code == 200
    assert names() == []


def test_nothing_outside_the_catalogue_can_happen() -> None:
    with pytest.raises(ValueError, match="keeps no address"):
        Happening(EventName.SEARCH_PERFORMED, data={"address": "1 High Street"})
    with pytest.raises(ValueError, match="about no opportunity"):
        Happening(EventName.PARTNER_VIEWED, opportunity=1)
    with pytest.raises(ValueError, match="is not a valid EventName"):
        Happening("sneezed")  # type: ignore[arg-type]
    assert set(CATALOGUE) == set(EventName)


def test_previews_of_drafts_note_nothing(rf: RequestFactory) -> None:
    opportunity = OpportunityFactory.create(live=False)
    request = rf.get("/")
    request.user = AnonymousUser()
    assert previews.opportunity(request, opportunity).status_code == 200
    assert previews.partner(request, opportunity.offered_by).status_code == 200
    assert noted(request) == []


def broken(*_: Any, **__: Any) -> None:
    raise RuntimeError("broken on purpose")


@pytest.mark.parametrize("part", ["record_or_drop.record", "visitor_of", "table"])
def test_a_broken_recorder_breaks_no_page_and_is_counted(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, part: str
) -> None:
    opportunity = OpportunityFactory.create()
    monkeypatch.setattr(drops, "_warned", float("-inf"))
    with monkeypatch.context() as patch:
        if part == "table":
            patch.setattr(Event._meta, "db_table", "no_such_table")
        elif part == "visitor_of":
            sign_in(client, UserFactory.create())
            patch.setattr(middleware, "visitor_of", broken)
        else:
            patch.setattr("engagement.services.record", broken)
        with caplog.at_level(logging.WARNING):
            for _ in range(3):
                assert view(client, opportunity).status_code == 200
    # Said once, told to whoever watches, and nothing else is wrong.
    assert [each.levelname for each in caplog.records if "could not be recorded" in each.message] == ["WARNING"]
    found = client.get("/health/").json()
    assert found["engagement"] == {
        "ok": False,
        "message": "What is used is not counted just now. The log says why.",
        "dropped_today": 3,
        "dropped_7_days": 3,
    }
    assert found["database"]["ok"] is True
    # The next that can be recorded writes down what was lost.
    assert view(client, opportunity).status_code == 200
    assert names() == ["opportunity_viewed"]
    assert list(DroppedEvents.objects.values_list("day", "count")) == [(timezone.localdate(), 3)]
    assert not drops.pending()
    found = client.get("/health/").json()["engagement"]
    assert (found["ok"], found["dropped_today"], found["dropped_7_days"]) == (True, 3, 3)


def test_drops_of_several_processes_and_days_add_up() -> None:
    today = timezone.localdate()
    for days, count in ((0, 2), (6, 10), (7, 100)):
        DroppedEvents.objects.create(day=today - timedelta(days=days), count=count)
    drops.add(today, 3)
    drops.add(today - timedelta(days=1), 30)
    assert dropped_events(today) == (5, 45)
    assert record_or_drop([Happening(EventName.PARTNER_VIEWED, partner=1)], timezone.now())
    assert not drops.pending()
    assert dropped_events(today) == (5, 45)


def test_health_does_not_fall_over_engagement(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any) -> None:
        raise DatabaseError

    before = client.get("/health/").status_code
    monkeypatch.setattr("findfusion.health.dropped_events", away)
    response = client.get("/health/")
    assert response.status_code == before
    assert response.json()["engagement"]["ok"] is False


@contextmanager
def another_writer() -> Iterator[None]:
    """A second connection that holds the lock which an event needs."""
    other = connection.copy()
    try:
        if connection.vendor == "sqlite":
            other.cursor().execute("BEGIN IMMEDIATE")
        else:
            other.set_autocommit(False)
            other.cursor().execute("LOCK TABLE engagement_event IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback() if connection.vendor != "sqlite" else other.cursor().execute("ROLLBACK")
    finally:
        other.close()


def patience_of_the_connection() -> Any:
    asked = "PRAGMA busy_timeout" if connection.vendor == "sqlite" else "SHOW lock_timeout"
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_a_locked_database_delays_no_page_and_the_drop_is_counted(client: Client) -> None:
    opportunity = OpportunityFactory.create()
    view(client, opportunity)
    before = patience_of_the_connection()
    with another_writer():
        begun = time.perf_counter()
        assert view(client, opportunity).status_code == 200
        took = time.perf_counter() - begun
        assert client.get("/health/").json()["engagement"]["dropped_today"] == 1
    assert took < IN_TIME_SECONDS
    assert patience_of_the_connection() == before
    view(client, opportunity)
    assert names() == ["opportunity_viewed"] * 2
    assert DroppedEvents.objects.get().count == 1


@pytest.mark.django_db(transaction=True)
def test_the_wait_itself_is_short() -> None:
    happenings = [Happening(EventName.PARTNER_VIEWED, partner=1)]
    record(happenings, timezone.now())
    waits = []
    with another_writer():
        for _ in range(5):
            begun = time.perf_counter()
            with pytest.raises(DatabaseError):
                record(happenings, timezone.now())
            waits.append((time.perf_counter() - begun) * 1000)
    # The shortest of five, since a busy machine may hold up any of them.
    assert min(waits) < LOCK_MS * 5


@pytest.mark.django_db(transaction=True)
def test_it_never_stands_inside_a_transaction_of_the_request() -> None:
    with transaction.atomic(), pytest.raises(RuntimeError), short_transaction():
        pass
    with transaction.atomic():
        assert not record_or_drop([Happening(EventName.PARTNER_VIEWED, partner=1)], timezone.now())
    assert names() == []


def test_searches_are_recorded_with_what_was_asked(client: Client, index: Any) -> None:
    first = OpportunityFactory.create(title="Clay pots", kind="visit")
    index()
    assert client.get("/search/", {"q": "clay", "kind": "visit"}).status_code == 200
    event = Event.objects.get()
    assert (event.name, event.terms, event.rank) == ("search_performed", "clay", None)
    assert event.data.pop("took_ms") >= 0
    assert event.data == {"selections": {"kind": ["visit"]}, "total": 1, "shown": [first.pk]}
    # Nothing is asked for on the bare page.
    client.get("/search/")
    assert Event.objects.count() == 1


def test_no_browser_no_search(index: Any) -> None:
    index()
    for headers in (CRAWLER, {}, BROWSER | {"sec-purpose": "prefetch"}, BROWSER | {"cache-control": "no-cache"}):
        assert Client(headers=headers).get("/search/", {"q": "clay"}).status_code == 200
    assert names() == []


def test_what_is_brought_along_in_bulk_is_kept_as_a_page_would_have_kept_it() -> None:
    opportunity = OpportunityFactory.create()
    at = timezone.now() - timedelta(days=30)
    token = new_token("asked").at(2)
    typed = {"terms": "clay for ann@example.org", "total": 1, "shown": [opportunity.pk]}
    viewed = Happening(EventName.OPPORTUNITY_VIEWED, opportunity.pk, opportunity.offered_by_id, token)
    happened = [Happening(EventName.SEARCH_PERFORMED, token=token, data=typed), viewed]
    record(happened, at, "school")
    columns = [field.attname for field in Event._meta.concrete_fields if not field.primary_key]
    as_a_page_does = list(Event.objects.order_by("pk").values(*columns))
    Event.objects.all().delete()
    # What a search led to before counts no second time.
    record_past((at, "school", each) for each in [*happened, viewed])
    assert list(Event.objects.order_by("pk").values(*columns)) == as_a_page_does
