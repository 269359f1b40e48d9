"""Sessions: never oversold, whoever writes and whatever runs side by side; each change in the history."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from changes.services import open_feed
from opportunities import services
from opportunities.models import Session
from tests.factories import OfficerFactory, OpportunityFactory, SessionFactory
from tests.numbers import examples
from tests.side_by_side import side_by_side

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


class TestInTheDatabase:
    """Its own CHECK holds, whatever goes around the rules above it."""

    @examples(60, 1000)
    @given(st.one_of(st.none(), st.integers(0, 40)), st.integers(0, 45))
    def test_taken_never_exceeds_capacity(self, capacity: int | None, taken: int) -> None:
        Session.objects.all().delete()
        session = SessionFactory.create(capacity=None)
        oversold = capacity is not None and taken > capacity

        def write() -> None:
            with transaction.atomic():
                Session.objects.filter(pk=session.pk).update(capacity=capacity, taken=taken)

        if oversold:
            with pytest.raises(IntegrityError, match="session_never_oversold"):
                write()
        else:
            write()
        session.refresh_from_db()
        assert session.taken == (0 if oversold else taken)

    def test_neither_by_saving_nor_in_bulk_nor_in_sql(self) -> None:
        session = SessionFactory.create(capacity=2, taken=2)
        session.taken = 3
        with pytest.raises(IntegrityError), transaction.atomic():
            session.save()
        with pytest.raises(IntegrityError), transaction.atomic():
            Session.objects.bulk_update([session], ["taken"])
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE opportunities_session SET capacity = 1 WHERE id = %s", [session.pk])
        with pytest.raises(IntegrityError), transaction.atomic():
            SessionFactory.create(capacity=1, taken=2)

    def test_it_ends_after_it_starts(self) -> None:
        now = timezone.now()
        for ends in (now, now - HOUR):
            with pytest.raises(IntegrityError, match="session_ends_after_it_starts"), transaction.atomic():
                SessionFactory.create(starts=now, ends=ends)


class TestServices:
    """What is refused is refused in words; what is done is in the history of the opportunity."""

    def test_adding(self) -> None:
        officer, opportunity = OfficerFactory.create(), OpportunityFactory.create(availability="dated")
        starts = timezone.now() + HOUR
        session = services.add_session(
            opportunity, starts=starts, ends=starts + HOUR, capacity=30, label="Relaxed session", user=officer
        )
        assert (session.places_left, session.is_full) == (30, False)
        entry = ModelLogEntry.objects.get(action="opportunities.add_session")
        assert (entry.user, entry.object_id) == (officer, str(opportunity.pk))
        with pytest.raises(ValidationError, match="already exists"):
            services.add_session(opportunity, starts=starts, ends=starts + HOUR, label="Relaxed session")
        services.add_session(opportunity, starts=starts, ends=starts + HOUR, label="Second room")
        with pytest.raises(ValidationError, match="ends before it starts"):
            services.add_session(opportunity, starts=starts, ends=starts - HOUR)

    def test_any_number_may_come_where_no_capacity_is_set(self) -> None:
        session = SessionFactory.create(capacity=None)
        assert session.places_left is None
        assert not session.is_full
        services.set_places(session, capacity=None, taken=5000)

    def test_setting_places(self) -> None:
        officer, session = OfficerFactory.create(), SessionFactory.create(capacity=30)
        full = services.set_places(session, capacity=30, taken=30, waiting=4, user=officer)
        assert (full.is_full, full.places_left, full.waiting) == (True, 0, 4)
        entry = ModelLogEntry.objects.get(action="opportunities.set_places")
        assert entry.user == officer
        assert entry.data == {"session": session.pk, "capacity": 30, "taken": 30, "waiting": 4}
        with pytest.raises(ValidationError, match="30 places are taken already"):
            services.edit_session(session, {"capacity": 29})
        with pytest.raises(ValidationError, match="31 places are taken already"):
            services.set_places(session, capacity=30, taken=31)
        session.refresh_from_db()
        assert (session.capacity, session.taken) == (30, 30)

    def test_editing_leaves_what_others_changed_meanwhile(self) -> None:
        stale = SessionFactory.create(capacity=30)
        services.set_places(Session.objects.get(pk=stale.pk), capacity=30, taken=12)
        services.edit_session(stale, {"label": "Relaxed session"}, OfficerFactory.create())
        kept = Session.objects.get(pk=stale.pk)
        assert (kept.taken, kept.label) == (12, "Relaxed session")
        assert ModelLogEntry.objects.filter(action="opportunities.edit_session").exists()

    def test_moving(self) -> None:
        session = SessionFactory.create()
        starts = session.starts + timedelta(days=1)
        assert services.edit_session(session, {"starts": starts, "ends": starts + HOUR}).starts == starts
        with pytest.raises(ValidationError, match="ends before it starts"):
            services.edit_session(session, {"ends": starts})

    def test_deleting_only_what_nobody_has_a_place_in(self) -> None:
        officer = OfficerFactory.create()
        free, taken = SessionFactory.create(), SessionFactory.create(taken=1)
        with pytest.raises(ValidationError, match="Move or release them first"):
            services.delete_session(taken, officer)
        services.delete_session(free, officer)
        assert list(Session.objects.all()) == [taken]
        assert ModelLogEntry.objects.get(action="opportunities.delete_session").user == officer

    def test_each_is_told_to_the_feeds(self) -> None:
        session = SessionFactory.create()
        feed = open_feed("here")

        def told() -> set[str]:
            found = {change.model for change in feed.changes.all()}
            feed.changes.all().delete()
            return found

        services.set_places(session, capacity=30, taken=1)
        assert "opportunities.session" in told()
        services.set_places(session, capacity=30, taken=0)
        told()
        services.delete_session(session)
        assert "opportunities.session" in told()


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestSideBySide:
    """On PostgreSQL, where several really write at once."""

    def test_a_cut_and_a_sale_never_both_succeed(self) -> None:
        """One takes the last places while another lowers the capacity: the second to come is refused in words."""
        session = SessionFactory.create(capacity=20, taken=0)
        for _ in range(20):
            Session.objects.filter(pk=session.pk).update(capacity=20, taken=0)
            failed = side_by_side(
                lambda: services.edit_session(session, {"taken": 20}),
                lambda: services.edit_session(session, {"capacity": 5}),
            )
            assert failed == ["ValidationError"]
            session.refresh_from_db()
            assert (session.capacity, session.taken) in {(20, 20), (5, 0)}

    def test_whole_settings_do_not_mix(self) -> None:
        session = SessionFactory.create(capacity=30)
        wanted = [(capacity, capacity - 1) for capacity in range(10, 18)]
        failed = side_by_side(
            *(partial(services.set_places, session, capacity=capacity, taken=taken) for capacity, taken in wanted)
        )
        assert failed == []
        session.refresh_from_db()
        assert (session.capacity, session.taken) in wanted

    def test_the_database_sells_each_place_once(self) -> None:
        session = SessionFactory.create(capacity=3, taken=0)

        def take() -> None:
            with transaction.atomic():
                Session.objects.filter(pk=session.pk).update(taken=F("taken") + 1)

        failed = side_by_side(*[take] * 8)
        assert failed == ["IntegrityError"] * 5
        session.refresh_from_db()
        assert session.taken == 3

    def test_nobody_deletes_a_session_that_is_being_sold(self) -> None:
        for _ in range(10):
            session = SessionFactory.create(capacity=3)

            def sell(session: Session = session) -> None:
                with transaction.atomic():
                    locked = Session.objects.select_for_update().filter(pk=session.pk).first()
                    if locked:
                        services.set_places(locked, capacity=3, taken=1)

            side_by_side(sell, partial(services.delete_session, session))
            left = Session.objects.filter(pk=session.pk).first()
            assert left is None or left.taken == 1
