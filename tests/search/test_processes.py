"""Drainer, rebuild and check as processes of their own, on the test's database and index."""

import random
import signal
from pathlib import Path

import pytest
from django.conf import LazySettings

from changes.models import Change, Feed
from opportunities.models import Opportunity
from partners.models import Partner
from search.comparing import differences
from search.engines import embedded_engine
from search.feeds import embedded_feed, rebuild_feed
from tests.capabilities import lacks_postgres
from tests.factories import OpportunityFactory, PartnerFactory, SessionFactory
from tests.numbers import full
from tests.search.processes import PATIENCE_SECONDS, Commands, kill, wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def commands(process_environment: dict[str, str], tmp_path: Path, settings: LazySettings) -> Commands:
    """The commands, on an index folder of the test's own."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return Commands({**process_environment, "SEARCH_INDEX_DIR": str(tmp_path / "index")}, tmp_path / "index")


class Changes:
    """Makes random changes to a small world of partners and opportunities."""

    def __init__(self) -> None:
        self.chance = random.Random(5)
        self.partners = [PartnerFactory.create() for _ in range(8)]
        self.made = [OpportunityFactory.create(offered_by=self.chance.choice(self.partners)) for _ in range(25)]

    def make(self, number: int) -> None:
        """One change: mostly a new title, now and then a new one, a deleted one, a session, a renamed partner."""
        dice = self.chance.random()
        if dice < 0.1:
            self.made.append(OpportunityFactory.create(offered_by=self.chance.choice(self.partners)))
        elif dice < 0.2 and len(self.made) > 10:
            self.made.pop(self.chance.randrange(len(self.made))).delete()
        elif dice < 0.3:
            SessionFactory.create(
                opportunity=self.chance.choice(self.made), in_days=number % 300 + 1, label=str(number)
            )
        elif dice < 0.33:
            partner = self.chance.choice(self.partners)
            partner.name = f"Renamed {number}"
            partner.save()
        else:
            opportunity = self.chance.choice(self.made)
            opportunity.title = f"Title {number}"
            opportunity.live = self.chance.random() > 0.1
            opportunity.save()


@pytest.mark.slow
@pytest.mark.prove
def test_a_killed_drainer_loses_nothing(commands: Commands) -> None:
    # All of them on the database of a real site, a fifth of them on the other.
    share = 5 if lacks_postgres() else 1
    changes, kills = full(500, 10_000 // share), full(1, 100 // share)
    world = Changes()
    assert commands.run("rebuild_index")[0] == 0
    drainer = commands.start("drain_changes", "--poll", "0.02")
    kill_at = {changes * (each + 1) // (kills + 1) for each in range(kills)}
    for number in range(changes):
        world.make(number)
        if number in kill_at:
            # While it is known to be at work, and while changes are being made.
            wait_for(lambda: Change.objects.count() < 100)
            kill(drainer)
            drainer = commands.start("drain_changes", "--poll", "0.02")
    wait_for(commands.drained, 60)
    kill(drainer)
    code, said = commands.run("check_index")
    assert (code, "No difference" in said) == (0, True), said


@pytest.mark.slow
def test_a_change_is_found_within_ten_seconds_of_its_save(commands: Commands) -> None:
    opportunity = OpportunityFactory.create(title="Old")
    drainer = commands.start("drain_changes")
    engine = embedded_engine(commands.root)
    wait_for(lambda: engine.health().ok and len(engine.signatures()) == 2)
    before = dict(engine.signatures())
    opportunity.title = "New"
    opportunity.save()
    wait_for(lambda: engine.signatures() != before, 10)
    drainer.send_signal(signal.SIGTERM)
    assert drainer.wait(timeout=PATIENCE_SECONDS) == 0
    assert not list(differences(engine))


@pytest.mark.slow
def test_a_rebuild_misses_no_change_made_meanwhile(commands: Commands) -> None:
    world = Changes()
    assert commands.run("rebuild_index")[0] == 0
    engine = embedded_engine(commands.root)
    first = engine.generation()
    drainer = commands.start("drain_changes", "--poll", "0.02")
    rebuilding = commands.start("rebuild_index")
    number = 0
    while rebuilding.poll() is None:
        world.make(number)
        number += 1
    said = rebuilding.communicate()[0]
    assert rebuilding.returncode == 0, said
    wait_for(commands.drained, 60)
    kill(drainer)
    assert engine.generation() != first
    assert commands.run("check_index")[0] == 0
    generations = [path for path in commands.root.iterdir() if path.is_dir() and not path.is_symlink()]
    assert len(generations) == 2


@pytest.mark.slow
def test_a_killed_rebuild_leaves_the_live_index_alone(commands: Commands) -> None:
    Changes()
    assert commands.run("rebuild_index")[0] == 0
    engine = embedded_engine(commands.root)
    before = engine.generation()
    rebuilding = commands.start("rebuild_index")
    wait_for(lambda: len([path for path in commands.root.iterdir() if path.is_dir()]) > 2)
    kill(rebuilding)
    assert engine.generation() == before
    assert commands.run("rebuild_index")[0] == 0
    assert engine.generation() != before
    assert commands.run("check_index")[0] == 0
    assert not Change.objects.filter(feed__name=rebuild_feed(embedded_feed(commands.root))).exists()


def test_check_index_lists_every_difference_and_mends_it(commands: Commands) -> None:
    stale, missing, extra = (OpportunityFactory.create() for _ in range(3))
    assert commands.run("rebuild_index")[0] == 0
    # Behind the back of the outbox.
    Opportunity.objects.filter(pk=stale.pk).update(title="Another")
    Opportunity.objects.filter(pk=extra.pk).update(live=False)
    added = PartnerFactory.create()
    assert commands.run("drain_changes", "--once")[0] == 0
    Opportunity.objects.filter(pk=missing.pk).update(live=False)
    Opportunity.objects.get(pk=missing.pk).save(update_fields=["summary"])
    assert commands.run("drain_changes", "--once")[0] == 0
    Opportunity.objects.filter(pk=missing.pk).update(live=True)
    code, said = commands.run("check_index")
    assert code == 1
    for key, fault in (
        (f"opportunity-{stale.pk}", "says something else"),
        (f"opportunity-{extra.pk}", "should not be"),
        (f"opportunity-{missing.pk}", "is missing"),
    ):
        assert any(line.startswith(key) and fault in line for line in said.splitlines()), said
    assert f"partner-{added.pk} " not in said
    assert commands.run("check_index", "--repair")[0] == 0
    assert commands.run("check_index")[0] == 0


@pytest.mark.slow
def test_check_index_mends_beside_a_running_drainer(commands: Commands) -> None:
    opportunity = OpportunityFactory.create()
    assert commands.run("rebuild_index")[0] == 0
    drainer = commands.start("drain_changes")
    Opportunity.objects.filter(pk=opportunity.pk).update(title="Another")
    code, said = commands.run("check_index", "--repair")
    kill(drainer)
    assert code == 0, said


@pytest.mark.slow
def test_one_drainer_a_host(commands: Commands) -> None:
    assert commands.run("rebuild_index")[0] == 0
    drainer = commands.start("drain_changes")
    # What it takes in shows that it holds the lock: asked for sooner, the other would be first.
    OpportunityFactory.create()
    wait_for(commands.drained)
    assert commands.run("drain_changes", "--once")[0] == 1
    kill(drainer)
    assert commands.run("drain_changes", "--once")[0] == 0


def test_a_drainer_with_a_damaged_index_builds_anew(commands: Commands) -> None:
    OpportunityFactory.create()
    assert commands.run("rebuild_index")[0] == 0
    for path in embedded_engine(commands.root).folder.live.glob("*"):  # type: ignore[union-attr]
        path.write_bytes(b"x")
    code, said = commands.run("drain_changes", "--once")
    assert (code, "Building the index anew" in said) == (0, True)
    assert commands.run("check_index")[0] == 0


def test_a_drainer_without_index_or_feed_builds_anew(commands: Commands) -> None:
    OpportunityFactory.create()
    code, said = commands.run("drain_changes", "--once")
    assert code == 0
    assert "Building the index anew" in said
    Partner.objects.update(name="Behind its back")
    # Its feed was dropped: what happened since cannot be known.
    Change.objects.all().delete()
    Feed.objects.all().delete()
    code, said = commands.run("drain_changes", "--once")
    assert (code, "Building the index anew" in said) == (0, True)
    assert commands.run("check_index")[0] == 0
