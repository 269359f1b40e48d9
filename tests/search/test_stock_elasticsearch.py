"""All that is asked of Elasticsearch is in the server's core: a stock server answers alike, and no licence is needed.

The server of the tests has the core and one module (see docs/adr). What is asked is collected from
what really goes to the server, and from what the code could send.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from pathlib import Path
from typing import Any
from unittest.mock import patch

import orjson
import pytest
from elastic_transport import Transport

from search.criteria import SearchCriteria, Sort
from search.document import FACET_FIELDS, FIELDS, Batch
from search.engines.base import Request
from search.engines.elasticsearch.mapping import SETTINGS, mapping
from search.engines.elasticsearch.store import ElasticsearchGeneration
from search.query import Area, Clause, TextQuery, YearSpan
from tests.contract.documents import opportunity, partner
from tests.contract.engines import NOW, opportunity_key, words
from tests.search.cluster import OTHER, TestCluster, own_cluster

pytestmark = [pytest.mark.elasticsearch, pytest.mark.engine_only]


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: In the core of 8.19, under the basic licence, and without scripts. Kinds of things to a name each.
CORE: Mapping[str, frozenset[str]] = {
    "query": _names(
        "bool boosting constant_score dis_max exists function_score fuzzy geo_bounding_box geo_distance ids match match_all"
        " match_none match_phrase more_like_this multi_match nested prefix range term terms wildcard"
    ),
    "aggregation": _names(
        "avg cardinality composite date_histogram filter filters global histogram max min missing nested range stats sum"
        " terms top_hits value_count"
    ),
    "composite source": frozenset({"terms"}),
    "field type": _names(
        "binary boolean completion date double float geo_point integer keyword long nested object short text"
    ),
    "analyser": frozenset({"keyword", "simple", "standard", "stop", "whitespace"}),
    "sort": frozenset({"_doc", "_score", *(field.name for field in FIELDS)}),
    "part of a search": _names(
        "_source aggs docvalue_fields from post_filter query size sort stored_fields track_total_hits"
    ),
    "part of a mapping": frozenset({"_source", "dynamic", "properties"}),
    "part of a field": frozenset({"analyzer", "doc_values", "index", "index_options", "norms", "store", "type"}),
    "setting of an index": frozenset({"auto_expand_replicas", "gc_deletes", "number_of_shards", "refresh_interval"}),
    "bulk action": frozenset({"create", "delete", "index", "update"}),
    "part of a bulk action": frozenset({"_id", "_index", "version", "version_type"}),
    "alias action": frozenset({"add", "remove"}),
    "endpoint": frozenset(
        {
            "DELETE /_search/scroll",
            "DELETE /{index}",
            "GET /_alias/{index}",
            "GET /_cluster/health/{index}",
            "GET /{index}/_alias",
            "GET /{index}/_mapping",
            "POST /_aliases",
            "POST /_msearch",
            "POST /_search/scroll",
            "POST /{index}/_count",
            "POST /{index}/_refresh",
            "POST /{index}/_search",
            "PUT /_bulk",
            "PUT /{index}",
        }
    ),
}
#: Anywhere in what is sent, these would be a parser of what was typed, or a program.
NEVER = _names(
    "percolate query_string runtime_mappings script script_fields script_score scripted_metric simple_query_string"
)
#: Where a query has queries in itself.
WITHIN: Mapping[str, tuple[str, ...]] = {
    "bool": ("must", "filter", "should", "must_not"),
    "boosting": ("positive", "negative"),
    "constant_score": ("filter",),
    "dis_max": ("queries",),
    "function_score": ("query",),
    "nested": ("query",),
}


class Used:
    """What is in use, by kind of thing."""

    def __init__(self) -> None:
        self.names: dict[str, set[str]] = defaultdict(set)

    def note(self, kind: str, *names: str) -> None:
        """Notes names of one kind."""
        self.names[kind].update(names)

    def outside(self) -> dict[str, set[str]]:
        """What is not in the core."""
        return {kind: names - CORE[kind] for kind, names in self.names.items() if not names <= CORE[kind]}

    def search(self, body: Mapping[str, Any]) -> None:
        """Notes what one search asks for."""
        self.note("part of a search", *body)
        for part in ("query", "post_filter"):
            if part in body:
                self.query(body[part])
        for each in body.get("aggs", {}).values():
            self.aggregation(each)
        for order in _listed(body.get("sort", [])):
            self.note("sort", *([order] if isinstance(order, str) else order))

    def query(self, query: Mapping[str, Any]) -> None:
        """Notes a query, and those in it."""
        [(kind, said)] = query.items()
        self.note("query", kind)
        for part in WITHIN.get(kind, ()):
            for each in _listed(said.get(part, [])):
                self.query(each)

    def aggregation(self, asked: Mapping[str, Any]) -> None:
        """Notes an aggregation, and those in it."""
        [(kind, said)] = [(name, said) for name, said in asked.items() if name not in ("aggs", "meta")]
        self.note("aggregation", kind)
        if kind == "filter":
            self.query(said)
        for source in said.get("sources", []) if kind == "composite" else ():
            self.note("composite source", *(each for values in source.values() for each in values))
        for each in asked.get("aggs", {}).values():
            self.aggregation(each)

    def index(self, body: Mapping[str, Any]) -> None:
        """Notes what an index is made of."""
        self.note("setting of an index", *body["settings"])
        self.note("part of a mapping", *body["mappings"])
        for field in body["mappings"]["properties"].values():
            self.note("part of a field", *field)
            self.note("field type", field["type"])
            self.note("analyser", *([field["analyzer"]] if "analyzer" in field else []))

    def bulk(self, lines: Sequence[Any]) -> None:
        """Notes the actions of a bulk request; between them stand documents."""
        for line in map(_read, lines):
            if set(line) <= CORE["bulk action"] and isinstance(next(iter(line.values())), dict):
                [(kind, said)] = line.items()
                self.note("bulk action", kind)
                self.note("part of a bulk action", *said)

    def request(self, method: str, target: str, body: Any) -> None:
        """Notes one request to the server."""
        path = target.partition("?")[0]
        self.note("endpoint", f"{method} {re.sub(r'(?<=/)test-[^/]+', '{index}', path)}")
        if path.endswith("/_search"):
            self.search(body)
        elif path == "/_msearch":
            for each in body[1::2]:
                self.search(each)
        elif path == "/_bulk":
            self.bulk(body)
        elif path == "/_aliases":
            self.note("alias action", *(kind for action in body["actions"] for kind in action))
        elif method == "PUT":
            self.index(body)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [value]


def _read(line: Any) -> Any:
    return orjson.loads(line) if isinstance(line, str | bytes) else line


def keys(value: Any) -> Iterator[str]:
    """Every key anywhere in a body."""
    if isinstance(value, dict):
        yield from value
        for each in value.values():
            yield from keys(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from keys(_read(each) if isinstance(each, bytes) else each)


class Wire:
    """What goes to the server while it is open."""

    def __init__(self) -> None:
        self.requests: list[tuple[str, str, Any]] = []

    def __enter__(self) -> Wire:
        send = Transport.perform_request
        requests = self.requests

        def listen(transport: Transport, method: str, target: str, *, body: Any = None, **more: Any) -> Any:
            requests.append((method, target, body))
            return send(transport, method, target, body=body, **more)

        self._patch = patch.object(Transport, "perform_request", listen)
        self._patch.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._patch.stop()


TEXTS = (
    words(""),
    words("theatre"),
    words("letterpress printing"),
    words("theatre printing pottery"),
    words("theatre printing glaciology zebras"),
    TextQuery(
        clauses=(
            Clause(("cv",), phrases=(("curriculum", "vitae"), ("resume",))),
            Clause(("year", "9"), years=YearSpan(9, 9)),
            Clause(("hackney",), area=Area(("hackney",), ("E8", "E9"))),
        ),
        run=("cv", "year", "9", "hackney"),
        kinds=("visit",),
        skills=("creativity",),
        others=(("subject", "art"),),
    ),
    TextQuery(clauses=(Clause(("year", "9"), years=YearSpan(9, 10)),), run=("year", "9")),
)
DISTANCES = {"E8": 1.0, "E9": 2.5, "EC2Y": 5.0}
CRITERIA = (
    SearchCriteria(),
    SearchCriteria(page=2),
    SearchCriteria(kind=("visit",), cost=("free", "paid")),
    SearchCriteria(**dict.fromkeys(FACET_FIELDS, ("one", "two"))),  # type: ignore[arg-type]
    SearchCriteria(date_from=date(2026, 12, 1), date_to=date(2027, 1, 31)),
    SearchCriteria(date_from=date(2026, 12, 1), open_only=True, sort=Sort.SOONEST),
    SearchCriteria(open_only=True, sort=Sort.NEWEST),
    SearchCriteria(near="E8", sort=Sort.NEAREST),
    SearchCriteria(near="E8", radius_km=3.0, kind=("visit",), sort=Sort.NEAREST, page=2),
    SearchCriteria(near="E8", radius_km=3.0),
)


def documents() -> Batch:
    topics = ("theatre", "letterpress printing", "pottery", "theatre printing")
    made = [
        opportunity(
            number,
            f"{topics[number % 4]} {number}",
            outcode=("E8", "E9", "", "EC2Y")[number % 4],
            years=(number % 10, number % 10 + 2),
            days=[date(2026, 12, number % 28 + 1)],
            online=number % 5 == 0,
            kind="visit",
            cost="free",
        )
        for number in range(1, 90)
    ]
    return Batch(1, [*made, partner(1, "The Print Trust")])


@pytest.fixture(scope="module")
def requests(elasticsearch_url: str, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, str, Any]]:
    """Everything that a store and its engine send, over a broad set of what they are asked."""
    with own_cluster(elasticsearch_url, tmp_path_factory.mktemp("index")) as cluster:
        with Wire() as wire:
            _keep(cluster)
            _ask(cluster)
        return wire.requests


def _keep(cluster: TestCluster) -> None:
    older, store = cluster.store(version=OTHER), cluster.store()
    older.put_live(older.new())
    half_built = store.new()
    store.prune()
    store.discard(half_built)
    for _ in range(2):
        generation = store.new()
        assert isinstance(generation, ElasticsearchGeneration)
        generation.fill_all(documents().documents, 1)
        generation.fill(Batch(2, [opportunity(1, "theatre")]))
        generation.write(Batch(3, [opportunity(2, "pottery")], [opportunity_key(3)]))
        generation.settle()
        store.put_live(generation)
    assert (store.is_live(), store.mapping_differs(), store.colour()) == (True, False, "green")
    assert store.live().name in store.versions()


def _ask(cluster: TestCluster) -> None:
    engine = cluster.store().engine
    # Every text with some criteria, and all criteria with some texts.
    for text, criteria in dict.fromkeys([*product(TEXTS, CRITERIA[::4]), *product(TEXTS[4:6], CRITERIA)]):
        asked = Request(criteria, text, NOW, DISTANCES if criteria.near else {})
        engine.search(asked)
        engine.count(asked)
    assert engine.suggest("the pri", NOW)
    assert engine.words()["theatre"] > 1
    assert engine.signatures()
    assert engine.generation()
    assert engine.health().ok
    engine.due(NOW, 10)


def test_all_that_is_sent_is_in_the_core(requests: list[tuple[str, str, Any]]) -> None:
    used = Used()
    for request in requests:
        used.request(*request)
    assert not used.outside()
    # It was really looked at: of each kind something is in use, and of these all that there is.
    assert set(used.names) == set(CORE)
    assert used.names["query"] >= {"bool", "constant_score", "dis_max", "match_phrase", "range", "term", "terms"}
    assert used.names["aggregation"] == {"composite", "filter", "terms"}
    assert used.names["endpoint"] == CORE["endpoint"]
    assert used.names["sort"] >= {"_doc", "_score", "rank_key", "newest_key", "next_change_at"}
    assert used.names["analyser"] == {"whitespace"}


def test_nothing_typed_is_parsed_and_nothing_sent_is_a_program(requests: list[tuple[str, str, Any]]) -> None:
    assert not {key for _, _, body in requests for key in keys(body)} & NEVER
    assert not [target for _, target, _ in requests if re.search(r"[?&](q|df|default_operator)=", target)]


def test_no_request_touches_indices_of_others(requests: list[tuple[str, str, Any]]) -> None:
    for method, target, _ in requests:
        index = target.partition("?")[0].strip("/").split("/")[0]
        assert index not in {"_all", "*", "_reindex"}
        # Only looking may be done by a pattern, and it begins with our prefix.
        assert "*" not in index or (method == "GET" and index.startswith("test-") and index.endswith("-*")), target


def test_all_that_the_code_could_send_is_in_the_core() -> None:
    used = Used()
    makers = {"Q": "query", "A": "aggregation"}
    for path in (Path(__file__).parents[2] / "search" / "engines" / "elasticsearch").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in makers:
                assert isinstance(node.args[0], ast.Constant), f"{path.name}:{node.lineno} cannot be told"
                used.note(makers[node.func.id], str(node.args[0].value))
    assert not used.outside()
    assert used.names["query"] >= {"match_all", "match_none", "term"}


def test_the_index_is_made_of_what_is_in_the_core() -> None:
    used = Used()
    used.index({"settings": SETTINGS, "mappings": mapping()})
    assert not used.outside()


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        ({"query": {"bool": {"filter": [{"query_string": {"query": "x"}}]}}}, {"query": {"query_string"}}),
        ({"query": {"dis_max": {"queries": [{"percolate": {}}]}}}, {"query": {"percolate"}}),
        ({"post_filter": {"rank_feature": {}}}, {"query": {"rank_feature"}}),
        ({"aggs": {"a": {"filter": {"match_all": {}}, "aggs": {"b": {"boxplot": {}}}}}}, {"aggregation": {"boxplot"}}),
        ({"aggs": {"a": {"filter": {"script": {}}}}}, {"query": {"script"}}),
        ({"sort": [{"_script": {}}]}, {"sort": {"_script"}}),
        ({"retriever": {"rrf": {}}}, {"part of a search": {"retriever"}}),
    ],
)
def test_what_is_outside_is_noticed(body: dict[str, Any], outside: dict[str, set[str]]) -> None:
    used = Used()
    used.request("POST", "/test-1/_search?preference=x", body)
    assert used.outside() == outside
