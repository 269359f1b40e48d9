"""The embedded engine on synthetic documents: how fast it indexes and answers, beside a bare term query.

Times differ from machine to machine; the ratios hold.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import batched
from pathlib import Path

from tantivy import Query

from benchmarks.documents import AUDIENCES, FORMS, KINDS, OUTCODES, SKILLS, TODAY, TOPICS, Maker
from search.criteria import SearchCriteria, Sort
from search.document import Document
from search.engines.base import Request
from search.engines.embedded import EmbeddedEngine
from search.engines.embedded.folder import IndexFolder
from search.engines.embedded.writer import EmbeddedWriter
from search.query import Area, Clause, TextQuery, YearSpan
from search.text import analyse

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
#: Made-up kilometres: what they are does not matter to the time.
DISTANCES = {code: index * 0.2 for index, code in enumerate(OUTCODES)}


@dataclass(frozen=True, slots=True)
class Measured:
    """Times of one kind of request, in milliseconds."""

    name: str
    p50: float
    p95: float
    hits: int


def timed(name: str, calls: Sequence[Callable[[], int]], clock: Callable[[], float]) -> Measured:
    """Runs each call once, after a few to warm up. `clock` gives seconds."""
    for call in calls[:3]:
        call()
    times, hits = [], 0
    for call in calls:
        begun = clock()
        hits += call()
        times.append((clock() - begun) * 1000)
    times.sort()
    return Measured(name, times[len(times) // 2], times[int(len(times) * 0.95)], hits // len(calls))


class Requests:
    """Random requests, no two alike, so that no count is remembered from the one before."""

    def __init__(self, seed: int = 2) -> None:
        self.chance = random.Random(seed)

    def text(self, *words: str) -> TextQuery:
        """All of the words must match."""
        tokens = tuple(token for word in words for token in analyse(word))
        return TextQuery(tuple(Clause((token,)) for token in tokens), tokens)

    def two(self) -> TextQuery:
        """A topic and a form, such as theatre workshop."""
        return self.text(self.chance.choice(TOPICS), self.chance.choice(FORMS))

    def filters(self) -> dict[str, tuple[str, ...]]:
        """Three facets with choices."""
        return {
            "kind": tuple(self.chance.sample(tuple(KINDS), 3)),
            "skill": tuple(self.chance.sample(SKILLS, 2)),
            "audience": tuple(self.chance.sample(AUDIENCES, 3)),
        }

    def years(self) -> TextQuery:
        """A topic, a form and a year."""
        year = self.chance.randint(1, 12)
        clause = Clause((), (("year", str(year)),), YearSpan(year, year))
        two = self.two()
        return TextQuery((*two.clauses, clause), (*two.run, "year", str(year)), ("visit",), ("creativity",))

    def place(self) -> TextQuery:
        """A topic and a place."""
        area = Area((f"borough-{self.chance.randrange(33)}",), tuple(self.chance.sample(OUTCODES, 4)))
        return TextQuery((Clause((analyse(self.chance.choice(TOPICS))[0],)), Clause((), (("hackney",),), area=area)))

    def many(self) -> TextQuery:
        """Five words, of which hardly a document holds all."""
        return self.text(*self.chance.sample(TOPICS, 3), *self.chance.sample(FORMS, 2))

    def dates(self) -> dict[str, object]:
        """Open places within some weeks."""
        begin = TODAY + timedelta(days=self.chance.randint(0, 200))
        return {"date_from": begin, "date_to": begin + timedelta(days=self.chance.randint(5, 60)), "open_only": True}

    def near(self) -> dict[str, object]:
        """Within some kilometres of a place."""
        return {"near": "EC2Y", "radius_km": 2 + self.chance.random() * 12}


def build(folder: IndexFolder, documents: Sequence[Document]) -> float:
    """Indexes documents anew, as a rebuild does; how many a second."""
    generation = folder.new_generation()
    writer = EmbeddedWriter(generation)
    begun = time.perf_counter()
    for batch in batched(documents, 500):
        writer.add_new(batch)
    writer.commit()
    seconds = time.perf_counter() - begun
    writer.close()
    folder.put_live(generation)
    return len(documents) / seconds


def measure(engine: EmbeddedEngine, count: int, clock: Callable[[], float]) -> list[Measured]:
    """Every kind of request, `count` times."""
    make = Requests()

    def request(query: TextQuery, **criteria: object) -> Callable[[], int]:
        asked = SearchCriteria(**criteria)  # type: ignore[arg-type]
        return lambda: engine.search(Request(asked, query, NOW, DISTANCES if asked.near else {})).total

    kinds: dict[str, Callable[[], Callable[[], int]]] = {
        "text, three filters, all facets": lambda: request(make.two(), **make.filters()),
        "text and all facets": lambda: request(make.text(make.chance.choice(TOPICS), *make.chance.sample(FORMS, 1))),
        "text with a year, three filters": lambda: request(make.years(), **make.filters()),
        "text with a place": lambda: request(make.place()),
        "five words, enough of them": lambda: request(make.many()),
        "no text, three filters": lambda: request(TextQuery(), **make.filters()),
        "open places in these dates": lambda: request(make.two(), **make.dates()),
        "within a radius": lambda: request(make.two(), **make.near()),
        "nearest first": lambda: request(make.two(), **make.near(), sort=Sort.NEAREST),
        "soonest first": lambda: request(make.two(), **make.filters(), sort=Sort.SOONEST),
        "page 50 of a common word": lambda: request(make.text("people"), page=50, undone=frozenset({str(make.chance)})),
        "suggestions": lambda: lambda: len(engine.suggest(make.chance.choice(TOPICS)[:4], NOW)),
    }
    return [timed(name, [kind() for _ in range(count)], clock) for name, kind in kinds.items()]


def bare_term(engine: EmbeddedEngine, count: int, clock: Callable[[], float]) -> Measured:
    """The least that the library can do: count one term in one field and rank twenty hits, nothing read of them."""
    snapshot = engine.snapshot()
    queries = [Query.term_query(snapshot.schema, "title", analyse(topic)[0]) for topic in TOPICS]

    def ask(query: Query) -> int:
        return int(snapshot.searcher.search(query, limit=20).count)  # type: ignore[attr-defined]  # missing in the stub

    calls = [partial(ask, query) for query in queries]
    return timed("bare term query", (calls * (count // len(calls) + 1))[:count], clock)


def main(words: Sequence[str] | None = None) -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks embedded", description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000, help="how many documents (default 100,000)")
    parser.add_argument("--requests", type=int, default=200, help="how many requests of each kind (default 200)")
    parser.add_argument("--cpu", action="store_true", help="count processor time, on a machine with other work")
    parser.add_argument("--folder", type=Path, help="where to build the index (default: a temporary folder)")
    options = parser.parse_args(words)
    if options.folder and IndexFolder(options.folder).live_is_current:
        print(f"The index in {options.folder} is measured as it is.\n")
        report(options.folder, options)
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = IndexFolder(options.folder or Path(temporary))
        begun = time.perf_counter()
        documents = list(Maker().documents(options.documents))
        print(f"{len(documents):,} synthetic documents made and analysed in {time.perf_counter() - begun:.0f} s")
        print(f"indexing, engine and serialisation: {build(folder, documents):,.0f} documents a second\n")
        report(folder.root, options)


def report(root: Path, options: argparse.Namespace) -> None:
    """Measures and prints."""
    engine = EmbeddedEngine(root)
    clock = time.thread_time if options.cpu else time.perf_counter
    bare = bare_term(engine, options.requests, clock)
    print(f"{'request':34} {'p50 ms':>8} {'p95 ms':>8} {'of a bare term':>15} {'hits':>9}")
    for each in (bare, *measure(engine, options.requests, clock)):
        print(f"{each.name:34} {each.p50:8.2f} {each.p95:8.2f} {each.p50 / bare.p50:14.1f}x {each.hits:9,}")


if __name__ == "__main__":
    main()
