"""The Elasticsearch engine: answers requests from the live index, or from one that is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from elasticsearch.dsl import A
from elasticsearch.dsl import Search as DslSearch
from elasticsearch.helpers import scan

from search.document import moment
from search.engines.base import Answer, Health, Request, SearchUnavailableError, Suggestion
from search.engines.elasticsearch.cluster import Cluster
from search.engines.elasticsearch.render import unscored
from search.engines.elasticsearch.searching import Search
from search.engines.plan import completions
from search.engines.tree import All, Between, Node
from search.results import Card

_WORDS_AT_A_TIME = 10_000
_SCANNED_AT_A_TIME = 5_000


class ElasticsearchEngine:
    """Searches an index of a cluster, named itself or by an alias."""

    name = "elasticsearch"

    def __init__(self, cluster: Cluster, index: str) -> None:
        self.cluster = cluster
        self.index = index

    def probing(self) -> ElasticsearchEngine:
        """The same engine with hardly any patience."""
        return ElasticsearchEngine(self.cluster.probing(), self.index)

    def search(self, request: Request) -> Answer:
        """The page of hits asked for, with exact totals and facet counts."""
        return Search(self.cluster, self.index, request).answer()

    def count(self, request: Request) -> int:
        """The total alone."""
        return Search(self.cluster, self.index, request).total()

    def suggest(self, typed: str, now: datetime, limit: int = 8) -> tuple[Suggestion, ...]:
        """Opportunities and partners whose names have words that begin as the typed ones, soonest first."""
        asked = completions(typed, now, limit)
        if not asked:
            return ()
        bodies = [self._body(node, "rank_key", most) for _, node, most in asked]
        answers = self.cluster.search(self.index, bodies, preference="suggest")
        found = []
        for (kind, _, _), answer in zip(asked, answers, strict=True):
            cards = [Card.from_json(hit["fields"]["card"][0]) for hit in answer["hits"]["hits"]]
            found += [Suggestion(kind, card.title, card.url) for card in cards]
        return tuple(found[:limit])

    def generation(self) -> str:
        """The name of the index that answers."""
        return max(self.cluster.ask(lambda client: client.indices.get_alias(index=self.index)).body)

    def words(self) -> Mapping[str, int]:
        """Every word of the index, unstemmed, with the number of documents that hold it."""
        found: dict[str, int] = {}
        after: dict[str, Any] = {}
        while True:
            pages = A("composite", sources=[{"word": A("terms", field="words")}], size=_WORDS_AT_A_TIME, **after)
            asked = DslSearch().extra(size=0, track_total_hits=False)
            asked.aggs.bucket("words", pages)
            # With no more patience than a search has: somebody waits for one when this is asked.
            [answer] = self.cluster.search(self.index, [asked.to_dict()], preference="words")
            counted = answer["aggregations"]["words"]
            found.update((bucket["key"]["word"], int(bucket["doc_count"])) for bucket in counted["buckets"])
            if "after_key" not in counted:
                return found
            after = {"after": counted["after_key"]}

    def due(self, now: datetime, limit: int) -> list[str]:
        """Keys of documents that the clock has changed: their `next_change_at` has passed."""
        passed = All(filters=(Between("next_change_at", high=moment(now)),))
        body = {**self._body(passed, "next_change_at", limit), "stored_fields": []}
        [answer] = self.cluster.search(self.index, [body], preference="due")
        return [str(hit["_id"]) for hit in answer["hits"]["hits"]]

    def signatures(self) -> Mapping[str, int]:
        """The signature of every document by its key."""
        body = {"query": {"match_all": {}}, "_source": False, "docvalue_fields": ["signature"]}

        def read(client: Any) -> dict[str, int]:
            # Every scan is cleared at its end, however that comes.
            hits: Iterable[dict[str, Any]] = scan(client, query=body, index=self.index, size=_SCANNED_AT_A_TIME)
            return {str(hit["_id"]): int(hit["fields"]["signature"][0]) for hit in hits}

        return self.cluster.patient().ask(read)

    def health(self) -> Health:
        """Whether it can answer; raises nothing."""
        try:
            # Counted first: asked for the health of a missing index, the cluster waits for it to come.
            count = int(self.cluster.ask(lambda client: client.count(index=self.index)).body["count"])
            state = self.cluster.ask(lambda client: client.cluster.health(index=self.index, level="cluster"))
            colour = str(state.body["status"])
        except SearchUnavailableError as problem:
            return Health(ok=False, message=str(problem), engine=self.name)
        return Health(
            ok=True, message=f"Elasticsearch answers; its index is {colour}.", documents=count, engine=self.name
        )

    def _body(self, node: Node, order: str, limit: int) -> dict[str, Any]:
        asked = DslSearch().query(unscored(node)).sort(order)
        return dict(asked.extra(stored_fields=["card"], size=limit, track_total_hits=False).to_dict())
