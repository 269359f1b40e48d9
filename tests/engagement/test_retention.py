"""What is old goes, and nothing goes before it is counted."""

from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db.models import Model
from django.utils import timezone

from directory.models import ProblemReport, SharedList, WantedNote
from engagement.catalogue import EVENT_DAYS, TERMS_DAYS, EventName
from engagement.models import CountedPeriod, CountedTerms, Event
from engagement.reporting import report
from engagement.retention import _AT_ONCE, apply_retention, declared
from engagement.services import count_finished
from figures.retention import Retention

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 11, 24, 12, tzinfo=UTC)


def happened(at: datetime, number: int = 1, terms: str = "clay") -> None:
    Event.objects.create(name=EventName.SEARCH_PERFORMED, at=at, search=f"s{number}", terms=terms, data={"total": 1})


def retain(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        call_command("apply_retention", stdout=StringIO())


def count(at: datetime) -> None:
    with time_machine.travel(at, tick=False):
        call_command("count_engagement", stdout=StringIO())


def test_events_live_thirteen_months_and_their_counts_stay() -> None:
    happened(BEGAN)
    day = timezone.localdate(BEGAN)
    before, after = BEGAN + timedelta(days=EVENT_DAYS, hours=-1), BEGAN + timedelta(days=EVENT_DAYS, hours=1)
    count(before)
    retain(before)
    assert Event.objects.count() == 1
    told = report(day, day).whole
    retain(after)
    assert Event.objects.count() == 0
    assert report(day, day).whole == told
    assert told.searches == 1


def test_what_was_typed_lives_ninety_days_and_is_counted_if_five_searches_asked_for_it() -> None:
    for number in range(5):
        happened(BEGAN, number)
    happened(BEGAN, 9, terms="somebody’s name")
    before, after = BEGAN + timedelta(days=TERMS_DAYS, hours=-1), BEGAN + timedelta(days=TERMS_DAYS, hours=1)
    count(before)
    retain(before)
    assert set(Event.objects.values_list("terms", flat=True)) == {"clay", "somebody’s name"}
    retain(after)
    assert set(Event.objects.values_list("terms", flat=True)) == {""}
    assert list(CountedTerms.objects.values_list("terms", "searches")) == [("clay", 5)]


def test_nothing_goes_before_it_is_counted() -> None:
    happened(BEGAN)
    late = BEGAN + timedelta(days=500)
    retain(late)
    assert list(Event.objects.values_list("terms", flat=True)) == ["clay"]
    # Its month is counted, and all days but its own.
    count_finished(late)
    CountedPeriod.objects.filter(starts=timezone.localdate(BEGAN), length="day").delete()
    retain(late)
    assert list(Event.objects.values_list("terms", flat=True)) == [""]
    count(late)
    retain(late)
    assert not Event.objects.exists()


def test_a_search_stays_until_the_day_that_it_led_into_is_counted() -> None:
    midnight = datetime(2026, 11, 24, tzinfo=UTC)
    happened(midnight - timedelta(minutes=5))
    happened(midnight + timedelta(minutes=5))
    late = BEGAN + timedelta(days=500)
    count_finished(late)
    CountedPeriod.objects.filter(starts=midnight.date(), length="day").delete()
    retain(late)
    assert Event.objects.count() == 2
    # It is a refinement there, and no search of that day.
    day = midnight.date()
    with time_machine.travel(late, tick=False):
        assert report(day, day).whole.searches == 0


def test_many_rows_go_in_batches() -> None:
    made = [Event(name=EventName.SHARED, at=BEGAN) for _ in range(_AT_ONCE * 2 + 1)]
    Event.objects.bulk_create(made)
    late = BEGAN + timedelta(days=500)
    count_finished(late)
    assert {each.rows for each in apply_retention(late)} >= {_AT_ONCE * 2 + 1}
    assert not Event.objects.exists()


def test_each_rule_that_a_model_declares_is_applied_to_the_day() -> None:
    """Every model with such a rule is found, whichever room it is in: this test makes one row of each, by hand."""
    makers: dict[type[Model], Any] = {
        SharedList: lambda: SharedList.objects.create(number="7K2M4Q", made_at=BEGAN),
        WantedNote: lambda: WantedNote.objects.create(what="Clay", email="a@example.org", made_at=BEGAN),
        ProblemReport: lambda: ProblemReport.objects.create(what="Shut", email="a@example.org", made_at=BEGAN),
    }
    rules = list(declared())
    assert {model for model, _ in rules} >= set(makers)
    for model, rule in rules:
        if model not in makers:
            continue
        row = makers[model]()
        if rule.since != "made_at":
            model._base_manager.filter(pk=row.pk).update(**{rule.since: BEGAN})
        due = BEGAN + timedelta(days=rule.days)
        retain(due - timedelta(seconds=1))
        kept = model._base_manager.filter(pk=row.pk).values().first()
        assert kept is not None
        if model is not SharedList and rule.since == "made_at" and rule.clears:
            assert all(kept[name] for name in rule.clears)
        retain(due)
        kept = model._base_manager.filter(pk=row.pk).values().first()
        assert (kept is None) if not rule.clears else (kept is not None and not any(kept[name] for name in rule.clears))
        model._base_manager.all().delete()


def test_where_the_moment_is_empty_a_rule_does_not_apply() -> None:
    WantedNote.objects.create(what="Clay", email="a@example.org", made_at=BEGAN)
    assert Retention("answered_at", 0, clears=("email",)) in WantedNote.retention
    retain(BEGAN + timedelta(days=10))
    assert WantedNote.objects.get().email == "a@example.org"


def test_the_command_says_what_each_rule_did() -> None:
    SharedList.objects.create(number="7K2M4Q", made_at=BEGAN)
    out = StringIO()
    with time_machine.travel(BEGAN + timedelta(days=91), tick=False):
        call_command("apply_retention", stdout=out)
    assert "directory.SharedList: deleted 90 days after made_at: 1 rows" in out.getvalue()
    assert "engagement.Event: terms emptied 90 days after at: 0 rows" in out.getvalue()
