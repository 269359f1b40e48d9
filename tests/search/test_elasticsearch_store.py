"""The store on a real server: generations and their alias, what belongs to whom, and which write wins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from threading import Event, Thread

import pytest
from elasticsearch.helpers import BulkIndexError
from hypothesis import given
from hypothesis import strategies as st

from search.criteria import SearchCriteria
from search.document import Batch, Document, DocumentType, signed
from search.engines.base import (
    Generation,
    IndexMissingError,
    Request,
    SearchEngine,
    SearchUnavailableError,
)
from search.engines.elasticsearch.cluster import Address
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.elasticsearch.mapping import index_fingerprint, mapping
from search.engines.elasticsearch.store import ElasticsearchGeneration, ElasticsearchStore
from search.results import Card
from tests.contract.documents import opportunity
from tests.contract.engines import NOW, opportunity_key, words
from tests.elasticsearch_server.ports import free_ports
from tests.numbers import examples
from tests.search.cluster import NOWHERE, OTHER, TestCluster, own_cluster, put_live

pytestmark = [pytest.mark.elasticsearch, pytest.mark.engine_only]

OLDER, OLDEST = "00000000000b", "00000000000a"
ALL = Request(SearchCriteria(), words(""), NOW)


@pytest.fixture
def cluster(elasticsearch_url: str, tmp_path: Path) -> Iterator[TestCluster]:
    with own_cluster(elasticsearch_url, tmp_path) as made:
        yield made


@pytest.fixture
def store(cluster: TestCluster) -> ElasticsearchStore:
    return cluster.store()


def write(generation: Generation, *documents: Document, version: int = 1, deleted: tuple[str, ...] = ()) -> None:
    generation.write(Batch(version, list(documents), list(deleted)))
    generation.settle()


def titles(engine: SearchEngine) -> list[str]:
    return sorted(match.card.title for match in engine.search(ALL).matches)


# Generations and the alias


def test_what_is_written_beside_the_live_index_is_seen_after_the_swap(
    cluster: TestCluster, store: ElasticsearchStore
) -> None:
    first = put_live(store)
    write(first, opportunity(1, "Old"))
    second = store.new()
    write(second, opportunity(1, "New"))
    assert (titles(store.engine), titles(second.engine)) == (["Old"], ["New"])
    assert (store.live().name, store.engine.generation()) == (first.name, first.name)
    store.put_live(second)
    assert (titles(store.engine), store.live().name) == (["New"], second.name)
    assert cluster.indices() == [second.name]


def test_names_tell_prefix_version_and_time(cluster: TestCluster, store: ElasticsearchStore) -> None:
    earlier, later = store.new().name, store.new().name
    start = f"{cluster.address.prefix}-{index_fingerprint()}-"
    assert earlier.startswith(start)
    assert int(earlier.removeprefix(start)) < int(later.removeprefix(start))


def test_it_is_live_once_it_is_put_there_and_can_be_put_there_again(store: ElasticsearchStore) -> None:
    assert (store.is_live(), store.versions()) == (False, [])
    generation = store.new()
    assert not store.is_live()
    for _ in range(2):
        store.put_live(generation)
        assert (store.is_live(), store.versions()) == (True, [generation.name])


def test_readers_find_everything_through_any_number_of_swaps(store: ElasticsearchStore) -> None:
    write(put_live(store), opportunity(1), opportunity(2))
    over, found, wrong = Event(), set(), []

    def read() -> None:
        while not over.is_set():
            try:
                found.add(store.engine.count(ALL))
            except SearchUnavailableError as problem:
                wrong.append(problem)

    readers = [Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for _ in range(10):
        generation = store.new()
        write(generation, opportunity(1), opportunity(2))
        store.put_live(generation)
    over.set()
    for reader in readers:
        reader.join()
    assert (found, wrong) == ({2}, [])


def test_a_discarded_generation_is_gone_and_the_live_one_stays(cluster: TestCluster, store: ElasticsearchStore) -> None:
    live, other = put_live(store), store.new()
    store.discard(other)
    assert cluster.indices() == [live.name]
    store.discard(other)
    with pytest.raises(ValueError, match="not all indices of ours"):
        store.discard(ElasticsearchGeneration(store.cluster, f"{live.name},*"))
    assert cluster.indices() == [live.name]


# What belongs to whom


def test_only_half_built_indices_of_this_version_are_pruned(cluster: TestCluster, store: ElasticsearchStore) -> None:
    live = put_live(store)
    theirs = cluster.store(version=OTHER).new()
    foreign = [
        cluster.make(f"{cluster.address.prefix}{name}") for name in ("-notes", "-0123456789ab", f"-{'g' * 12}-1")
    ]
    half_built = [store.new().name for _ in range(2)]
    assert set(half_built) < set(cluster.indices())
    store.prune()
    assert cluster.indices() == sorted([live.name, theirs.name, *foreign])


def test_of_other_versions_the_latest_stays_until_it_is_overtaken(
    cluster: TestCluster, store: ElasticsearchStore
) -> None:
    # Neither the order of their names nor that of today's among them matters, only when they were built.
    latest_of = {version: put_live(cluster.store(version=version)).name for version in (OTHER, OLDEST, OLDER)}
    # Each kept one version beside itself.
    assert set(cluster.indices()) == {latest_of[OLDEST], latest_of[OLDER]}
    assert store.versions() == cluster.indices()
    assert not store.is_live()
    ours = put_live(store)
    assert set(cluster.indices()) == {latest_of[OLDER], ours.name}
    assert cluster.store(version=OLDER).live().name == latest_of[OLDER]
    again = put_live(store)
    assert set(cluster.indices()) == {latest_of[OLDER], again.name}


def test_two_versions_are_written_and_read_side_by_side(cluster: TestCluster, store: ElasticsearchStore) -> None:
    older = cluster.store(version=OLDER)
    write(put_live(older), opportunity(1, "Theirs"))
    write(put_live(store), opportunity(1, "Ours"))
    assert (titles(older.engine), titles(store.engine)) == (["Theirs"], ["Ours"])
    assert older.feed != store.feed


@pytest.mark.parametrize("more", ["-test", "x", "-", f"-{OTHER}"])
def test_a_site_whose_prefix_begins_alike_is_left_alone(cluster: TestCluster, more: str) -> None:
    short, long = cluster.store(), cluster.store(more)
    for store in (long, cluster.store(more, OLDER), short, cluster.store(version=OLDER)):
        put_live(store)
    half_built = {short.name: short.new().name, "long": long.new().name}
    theirs, before = long.versions(), short.versions()
    put_live(short)
    short.prune()
    assert long.versions() == theirs
    assert half_built["long"] in cluster.indices()
    after = short.versions()
    assert len(before) == len(after) == len(theirs) == 2
    assert not set(after) & set(theirs)
    put_live(long)
    long.prune()
    assert short.versions() == after


def test_only_the_live_index_makes_the_colour(cluster: TestCluster, store: ElasticsearchStore) -> None:
    put_live(store)
    assert store.colour() in {"green", "yellow"}
    cluster.make(f"{cluster.address.prefix}-test-{OTHER}-1", settings=NOWHERE)
    assert store.colour() in {"green", "yellow"}
    cluster.ask(
        lambda client: client.indices.put_settings(
            index=store.live().name, settings={"number_of_replicas": 3, "auto_expand_replicas": False}
        )
    )
    assert store.colour() == "yellow"


def test_a_red_index_is_an_outage(cluster: TestCluster, store: ElasticsearchStore) -> None:
    name = cluster.make(f"{store.alias}-1", settings=NOWHERE, mappings=mapping(), aliases={store.alias: {}})
    assert (store.colour(), store.is_live(), store.live().name) == ("red", True, name)
    with pytest.raises(SearchUnavailableError):
        store.engine.search(ALL)
    health = store.engine.health()
    assert not health.ok


# Which write wins

Step = tuple[int, bool]
_keys = count(1)


def _document(key: int, version: int) -> Document:
    return opportunity(key, f"Version {version}")


@examples(40, 500)
@given(
    order=st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=10).flatmap(
        lambda steps: st.permutations(list(enumerate(steps, start=1)))
    ),
    fills=st.sets(st.integers(1, 10)),
)
def test_the_highest_version_wins_whatever_the_order(
    shared: ElasticsearchGeneration, order: list[tuple[int, Step]], fills: set[int]
) -> None:
    first = next(_keys) * 3
    for version, (which, writes) in order:
        documents = [_document(first + which, version)] if writes else []
        deleted = [] if writes else [opportunity_key(first + which)]
        if writes and version in fills:
            shared.fill(Batch(version, documents))
        else:
            shared.write(Batch(version, documents, deleted))
    last = {which: (version, writes) for version, (which, writes) in sorted(order)}
    wanted = {first + which: f"Version {version}" for which, (version, writes) in last.items() if writes}
    assert held(shared, [first, first + 1, first + 2]) == wanted


@pytest.fixture(scope="module")
def shared(elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Generation]:
    """One index for all examples, each of which has keys of its own."""
    with own_cluster(elasticsearch_url, tmp_path_factory.mktemp("index")) as made:
        yield made.store().new()


def held(generation: ElasticsearchGeneration, ids: list[int]) -> dict[int, str]:
    """The titles of those documents that an index holds."""
    keys = [opportunity_key(pk) for pk in ids]
    generation.settle()
    answer = generation.cluster.ask(
        lambda client: client.search(
            index=generation.name, query={"ids": {"values": keys}}, stored_fields=["card"], size=len(keys) or 1
        )
    )
    cards = [Card.from_json(each["fields"]["card"][0]) for each in answer.body["hits"]["hits"]]
    return {card.id: card.title for card in cards}


def test_a_batch_may_hold_what_is_out_of_date(store: ElasticsearchStore) -> None:
    generation = put_live(store)
    write(generation, opportunity(1, "Five"), opportunity(2, "Five"), version=5)
    # Later ones in the same batch are taken nevertheless; what was never there can be deleted.
    stale = Batch(4, [opportunity(1, "Four"), opportunity(3, "Four")], [opportunity_key(2), opportunity_key(9)])
    generation.write(stale)
    generation.settle()
    assert titles(generation.engine) == ["Five", "Five", "Four"]
    # The deletion of what was never there has a version, too.
    write(generation, opportunity(9, "Three"), version=3)
    assert titles(generation.engine) == ["Five", "Five", "Four"]


def test_filling_counts_what_was_taken(store: ElasticsearchStore) -> None:
    generation = store.new()
    assert isinstance(generation, ElasticsearchGeneration)
    write(generation, opportunity(1, "Later"), version=9, deleted=(opportunity_key(2),))
    documents = [opportunity(pk, "Earlier") for pk in range(1, 1_202)]
    assert generation.fill_all(documents, 8) == len(documents) - 2
    assert generation.fill(Batch(8, documents)) == 0
    generation.settle()
    assert len(generation.engine.signatures()) == len(documents) - 1
    assert held(generation, [1, 2, 3]) == {1: "Later", 3: "Earlier"}


def test_an_empty_batch_is_nothing(store: ElasticsearchStore) -> None:
    generation = store.new()
    generation.write(Batch(1))
    assert generation.fill(Batch(1)) == 0
    assert generation.engine.signatures() == {}


# What is refused


@pytest.mark.parametrize("way", ["fill", "fill_all", "write"])
def test_a_document_that_the_mapping_refuses_is_an_error(
    store: ElasticsearchStore, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    generation = store.new()
    assert isinstance(generation, ElasticsearchGeneration)
    wrong = signed({**opportunity(1).values, "days": "Tuesday"})
    undeclared = opportunity(2)
    from search.engines.elasticsearch import store as module

    to_source = module.to_source
    monkeypatch.setattr(
        module, "to_source", lambda document: to_source(document) | ({"mood": "good"} if document is undeclared else {})
    )
    for refused in (wrong, undeclared):
        batch = Batch(1, [opportunity(3), refused, opportunity(4)])
        with pytest.raises(BulkIndexError, match="refuses a document"):
            generation.fill_all(batch.documents, 1) if way == "fill_all" else getattr(generation, way)(batch)
    generation.settle()
    # Nothing was taken for a word of its own: the mapping is as it was.
    assert opportunity_key(2) not in generation.engine.signatures()
    store.put_live(generation)
    assert not store.mapping_differs()


def test_a_mapping_that_somebody_changed_is_noticed(cluster: TestCluster, store: ElasticsearchStore) -> None:
    put_live(store)
    assert not store.mapping_differs()
    name = store.live().name
    cluster.ask(lambda client: client.indices.put_mapping(index=name, properties={"mood": {"type": "keyword"}}))
    assert store.mapping_differs()
    put_live(store)
    assert not store.mapping_differs()
    cluster.ask(lambda client: client.indices.put_mapping(index=store.live().name, dynamic="true"))
    assert store.mapping_differs()


def test_a_missing_index_is_named_so(store: ElasticsearchStore) -> None:
    for ask in (store.live, store.mapping_differs, *reads(store.engine)):
        with pytest.raises(IndexMissingError, match=r"no .*index"):
            ask()
    health = store.engine.health()
    assert (health.ok, "no such index" in health.message) == (False, True)


def reads(engine: ElasticsearchEngine) -> list[Callable[[], object]]:
    """Every question that an engine answers."""
    return [
        lambda: engine.search(ALL),
        lambda: engine.count(ALL),
        lambda: engine.suggest("pr", NOW),
        engine.generation,
        engine.words,
        lambda: engine.due(NOW, 10),
        engine.signatures,
    ]


def test_an_index_that_is_gone_is_not_written(cluster: TestCluster, store: ElasticsearchStore) -> None:
    generation = store.new()
    store.discard(generation)
    acts: list[Callable[[], object]] = [lambda: write(generation, opportunity(1)), generation.settle]
    for act in acts:
        with pytest.raises(IndexMissingError):
            act()
    assert cluster.indices() == []


def test_an_index_that_is_blocked_is_an_outage_for_writing(cluster: TestCluster, store: ElasticsearchStore) -> None:
    generation = put_live(store)
    cluster.ask(lambda client: client.indices.put_settings(index=generation.name, settings={"blocks.write": True}))
    for act in (generation.fill, generation.write):
        with pytest.raises(SearchUnavailableError, match="could not take a document"):
            act(Batch(1, [opportunity(1)]))
    assert titles(store.engine) == []
    cluster.ask(lambda client: client.indices.put_settings(index=generation.name, settings={"blocks.write": False}))
    write(generation, opportunity(1, "Taken"))
    assert titles(store.engine) == ["Taken"]


def test_a_server_that_is_away_is_an_outage_for_everything(tmp_path: Path) -> None:
    [port] = free_ports(1)
    store = ElasticsearchStore(Address((f"http://127.0.0.1:{port}",), timeout=0.5), tmp_path)
    generation = ElasticsearchGeneration(store.cluster, f"{store.alias}-1")
    everything: list[Callable[[], object]] = [
        store.live,
        store.new,
        lambda: store.put_live(generation),
        lambda: store.discard(generation),
        store.prune,
        store.versions,
        store.is_live,
        store.colour,
        store.mapping_differs,
        lambda: generation.fill(Batch(1, [opportunity(1)])),
        lambda: generation.write(Batch(1, [opportunity(1)])),
        lambda: generation.write(Batch(1, deleted=[DocumentType.PARTNER.key(1)])),
        generation.settle,
        *reads(store.engine),
        *reads(generation.engine),
    ]
    for act in everything:
        with pytest.raises(SearchUnavailableError, match="cannot be reached"):
            act()
    assert not store.engine.health().ok
