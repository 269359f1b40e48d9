"""(d) Indexing: into the engine alone, making documents from the database, and a whole rebuild."""

from __future__ import annotations

import time

from benchmarks.contenders import Contender, fill, wait_for_merges
from benchmarks.options import PARTS
from benchmarks.running import Run
from benchmarks.tables import Table
from benchmarks.timing import server_seconds
from search.indexing import BATCH, batches, everything
from search.rebuilding import rebuild
from search.touching import Touched

#: Reading takes as long for each however many there are, so more of them tell nothing new.
_READ = 4_000
#: Most of a rebuild is making documents, which is measured alone: larger ones would only say the same for longer.
_LARGEST_REBUILD = 20_000


def measure(run: Run) -> Table:
    """Documents a second, each way."""
    table = Table("d", PARTS["d"], run.size)
    table.notes = (
        "× raw: what one document takes, over p50 of the embedded engine's query. Engine and serialisation: documents that are",
        "made already, written into an empty index until all can be found. Rebuild: also reads them, and compares at the end.",
    )
    documents = run.prepared.documents
    speeds: dict[str, float] = {}
    for contender in run.contenders:
        seconds, ours, theirs = _fill(contender, run)
        speeds[contender.name] = len(documents) / seconds
        _add(run, table, "engine and serialisation", contender.name, len(documents), seconds, speeds["embedded"])
        table.rows[-1].figures.update(our_seconds=ours, server_seconds=theirs)
    count, seconds = _read()
    _add(run, table, "making documents from the database", "either", count, seconds, speeds["embedded"])
    for contender in run.contenders if run.size <= _LARGEST_REBUILD else ():
        done = rebuild(contender.store)
        contender.store.close()
        wait_for_merges(contender.store)
        _add(run, table, "rebuild", contender.name, done.documents, done.seconds, speeds["embedded"])
    run.profile("making 500 documents from the database", [_read_some])
    return table


def _add(run: Run, table: Table, what: str, engine: str, documents: int, seconds: float, embedded: float) -> None:
    table.add(
        what,
        engine,
        ratio=seconds * 1000 / documents / run.raw,
        documents=documents,
        seconds=seconds,
        per_second=documents / seconds,
        of_embedded=documents / seconds / embedded,
    )


def _fill(contender: Contender, run: Run) -> tuple[float, float, float]:
    """Seconds by the wall's clock, of processor time here, and of the server's."""
    documents = run.prepared.documents
    generation = contender.store.new()
    try:
        begun, ours, theirs = time.perf_counter(), time.process_time(), server_seconds(contender.pid)
        fill(generation, documents)
        took = time.perf_counter() - begun
        return took, time.process_time() - ours, server_seconds(contender.pid) - theirs
    finally:
        contender.store.discard(generation)
        wait_for_merges(contender.store)


def _read() -> tuple[int, float]:
    wanted = everything()
    some = Touched(set(sorted(wanted.opportunities)[:_READ]), set())
    begun = time.perf_counter()
    count = sum(len(batch.documents) for batch in batches(some))
    return count, time.perf_counter() - begun


def _read_some() -> None:
    wanted = everything()
    for _ in batches(Touched(set(sorted(wanted.opportunities)[:BATCH]), set())):
        pass
