"""Rebuilding the index of any store: until the new one is live, nothing tells of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection

from changes.models import Feed
from changes.services import close_feed, open_feed
from opportunities.models import Opportunity
from search.comparing import differences
from search.draining import Drainer, RebuildDueError
from search.engines.base import IndexStore, Lock, SearchUnavailableError
from search.feeds import rebuild_feed
from search.rebuilding import RebuildFailedError, rebuild
from tests.factories import OpportunityFactory
from tests.search.memory_store import MemoryStore

pytestmark = pytest.mark.django_db


def agree(*stores: IndexStore) -> bool:
    return not any(list(differences(store.engine)) for store in stores)


@pytest.mark.parametrize("step", ["fill", "settle", "new", "put_live", "prune"])
def test_what_fails_leaves_the_live_index_alone(memory: MemoryStore, step: str) -> None:
    OpportunityFactory.create()
    Drainer(memory).drain()
    before, held = memory.current, dict(memory.engine.signatures())
    memory.failing = {step}
    with pytest.raises(SearchUnavailableError):
        rebuild(memory)
    memory.failing = set()
    assert memory.current is before
    assert memory.engine.signatures() == held
    assert [feed.name for feed in Feed.objects.all()] == [memory.feed]
    # Whether the new one is live cannot be known when putting it there fails, so nobody drops it.
    assert len(memory.generations) == (2 if step == "put_live" else 1)
    rebuild(memory)
    assert len(memory.generations) == 1
    assert agree(memory)


def test_what_cannot_be_discarded_hides_no_reason(memory: MemoryStore) -> None:
    memory.failing = {"fill", "discard"}
    OpportunityFactory.create()
    with pytest.raises(SearchUnavailableError, match="fill"):
        rebuild(memory)


def test_a_rebuild_that_dies_vouches_for_nothing(memory: MemoryStore) -> None:
    """The feed was dropped, so changes are missing from the live index, whatever a rebuild had begun to do."""
    close_feed(memory.feed)
    OpportunityFactory.create()
    memory.failing = {"fill"}
    with pytest.raises(SearchUnavailableError):
        rebuild(memory)
    # Killed, it would leave its feed behind, too.
    open_feed(rebuild_feed(memory.feed))
    memory.failing = set()
    with pytest.raises(RebuildDueError):
        Drainer(memory).step()
    rebuild(memory)
    assert [feed.name for feed in Feed.objects.all()] == [memory.feed]
    assert agree(memory)


@pytest.mark.parametrize("fed", [True, False], ids=["with a feed", "without"])
def test_changes_made_meanwhile_are_kept(versioned: IndexStore, monkeypatch: pytest.MonkeyPatch, fed: bool) -> None:
    changed, deleted, drained = (OpportunityFactory.create() for _ in range(3))
    Drainer(versioned).drain()
    if not fed:
        close_feed(versioned.feed)

    def change(_: str) -> None:
        Opportunity.objects.get(pk=changed.pk).save(update_fields=["summary"])
        Opportunity.objects.filter(pk=deleted.pk).first() and Opportunity.objects.get(pk=deleted.pk).delete()
        OpportunityFactory.create()
        drained.title = "Taken in by the drainer"
        drained.save()
        if fed:
            Drainer(versioned).drain()

    really_put = versioned.put_live

    def change_and_put(generation: object) -> None:
        # After the last look of the rebuild: the drainer's.
        drained.title = "Later still"
        drained.save()
        really_put(generation)  # type: ignore[arg-type]

    monkeypatch.setattr(versioned, "put_live", change_and_put)
    first = versioned.live().name
    rebuild(versioned, change)
    assert versioned.live().name != first
    assert not agree(versioned)
    assert Drainer(versioned).drain() > 0
    assert agree(versioned)


@contextmanager
def held_elsewhere(store: IndexStore, lock: Lock) -> Iterator[None]:
    """Another thread holds a lock, by a connection of its own: on PostgreSQL the same one may take it again."""
    held, enough = Event(), Event()

    def hold() -> None:
        with store.locked(lock):
            held.set()
            enough.wait(30)
        connection.close()

    thread = Thread(target=hold)
    thread.start()
    try:
        assert held.wait(30)
        yield
    finally:
        enough.set()
        thread.join()


def test_one_at_a_time(store: IndexStore) -> None:
    with held_elsewhere(store, Lock.REBUILD), pytest.raises(RebuildFailedError, match="under way"):
        rebuild(store)


def test_an_index_that_disagrees_is_not_put_in_place(memory: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    OpportunityFactory.create()
    Drainer(memory).drain()
    monkeypatch.setattr("search.rebuilding._BETWEEN_LOOKS_SECONDS", 0)
    monkeypatch.setattr("search.rebuilding.expected_keys", lambda: {"opportunity-1000000"})
    before = memory.current
    with pytest.raises(RebuildFailedError, match="disagree on 3 documents"):
        rebuild(memory)
    assert memory.current is before
    assert len(memory.generations) == 1
