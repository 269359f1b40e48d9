"""The demonstration loads through the imports without an error, and again without a change."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings
from wagtail.signal_handlers import disable_reference_index_auto_update

from accounts.models import User
from demo.loader import Loader
from demo.people import PEOPLE
from demo.synthetic import Synthesis
from demo.term_dates import is_school_day
from opportunities.kinds import Kind
from opportunities.models import Opportunity, Session
from opportunities.selectors import is_held, public, waiting_for_moderation
from pages.models import CampaignPage, GuidancePage, HomePage
from partners.models import AssuranceDocument, Partner
from partners.resources import latest_draft
from portal.selectors.dashboard import dashboard_of
from portal.selectors.statistics import recent_use
from schools.models import Cohort, School, TermPeriod
from tests.factories.tables import everything, watch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-24T09:00:00Z"):
        yield


@pytest.mark.prove_only
@pytest.mark.engine_only  # what it imports by is tested by itself on both
@pytest.mark.timeout(900)
def test_everything_loads_without_an_error_and_again_without_a_change() -> None:
    watch()
    said: list[str] = []
    loader = Loader(said.append)
    with disable_reference_index_auto_update():
        loader.load()
    assert loader.problems == []
    notes = [note for report in loader.reports for row in report.rows for note in row.notes]
    assert [note for note in notes if not note.startswith("Held")] == []

    partners = Partner.objects.filter(live=True)
    assert partners.count() >= 60
    assert set(partners.values_list("kind", flat=True)) == set(Partner.Kind.values)
    assert Opportunity.objects.count() >= 240
    assert set(public().values_list("kind", flat=True)) == set(Kind.values)
    assert School.objects.count() >= 25
    assert School.objects.filter(family_of_schools=True).exists()
    assert Cohort.objects.filter(groups__isnull=False).exists()
    assert TermPeriod.objects.count() == 12
    _people_are_there()
    _sessions_are_on_school_days()
    _three_wait_for_an_officer()
    assert set(AssuranceDocument.objects.values_list("state", flat=True)) == {"waiting", "returned"}
    assert (GuidancePage.objects.live().count(), CampaignPage.objects.live().count()) == (5, 1)
    assert HomePage.objects.get().campaign is not None
    _the_portal_has_something_to_show()

    before = everything()
    # A week later: dates are still reckoned from the first day.
    with time_machine.travel("2026-12-01T09:00:00Z"):
        again = Loader(said.append)
        again.load()
    assert again.problems == []
    after = everything()
    assert {label for label in before if before[label] != after[label]} == set()


def _people_are_there() -> None:
    users = {user.email: user for user in User.objects.all()}
    assert set(users) == {person.email for person in PEOPLE}
    assert not any(user.has_usable_password() for user in users.values())
    assert Group.objects.filter(user__isnull=False).distinct().count() == 3


def _sessions_are_on_school_days() -> None:
    starts = [timezone.localtime(session.starts) for session in Session.objects.all()]
    assert len(starts) >= 500
    assert [start for start in starts if start.weekday() < 5 and not is_school_day(start.date())] == []
    assert min(starts) > timezone.now()
    assert max(starts) > timezone.now() + timedelta(days=180)


def _three_wait_for_an_officer() -> None:
    drafts = [latest_draft(one) for one in Opportunity.objects.filter(live=False).exclude(reference="")]
    assert len(drafts) == 3
    assert all(is_held(draft) for draft in drafts)


def _the_portal_has_something_to_show() -> None:
    assert waiting_for_moderation().count() == 3
    rooms = Partner.objects.get(reference="PA01")
    shown = dashboard_of(rooms, "all", "1")
    assert shown.freshness is not None
    assert shown.freshness.is_due
    assert shown.documents
    assert (shown.on_you.count, shown.on_us.count) == (2, 2)
    # Some weeks are told, some are held back, and some had nothing.
    told = [figure for use in recent_use(rooms).offers for figure in use.cells.values()]
    assert {(figure.low > 0, figure.low == figure.high) for figure in told} >= {(True, True), (True, False)}


def test_it_refuses_to_load_outside_the_demonstration(settings: Settings) -> None:
    settings.DEMO = False
    for command in (["load_demo"], ["load_synthetic", "10"]):
        with pytest.raises(CommandError, match="DEMO=1"):
            call_command(*command)
    assert not User.objects.exists()


def test_synthetic_records_are_public_varied_and_the_same_from_the_same_seed() -> None:
    watch()
    assert Synthesis(1, lambda _: None).load(60) == 60
    first = list(Opportunity.objects.order_by("reference").values_list("title", "summary", "kind"))
    assert public().count() == 60
    assert len(set(first)) > 50
    assert Session.objects.count() > 30
    assert Synthesis(1, lambda _: None).load(60) == 0
    Opportunity.objects.all().delete()
    Partner.objects.all().delete()
    Synthesis(1, lambda _: None).load(60)
    assert list(Opportunity.objects.order_by("reference").values_list("title", "summary", "kind")) == first
