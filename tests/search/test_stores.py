"""Indexing into any store: what fails, what comes meanwhile, and what was read earlier than something else."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import LazySettings
from django.utils import timezone

from changes.models import Change, Feed
from changes.selectors import find_feed
from changes.services import close_feed, open_feed
from opportunities.models import Opportunity
from search.comparing import differences, repair, waiting_changes
from search.draining import Drainer, RebuildDueError
from search.engines.base import IndexMissingError, IndexStore, Lock, SearchUnavailableError
from search.engines.embedded.store import EmbeddedStore
from search.feeds import rebuild_feed
from search.indexing import opportunity_batch
from search.rebuilding import RebuildFailedError, rebuild
from search.stores import fed_stores, find_store, is_shared
from tests.factories import OpportunityFactory
from tests.search.memory_store import MemoryStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def memory() -> MemoryStore:
    """A store in memory with a live index of what the database holds."""
    store = MemoryStore()
    rebuild(store)
    return store


@pytest.fixture(params=["memory", "embedded"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> IndexStore:
    """Each kind of store, without an index."""
    return MemoryStore() if request.param == "memory" else EmbeddedStore(tmp_path / "index")


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


def test_what_was_read_earlier_overwrites_nothing(memory: MemoryStore) -> None:
    """A drainer that stood still between reading and writing, or lost its lock, does no harm."""
    changed, deleted = OpportunityFactory.create(title="Before"), OpportunityFactory.create()
    late = opportunity_batch([changed.pk, deleted.pk])
    changed.title = "After"
    changed.save()
    deleted.delete()
    Drainer(memory).drain()
    live = memory.live()
    live.write(late)
    live.settle()
    assert agree(memory)


def test_a_repair_wins_over_what_the_index_holds(memory: MemoryStore) -> None:
    stale, extra = OpportunityFactory.create(), OpportunityFactory.create()
    Drainer(memory).drain()
    Opportunity.objects.filter(pk=stale.pk).update(title="Behind the outbox's back")
    Opportunity.objects.filter(pk=extra.pk).update(live=False)
    found = list(differences(memory.engine))
    assert len(found) == 2
    repair(memory, found)
    assert agree(memory)


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


class TestRebuild:
    """Until the new index is live, nothing tells of it."""

    @pytest.mark.parametrize("step", ["fill", "settle", "new", "put_live", "prune"])
    def test_what_fails_leaves_the_live_index_alone(self, memory: MemoryStore, step: str) -> None:
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

    def test_what_cannot_be_discarded_hides_no_reason(self, memory: MemoryStore) -> None:
        memory.failing = {"fill", "discard"}
        OpportunityFactory.create()
        with pytest.raises(SearchUnavailableError, match="fill"):
            rebuild(memory)

    def test_a_rebuild_that_dies_vouches_for_nothing(self, memory: MemoryStore) -> None:
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
    def test_changes_made_meanwhile_are_kept(
        self, memory: MemoryStore, monkeypatch: pytest.MonkeyPatch, fed: bool
    ) -> None:
        changed, deleted, drained = (OpportunityFactory.create() for _ in range(3))
        Drainer(memory).drain()
        if not fed:
            close_feed(memory.feed)

        def change(_: str) -> None:
            Opportunity.objects.get(pk=changed.pk).save(update_fields=["summary"])
            Opportunity.objects.filter(pk=deleted.pk).first() and Opportunity.objects.get(pk=deleted.pk).delete()
            OpportunityFactory.create()
            drained.title = "Taken in by the drainer"
            drained.save()
            if fed:
                Drainer(memory).drain()

        really_put = memory.put_live

        def change_and_put(generation: object) -> None:
            # After the last look of the rebuild: the drainer's.
            drained.title = "Later still"
            drained.save()
            really_put(generation)  # type: ignore[arg-type]

        monkeypatch.setattr(memory, "put_live", change_and_put)
        first = memory.current
        rebuild(memory, change)
        assert memory.current is not first
        assert not agree(memory)
        assert Drainer(memory).drain() > 0
        assert agree(memory)

    def test_one_at_a_time(self, store: IndexStore) -> None:
        with store.locked(Lock.REBUILD), pytest.raises(RebuildFailedError, match="under way"):
            rebuild(store)

    def test_an_index_that_disagrees_is_not_put_in_place(
        self, memory: MemoryStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        OpportunityFactory.create()
        Drainer(memory).drain()
        monkeypatch.setattr("search.rebuilding._BETWEEN_LOOKS_SECONDS", 0)
        monkeypatch.setattr("search.rebuilding.expected_keys", lambda: {"opportunity-1000000"})
        before = memory.current
        with pytest.raises(RebuildFailedError, match="disagree on 3 documents"):
            rebuild(memory)
        assert memory.current is before
        assert len(memory.generations) == 1


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

        monkeypatch.setattr(store.live()._writer, "_writer", Full())  # type: ignore[attr-defined]
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
    assert not is_shared(embedded)
    settings.SEARCH_ENGINE = "elasticsearch"
    cluster, standby = fed_stores()
    assert (cluster.name, standby.name) == ("elasticsearch", "embedded")
    assert is_shared(cluster)
    found = find_store("elasticsearch")
    assert found is not None
    assert found.feed == cluster.feed
    assert find_store("oracle") is None
