"""A large index is built anew while changes flow: readers see all there is, and no change is lost or undone."""

from __future__ import annotations

import itertools
import random
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import factory
import pytest
from django.conf import LazySettings
from django.utils import timezone

from opportunities import services
from opportunities.models import Opportunity
from search.criteria import SearchCriteria
from search.engines.base import IndexMissingError, Request, SearchEngine
from search.engines.elasticsearch.store import ElasticsearchStore, elasticsearch_store
from search.engines.embedded.store import EmbeddedStore
from tests.capabilities import lacks_postgres
from tests.contract.engines import own_prefix, words
from tests.factories import OpportunityFactory, PartnerFactory
from tests.numbers import PROVING, full
from tests.search.processes import PATIENCE_SECONDS, Commands, wait_for

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow, pytest.mark.prove]

#: Full numbers on the database and in the engine that a site of that size has.
LARGE = PROVING and lacks_postgres() is None
OPPORTUNITIES = 50_000 if LARGE else full(2_000, 5_000)
STORES = [
    pytest.param("elasticsearch", marks=pytest.mark.elasticsearch),
    *([] if LARGE else [pytest.param("embedded", marks=pytest.mark.prove_only)]),
]
Store = EmbeddedStore | ElasticsearchStore
A_SECOND = full(10, 20)
#: Changes after the swap, before all is compared.
AFTERWARDS = 20
PARTNERS = 50
#: Between two looks of the reader, who shares this process with what makes the changes.
PAUSE_SECONDS = 0.02
#: Words that nothing else has in its title: each says what happens to those that bear it.
RETITLED, NEW, DOOMED = "kingfisher", "narwhal", "dodo"
REBUILD_SECONDS = full(150, 1_200)


class World:
    """Many opportunities, and what is being done to them.

    Apart from each other: those that get another title, those that are taken back and put out
    again, and those that are deleted. What was never taken back nor deleted must always be found.
    """

    def __init__(self) -> None:
        partners = [PartnerFactory.create() for _ in range(PARTNERS)]
        # Made as the factory makes them, which would take as long as indexing them does.
        plain = factory.build(dict, FACTORY_CLASS=OpportunityFactory, offered_by=None)
        made = [
            Opportunity(**{**plain, "title": f"Opportunity {n}", "offered_by": partners[n % PARTNERS]})
            for n in range(OPPORTUNITIES)
        ]
        self.dice = random.Random(3)
        self.dice.shuffle(made)
        cut = OPPORTUNITIES // 10
        for doomed in made[:cut]:
            doomed.title = f"{DOOMED} {doomed.title}"
        kept = Opportunity.objects.bulk_create(made, batch_size=1_000)
        self.partners = partners
        self.doomed, self.wavering, self.titled = kept[:cut], kept[cut : 2 * cut], kept[2 * cut :]
        self.hidden: list[Opportunity] = []
        self.titles: dict[int, str] = {}
        self.ever_hidden = self.new = self.deleted = self.changes = 0

    def change(self) -> None:
        """One change: mostly a title, else a new one, one that goes for ever, for a while, or comes back."""
        self.changes += 1
        dice = self.dice.random()
        if dice < 0.05:
            self.new += 1
            OpportunityFactory.create(title=f"{NEW} {self.changes}", offered_by=self.dice.choice(self.partners))
        elif dice < 0.2 and self.doomed:
            self.deleted += 1
            self.doomed.pop().delete()
        elif dice < 0.3 and self.wavering:
            self.ever_hidden += 1
            self.hidden.append(self.wavering.pop())
            services.unpublish(self.hidden[-1])
        elif dice < 0.4 and self.hidden:
            services.publish(self.hidden.pop(self.dice.randrange(len(self.hidden))))
        else:
            self.retitle(self.dice.choice(self.titled))

    def retitle(self, opportunity: Opportunity) -> None:
        """Gives one another title, which is its own."""
        opportunity.title = self.titles[opportunity.pk] = f"{RETITLED} {self.changes}"
        opportunity.save()

    def change_until(self, over: Callable[[], bool]) -> float:
        """Makes changes, so many a second, until something is over; how many a second they were."""
        begun, first = time.monotonic(), self.changes
        for number in itertools.count(1):
            self.change()
            if over():
                break
            time.sleep(max(0.0, begun + number / A_SECOND - time.monotonic()))
        return (self.changes - first) / (time.monotonic() - begun)


class Reader(Thread):
    """Asks the live index all the time, and notes what must not be."""

    def __init__(self, engine: SearchEngine, world: World) -> None:
        super().__init__(daemon=True)
        self.engine = engine
        self.world = world
        self.answers = 0
        self.wrong: list[str] = []
        self.generations: list[str] = []
        self._over = Event()
        self._retitled = self._new = 0
        self._doomed = len(world.doomed)

    def run(self) -> None:
        """Reads until it is told to end."""
        try:
            while not self._over.wait(PAUSE_SECONDS):
                self._look()
        except Exception as problem:  # noqa: BLE001  # it is a finding, whatever it is
            self.wrong.append(f"It failed: {problem!r}")

    def end(self) -> None:
        """Has it end, and waits for that."""
        self._over.set()
        self.join()

    def _look(self) -> None:
        # Counted before they are made, or after: whichever allows more. Nothing hidden is expected, nor anything new.
        total = self._count("")
        self._expect(total >= OPPORTUNITIES - self.world.ever_hidden - self.world.deleted, f"only {total} are found")
        self._expect(total <= OPPORTUNITIES + self.world.new, f"as many as {total} are found")
        retitled, new, doomed = (self._count(word) for word in (RETITLED, NEW, DOOMED))
        self._expect(retitled >= self._retitled, f"{self._retitled} had another title, and now {retitled}")
        self._expect(new >= self._new, f"{self._new} were new, and now {new}")
        self._expect(doomed <= self._doomed, f"{self._doomed} were left, and now {doomed}")
        self._retitled, self._new, self._doomed = retitled, new, doomed
        self.answers += 4

    def _count(self, text: str) -> int:
        return count(self.engine, text)

    def _expect(self, holds: bool, said: str) -> None:
        if not holds:
            self.wrong.append(f"After {self.answers} answers: {said}.")


def count(engine: SearchEngine, text: str) -> int:
    return engine.count(Request(SearchCriteria(), words(text), timezone.now()))


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, settings: LazySettings, tmp_path: Path) -> Iterator[Store]:
    """The store whose index is rebuilt, without an index."""
    settings.SEARCH_ENGINE = request.param
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.ELASTICSEARCH_INDEX_PREFIX = own_prefix()
    settings.ELASTICSEARCH_TIMEOUT = 10.0  # a busy machine is no outage
    if request.param == "elasticsearch":
        settings.ELASTICSEARCH_URL = [request.getfixturevalue("elasticsearch_url")]
    found: Store = EmbeddedStore(tmp_path / "index")
    if request.param == "elasticsearch":
        found = elasticsearch_store()
    yield found
    found.close()
    try:
        found.discard(found.live())
    except IndexMissingError:
        return


@pytest.fixture
def commands(process_environment: dict[str, str], store: Store, settings: LazySettings) -> Commands:
    """Commands on that store."""
    environment = {
        **process_environment,
        "ELASTICSEARCH_INDEX_PREFIX": settings.ELASTICSEARCH_INDEX_PREFIX,
        "ELASTICSEARCH_TIMEOUT": str(settings.ELASTICSEARCH_TIMEOUT),
        "ELASTICSEARCH_URL": ",".join(settings.ELASTICSEARCH_URL),
        "SEARCH_ENGINE": settings.SEARCH_ENGINE,
        "SEARCH_INDEX_DIR": str(settings.SEARCH_INDEX_DIR),
    }
    return Commands(environment, settings.SEARCH_INDEX_DIR)


@contextmanager
def draining(commands: Commands, store: Store) -> Iterator[None]:
    """A drainer brings the live index up to date meanwhile, and ends in order."""
    drainer = commands.start("drain_changes", "--engine", store.name, "--poll", "0.05")
    try:
        yield
        drainer.send_signal(signal.SIGTERM)
        said, _ = drainer.communicate(timeout=PATIENCE_SECONDS)
        assert (drainer.returncode, said) == (0, "")
    finally:
        drainer.kill()
        drainer.wait()


@pytest.mark.timeout(full(300, 1_500))
def test_no_change_is_lost_or_undone_and_no_reader_sees_a_part(
    store: Store, commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    world = World()
    assert commands.run("rebuild_index", "--engine", store.name)[0] == 0
    first = store.live().name
    store.close()
    reader = Reader(store.engine, world)
    with draining(commands, store):
        reader.start()
        world.change_until(lambda: world.changes == AFTERWARDS)
        begun = time.monotonic()
        rebuilding = commands.start("rebuild_index", "--engine", store.name)
        rate = world.change_until(lambda: rebuilding.poll() is not None or time.monotonic() - begun > REBUILD_SECONDS)
        took, during = time.monotonic() - begun, world.changes - AFTERWARDS
        said, _ = rebuilding.communicate(timeout=PATIENCE_SECONDS)
        assert (rebuilding.returncode, "The new index is live" in said) == (0, True), said
        world.change_until(lambda: world.changes == AFTERWARDS + during + AFTERWARDS)
        wait_for(commands.drained)
    reader.end()
    assert not reader.wrong
    assert store.live().name != first
    store.close()
    code, said = commands.run("check_index", "--engine", store.name)
    assert (code, "No difference" in said) == (0, True), said
    assert count(store.engine, RETITLED) == len(world.titles)
    assert count(store.engine, NEW) == world.new
    assert count(store.engine, DOOMED) == len(world.doomed)
    assert count(store.engine, "") == OPPORTUNITIES + world.new - world.deleted - len(world.hidden)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{store.name}: {OPPORTUNITIES:,} opportunities rebuilt in {took:.0f} s under {during} changes "
            f"({rate:.0f} a second) and {reader.answers:,} answers; {world.deleted} deleted, {world.ever_hidden} hidden\n"
        )
