"""Reading an index while it changes: commits, rebuilds, forks."""

import os
from pathlib import Path
from threading import Thread

import pytest
import tantivy

from search.document import fingerprint
from search.engines.base import BusyError, IndexMissingError, Lock
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.folder import IndexFolder
from search.engines.embedded.store import EmbeddedStore
from search.engines.embedded.writer import EmbeddedWriter
from tests.contract.documents import opportunity

pytestmark = pytest.mark.engine_only


def build(folder: IndexFolder, count: int) -> Path:
    """A live generation of so many documents."""
    generation = folder.new_generation()
    writer = EmbeddedWriter(generation)
    writer.write([opportunity(pk) for pk in range(1, count + 1)], [])
    writer.close()
    folder.put_live(generation)
    return generation


def test_a_forked_process_opens_an_index_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader opened before a fork never hears of commits. No process is forked here: threads and forks don't mix."""
    folder = IndexFolder(tmp_path)
    generation = build(folder, 1)
    opened: list[str] = []
    really_open = tantivy.Index

    def count_and_open(schema: tantivy.Schema, path: str) -> tantivy.Index:
        opened.append(path)
        return really_open(schema, path=path)

    monkeypatch.setattr(tantivy, "Index", count_and_open)
    engine = EmbeddedEngine(tmp_path)
    assert len(engine.signatures()) == len(engine.signatures()) == len(opened) == 1
    in_parent = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: in_parent + 1)
    assert len(engine.signatures()) == 1
    assert len(opened) == 2
    monkeypatch.undo()
    writer = EmbeddedWriter(generation)
    writer.write([opportunity(2)], [])
    writer.close()
    assert len(engine.signatures()) == 2


def test_swaps_under_searches(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path)
    build(folder, 1)
    engine = EmbeddedEngine(tmp_path)
    sizes: list[int] = []
    going = True

    def look() -> None:
        while going:
            sizes.append(len(engine.signatures()))

    readers = [Thread(target=look) for _ in range(2)]
    for reader in readers:
        reader.start()
    for count in range(2, 12):
        build(folder, count)
    going = False
    for reader in readers:
        reader.join()
    assert len(engine.signatures()) == 11
    assert sizes
    assert set(sizes) <= set(range(1, 12))


def test_one_generation_is_kept_beside_the_live_one(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path)
    made = [build(folder, 1) for _ in range(3)]
    assert folder.live == made[-1]
    assert sorted(path for path in tmp_path.iterdir() if path.is_dir() and not path.is_symlink()) == made[1:]


def test_no_index_says_what_to_do(tmp_path: Path) -> None:
    engine = EmbeddedEngine(tmp_path)
    with pytest.raises(IndexMissingError, match="rebuild_index"):
        engine.signatures()
    health = engine.health()
    assert not health.ok
    assert "rebuild_index" in health.message


def test_an_index_of_another_version_says_what_to_do(tmp_path: Path) -> None:
    folder = IndexFolder(tmp_path)
    generation = build(folder, 1)
    other = generation.rename(tmp_path / generation.name.replace(fingerprint(), "another0fing"))
    folder.put_live(other)
    with pytest.raises(IndexMissingError, match="another version"):
        EmbeddedEngine(tmp_path).signatures()
    assert not folder.live_is_current


def test_a_damaged_index_says_what_to_do(tmp_path: Path) -> None:
    generation = build(IndexFolder(tmp_path), 1)
    (generation / "meta.json").write_text("{")
    with pytest.raises(IndexMissingError, match="rebuild_index"):
        EmbeddedEngine(tmp_path).signatures()


def test_a_lock_is_held_once(tmp_path: Path) -> None:
    store = EmbeddedStore(tmp_path)
    with store.locked(Lock.DRAINER), pytest.raises(BusyError), store.locked(Lock.DRAINER, wait=False):
        pass
    with store.locked(Lock.DRAINER, wait=False):
        pass
