"""Keeping several indexes up to date at once, whatever fails meanwhile."""

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from io import StringIO
from threading import Event, Thread

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from changes.models import Change
from search.comparing import differences, waiting_changes
from search.engines.base import BusyError, IndexStore, Lock
from search.engines.embedded.store import EmbeddedStore
from search.keeping import Keeper
from search.rebuilding import rebuild
from tests.factories import OpportunityFactory
from tests.search.memory_store import MemoryStore

pytestmark = pytest.mark.django_db(transaction=True)


def wait_for(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "It did not happen in time."
        time.sleep(0.02)


class Working:
    """A keeper at work in a thread of its own."""

    def __init__(self, store: IndexStore) -> None:
        self.said: list[str] = []
        self.failures: list[BaseException] = []
        self.stopping = Event()
        keeper = Keeper(store, self.stopping, self.said.append, 0.02)

        def work() -> None:
            try:
                keeper.run()
            except BaseException as failure:  # noqa: BLE001
                self.failures.append(failure)

        self.thread = Thread(target=work)
        self.thread.start()

    def stop(self) -> None:
        self.stopping.set()
        self.thread.join(30)
        assert not self.thread.is_alive()


@pytest.fixture
def working(stores: tuple[MemoryStore, EmbeddedStore]) -> Iterator[Callable[[IndexStore], Working]]:
    """Starts keepers, which are stopped at the end."""
    started: list[Working] = []

    def start(store: IndexStore) -> Working:
        started.append(Working(store))
        return started[-1]

    yield start
    for each in started:
        each.stop()


def test_what_is_down_is_told_once_and_made_up_for(
    stores: tuple[MemoryStore, EmbeddedStore],
    working: Callable[[IndexStore], Working],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("search.keeping.LONGEST_PAUSE_SECONDS", 0.05)
    memory, _ = stores
    caplog.set_level(logging.WARNING, "search.keeping")
    worker = working(memory)
    wait_for(lambda: memory.current is not None)
    memory.down = True
    OpportunityFactory.create()
    wait_for(lambda: bool(caplog.records))
    # Long enough to try several times.
    time.sleep(1.5)
    assert waiting_changes(memory) == 2
    # Another host may have better luck: the lock is held only while this one tries.
    wait_for(lambda: not memory._locks[Lock.DRAINER].locked())
    memory.down = False
    wait_for(lambda: not Change.objects.exists())
    worker.stop()
    assert not list(differences(memory.engine))
    told = [record.getMessage() for record in caplog.records]
    assert len(told) == 2
    assert "cannot be written" in told[0]
    assert "again" in told[1]


def test_an_index_that_another_host_feeds_is_looked_at_again(
    stores: tuple[MemoryStore, EmbeddedStore], working: Callable[[IndexStore], Working]
) -> None:
    memory, _ = stores
    with memory.locked(Lock.DRAINER):
        worker = working(memory)
        time.sleep(0.5)
        assert memory.current is None
        assert not worker.failures
    wait_for(lambda: memory.current is not None)
    worker.stop()


def test_an_index_of_this_host_is_fed_once(
    stores: tuple[MemoryStore, EmbeddedStore], working: Callable[[IndexStore], Working]
) -> None:
    _, embedded = stores
    with embedded.locked(Lock.DRAINER):
        worker = working(EmbeddedStore(embedded.folder.root))
        worker.thread.join(30)
    assert isinstance(worker.failures[0], BusyError)


def test_a_database_that_is_away_is_waited_for(
    stores: tuple[MemoryStore, EmbeddedStore],
    working: Callable[[IndexStore], Working],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    memory, _ = stores
    away = [OperationalError("gone"), OperationalError("gone")]

    def look(*_: object) -> list[str]:
        if away:
            raise away.pop()
        return []

    monkeypatch.setattr(type(memory.engine), "due", look)
    worker = working(memory)
    wait_for(lambda: not away and memory.current is not None)
    OpportunityFactory.create()
    wait_for(lambda: not Change.objects.exists())
    worker.stop()
    assert not worker.failures


@pytest.mark.postgres
def test_a_drainer_whose_connections_are_cut_goes_on(
    stores: tuple[MemoryStore, EmbeddedStore], working: Callable[[IndexStore], Working]
) -> None:
    memory, _ = stores
    worker = working(memory)
    wait_for(lambda: memory.current is not None)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchall()
    OpportunityFactory.create()
    wait_for(lambda: not Change.objects.exists())
    worker.stop()
    assert not worker.failures


def test_being_told_to_stop_ends_a_rebuild(stores: tuple[MemoryStore, EmbeddedStore]) -> None:
    memory, _ = stores
    OpportunityFactory.create()
    stopping = Event()
    said: list[str] = []

    def say(text: str) -> None:
        said.append(text)
        stopping.set()

    Keeper(memory, stopping, say, 0.02).run()
    assert memory.current is None
    assert not memory.generations
    assert len(said) == 1


class Drain:
    """`drain_changes` in this process, told to stop as a supervisor does it."""

    def __init__(self, *words: str, until: Callable[[], bool]) -> None:
        self.out, self.problem = StringIO(), ""

        def stop() -> None:
            try:
                wait_for(until)
            finally:
                connection.close()
                os.kill(os.getpid(), signal.SIGTERM)

        stopper = Thread(target=stop)
        stopper.start()
        try:
            call_command("drain_changes", "--poll", "0.02", *words, stdout=self.out, stderr=self.out)
        finally:
            stopper.join()


def test_one_thread_for_each_index_and_none_waits_for_another(stores: tuple[MemoryStore, EmbeddedStore]) -> None:
    memory, embedded = stores
    memory.down = True
    OpportunityFactory.create()
    before = signal.getsignal(signal.SIGTERM)
    done = Drain(until=lambda: embedded.engine.health().ok)
    assert signal.getsignal(signal.SIGTERM) is before
    assert "embedded: 2 documents" in done.out.getvalue()
    assert memory.current is None
    memory.down = False
    Drain(until=lambda: memory.current is not None)
    assert not list(differences(memory.engine))
    assert not list(differences(embedded.engine))


def test_only_one_when_asked(stores: tuple[MemoryStore, EmbeddedStore]) -> None:
    memory, embedded = stores
    done = Drain("--engine", "memory", until=lambda: memory.current is not None)
    assert not embedded.engine.health().ok
    # With one there is nothing to tell apart.
    assert "memory:" not in done.out.getvalue()
    with pytest.raises(CommandError, match="memory, embedded"):
        call_command("drain_changes", "--engine", "oracle")


def test_what_nobody_foresaw_ends_the_process(
    stores: tuple[MemoryStore, EmbeddedStore], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its supervisor starts it again; a thread that is gone unnoticed would leave one index behind."""
    memory, embedded = stores

    def break_down(*_: object) -> None:
        raise KeyError("a mistake in the code")

    rebuild(memory)
    monkeypatch.setattr(type(memory.current), "settle", break_down)
    OpportunityFactory.create()
    with pytest.raises(KeyError, match="a mistake"):
        call_command("drain_changes", stdout=StringIO())
    # The other one ended in good order.
    with embedded.locked(Lock.DRAINER, wait=False):
        pass


def test_a_second_drainer_on_this_host_is_refused(stores: tuple[MemoryStore, EmbeddedStore]) -> None:
    _, embedded = stores
    with embedded.locked(Lock.DRAINER), pytest.raises(CommandError, match="One a host"):
        call_command("drain_changes", stdout=StringIO())
