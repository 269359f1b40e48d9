"""Indexing into any store: what fails, what comes meanwhile, and what was read earlier than something else."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.utils import timezone

from changes.models import Change
from changes.selectors import find_feed
from opportunities.models import Opportunity
from search.comparing import differences, repair, waiting_changes
from search.draining import Drainer, RebuildDueError
from search.engines.base import IndexMissingError, IndexStore, Lock, SearchUnavailableError
from search.engines.embedded.store import EmbeddedStore
from search.indexing import opportunity_batch
from search.rebuilding import rebuild
from search.stores import fed_stores
from tests.factories import OpportunityFactory
from tests.search.memory_store import MemoryStore

pytestmark = pytest.mark.django_db


def agree(*stores: IndexStore) -> bool:
    return not any(list(differences(store.engine)) for store in stores)


def test_changes_reach_any_store(store: IndexStore) -> None:
    first = OpportunityFactory.create()
    with pytest.raises(RebuildDueError):
        Drainer(store).step()
    with pytest.raises(IndexMissingError):
        store.live()
    assert rebuild(store).documents == 2
    assert agree(store)
    OpportunityFactory.create()
    Opportunity.objects.get(pk=first.pk).delete()
    drainer = Drainer(store)
    # One opportunity and one partner that are new, one opportunity that is gone.
    assert drainer.drain() == 3
    assert agree(store)
    assert len(store.engine.signatures()) == 3
    store.close()


def test_each_of_two_stores_hears_of_every_change(tmp_path: Path) -> None:
    one, two = MemoryStore(), EmbeddedStore(tmp_path / "index")
    rebuild(one)
    rebuild(two)
    OpportunityFactory.create()
    one.down = True
    with pytest.raises(SearchUnavailableError):
        Drainer(one).step()
    assert Drainer(two).drain() == 2
    assert agree(two)
    one.down = False
    assert waiting_changes(one) == 2
    assert Drainer(one).drain() == 2
    assert agree(one)
    two.close()


@pytest.mark.parametrize("step", ["live", "read", "write", "settle"])
def test_rows_stay_when_the_index_cannot_take_them(memory: MemoryStore, step: str) -> None:
    OpportunityFactory.create()
    memory.failing = {step}
    drainer = Drainer(memory)
    for _ in range(2):
        with pytest.raises(SearchUnavailableError):
            drainer.step()
    assert waiting_changes(memory) == 2
    memory.failing = set()
    assert drainer.drain() == 2
    assert agree(memory)


def test_what_was_read_earlier_overwrites_nothing(versioned: IndexStore) -> None:
    """A drainer that stood still between reading and writing, or lost its lock, does no harm."""
    changed, deleted = OpportunityFactory.create(title="Before"), OpportunityFactory.create()
    late = opportunity_batch([changed.pk, deleted.pk])
    changed.title = "After"
    changed.save()
    deleted.delete()
    Drainer(versioned).drain()
    live = versioned.live()
    live.write(late)
    live.settle()
    assert agree(versioned)


def test_a_repair_wins_over_what_the_index_holds(versioned: IndexStore) -> None:
    stale, extra = OpportunityFactory.create(), OpportunityFactory.create()
    Drainer(versioned).drain()
    Opportunity.objects.filter(pk=stale.pk).update(title="Behind the outbox's back")
    Opportunity.objects.filter(pk=extra.pk).update(live=False)
    found = list(differences(versioned.engine))
    assert len(found) == 2
    repair(versioned, found)
    assert agree(versioned)


def test_a_repair_waits_for_the_drainer_that_runs(memory: MemoryStore) -> None:
    opportunity = OpportunityFactory.create()
    Drainer(memory).drain()
    Opportunity.objects.filter(pk=opportunity.pk).update(title="Behind the outbox's back")
    found = list(differences(memory.engine))
    with memory.locked(Lock.DRAINER), pytest.raises(TimeoutError, match="drainer"):
        repair(memory, found, patience_seconds=0.1)
    assert waiting_changes(memory) == 1


def test_a_document_that_stays_due_keeps_nobody_busy(memory: MemoryStore, monkeypatch: pytest.MonkeyPatch) -> None:
    opportunity = OpportunityFactory.create()
    Drainer(memory).drain()
    monkeypatch.setattr(type(memory.engine), "due", lambda *_: [f"opportunity-{opportunity.pk}"])
    drainer = Drainer(memory)
    assert drainer.drain() == 1
    assert drainer.drain() == 0


class TestSilence:
    """The feed of an index that cannot be written falls silent, so that its rows do not pile up."""

    def test_only_what_was_written_counts_as_heard(self, memory: MemoryStore, tmp_path: Path) -> None:
        other = EmbeddedStore(tmp_path / "index")
        rebuild(other)
        OpportunityFactory.create()
        memory.down = True
        drainer = Drainer(memory)
        with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
            with pytest.raises(SearchUnavailableError):
                drainer.step()
            Drainer(other).drain()
            assert find_feed(memory.feed) is None
            assert not Change.objects.exists()
            with pytest.raises(SearchUnavailableError):
                rebuild(memory)
            memory.down = False
            with pytest.raises(RebuildDueError, match="silent"):
                drainer.step()
            rebuild(memory)
            assert drainer.drain() == 0
            assert agree(memory)
        other.close()

    def test_a_drainer_that_comes_back_in_time_goes_on(self, memory: MemoryStore) -> None:
        OpportunityFactory.create()
        with time_machine.travel(timezone.now() + timedelta(hours=25), tick=False):
            # Nobody else looked meanwhile.
            assert Drainer(memory).drain() == 2
            feed = find_feed(memory.feed)
            assert feed is not None
            assert feed.drained_at == timezone.now()


class TestEmbedded:
    """What only a folder can do."""

    def test_a_writer_that_broke_is_opened_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        store = EmbeddedStore(tmp_path / "index")
        rebuild(store)
        OpportunityFactory.create()
        drainer = Drainer(store)

        class Full:
            def __getattr__(self, _: str) -> object:
                raise OSError(28, "No space left on device")

        monkeypatch.setattr(store.live()._writer, "_writer", Full())
        with pytest.raises(SearchUnavailableError, match="No space left"):
            drainer.step()
        assert waiting_changes(store) == 2
        monkeypatch.undo()
        assert drainer.drain() == 2
        assert agree(store)
        store.close()

    def test_a_folder_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("")
        with pytest.raises(SearchUnavailableError, match="No index can be made"):
            EmbeddedStore(tmp_path / "file").new()

    def test_a_generation_is_held_until_another_is_live(self, tmp_path: Path) -> None:
        store = EmbeddedStore(tmp_path / "index")
        rebuild(store)
        first = store.live()
        assert store.live() is first
        with pytest.raises(IndexMissingError, match="cannot be written"):
            EmbeddedStore(tmp_path / "index").live()
        rebuild(store)
        assert store.live() is not first
        store.close()


def test_the_settings_say_what_is_fed(settings: LazySettings, tmp_path: Path) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path
    (embedded,) = fed_stores()
    assert isinstance(embedded, EmbeddedStore)
    assert embedded.folder.root == tmp_path
    assert not embedded.shared
    settings.SEARCH_ENGINE = "elasticsearch"
    cluster, standby = fed_stores()
    assert (cluster.name, standby.name) == ("elasticsearch", "embedded")
    assert cluster.shared
