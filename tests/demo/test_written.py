"""What partners of the demonstration wrote in the portal, and how far it is with the officers."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from demo import notes, people, written
from demo.dates import Calendar
from directory.models import ProblemReport, WantedNote
from opportunities.models import Opportunity
from opportunities.requirements import submission_problems
from opportunities.selectors import waiting_for_moderation
from partners.aspects import changed
from partners.models import Partner, Site
from partners.selectors import open_comments, state_of
from partners.services import confirm, keep_draft
from partners.states import PublishingState
from tests.factories import OpportunityFactory, PartnerFactory, SchoolFactory, SiteFactory
from tests.factories.tables import everything, watch
from tests.people import sign_in

pytestmark = pytest.mark.django_db

NEW = "Say it in six words"
SOLO = "Three days at the long table"
CHANGED = "Set, ink, pull"


@dataclass(frozen=True)
class World:
    """The officer, the days, and what is public already."""

    officer: User
    calendar: Calendar
    live: Opportunity
    arch: Site


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    with time_machine.travel("2026-11-24T09:00:00Z", tick=False):
        yield


@pytest.fixture
def world() -> World:
    rooms = PartnerFactory.create(reference="PA01", name="Print rooms")
    SiteFactory.create(partner=rooms, name="Hackney print room")
    arch = SiteFactory.create(partner=PartnerFactory.create(reference="PA09"), name="Arch 41")
    for urn in (900001, 900002, 900005):
        SchoolFactory.create(urn=urn)
    OpportunityFactory.create(offered_by=rooms, reference="OA047", kind="mentoring", title="Saturday club")
    OpportunityFactory.create(offered_by=arch.partner, reference="OA029", kind="placement", title="Screen print")
    live = OpportunityFactory.create(offered_by=rooms, reference="OA001", title=CHANGED, group_max=30)
    people.load_organisations()
    officer = people.load_staff()
    people.load_members()
    watch()
    return World(officer, Calendar(timezone.localdate()), live, arch)


def one(title: str) -> Opportunity:
    return Opportunity.objects.get(title=title)


def waiting() -> list[str]:
    return sorted(state.revision.object_str for state in waiting_for_moderation())


def test_everything_that_the_portal_and_the_officers_can_show_is_there(world: World) -> None:
    assert written.load(world.officer, world.calendar) == 7
    assert waiting() == sorted([NEW, SOLO, CHANGED])
    half_way = one("Letterpress on Thursday evenings").get_latest_revision_as_object()
    assert state_of(one(half_way.title)) is PublishingState.DRAFT
    assert half_way.summary
    assert submission_problems(half_way)
    returned = one("Ask a printer anything")
    assert state_of(returned) is PublishingState.CHANGES
    assert {comment.field for comment in open_comments(returned)} == {"summary", "group", "access"}
    assert [session.capacity for session in one(SOLO).sessions.all()] == [2, 2]


def test_a_change_to_a_live_offer_shows_before_and_after(world: World, client: Client) -> None:
    written.load(world.officer, world.calendar)
    live = one(CHANGED)
    assert live.group_max == 30
    assert "group" in {aspect.slug for aspect in changed(live, live.get_latest_revision_as_object())}
    sign_in(client, world.officer)
    (state,) = [state for state in waiting_for_moderation() if state.revision.object_str == CHANGED]
    page = client.get(reverse("review-one", args=[state.pk])).content.decode()
    assert "Public now" in page
    assert "<ins>24</ins>" in page


def test_what_needs_no_check_is_public_at_once_and_listed_for_officers(world: World, client: Client) -> None:
    written.load(world.officer, world.calendar)
    assert one("Saturday club").deadline == date.fromisoformat(world.calendar.one("w9 fri"))
    sign_in(client, world.officer)
    page = client.get(reverse("review-changes")).content.decode()
    assert "Saturday club" in page
    assert "Screen print" in page


def test_visitors_left_notes_once(world: World) -> None:
    OpportunityFactory.create(offered_by=world.live.offered_by, reference="OA003")
    assert notes.load() == WantedNote.objects.count() + ProblemReport.objects.count() == 3
    assert notes.load() == 0
    assert WantedNote.objects.count() + ProblemReport.objects.count() == 3


def test_loading_again_changes_nothing(world: World) -> None:
    written.load(world.officer, world.calendar)
    before = everything()
    assert written.load(world.officer, world.calendar) == 0
    assert everything() == before


def test_what_was_renamed_removed_or_decided_since_does_not_come_back(world: World) -> None:
    written.load(world.officer, world.calendar)
    one("Letterpress on Thursday evenings").delete()
    for state in waiting_for_moderation():
        state.workflow_state.cancel(world.officer)
    renamed = one(NEW)
    renamed.title = "Say it in five words"
    renamed.save()
    before = everything()
    assert written.load(world.officer, world.calendar) == 0
    assert everything() == before


def test_a_load_that_stops_half_way_leaves_whole_things_and_goes_on_from_there(world: World) -> None:
    world.arch.name = "Arch 42"
    world.arch.save()
    with pytest.raises(Site.DoesNotExist):
        written.load(world.officer, world.calendar)
    assert waiting() == [NEW]
    assert not Opportunity.objects.filter(title=SOLO).exists()
    world.arch.name = "Arch 41"
    world.arch.save()
    assert written.load(world.officer, world.calendar) == 4
    assert waiting() == sorted([NEW, SOLO, CHANGED])


def test_what_people_have_in_hand_is_named_so_that_tables_leave_it(world: World) -> None:
    untouched = OpportunityFactory.create(offered_by=world.live.offered_by, reference="OA030")
    written.load(world.officer, world.calendar)
    theirs = {"OA001", "OA047", "OA029"}
    assert written.in_hand(Opportunity, world.officer) == theirs
    confirm(world.live.offered_by)
    assert written.in_hand(Partner, world.officer) == {"PA01"}
    owner = people.find_user("partner-owner")
    assert owner is not None
    untouched.summary = "Begun, and not sent."
    keep_draft(untouched, owner, seen=None)
    assert written.in_hand(Opportunity, world.officer) == {*theirs, "OA030"}


def test_each_is_written_in_the_name_of_somebody_of_the_demonstration() -> None:
    told = tomllib.loads(written.FILE.read_text(encoding="utf-8"))
    serving = {person.slug for person in people.PEOPLE if person.partner}
    assert {each["by"] for each in [*told["begun"], *told["changed"], *told["at_once"]]} <= serving
