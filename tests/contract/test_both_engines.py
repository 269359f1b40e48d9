"""Both engines give the same: hits, totals, facet counts, and the first page in the same order."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from opportunities.models import Opportunity
from search.criteria import FACET_NAMES, SearchCriteria, Sort
from search.engines.base import Answer, Request
from search.engines.elasticsearch.cluster import Address
from search.engines.elasticsearch.store import ElasticsearchStore
from search.engines.embedded.store import EmbeddedStore
from search.services import rebuild
from search.understanding import Lexicon, Vocabulary, understand
from search.vocabulary import gazetteer, vocabulary
from tests.contract.engines import Engine, own_prefix

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.elasticsearch,
    pytest.mark.engine_only,
    pytest.mark.prove_only,
    pytest.mark.timeout(1500),  # loading the demonstration is part of the first test
]

NEAR = ("EC2Y", "E8", "SE1", "N1", "M1")
READINGS = ("year 9", "KS3", "Hackney", "E17", "free", "work experience", "sixth form", "theater", "creativity", "SEN")
Engines = tuple[Engine, Engine]


@pytest.fixture(scope="module")
def engines(
    demonstration: None,
    elasticsearch_url: str,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Engines]:
    """Both, each on a freshly built index of the demonstration."""
    folder = tmp_path_factory.mktemp("engines")
    where = Address((elasticsearch_url,), prefix=own_prefix(), timeout=20.0)
    stores = (EmbeddedStore(folder), ElasticsearchStore(where, folder))
    with django_db_blocker.unblock():
        for store in stores:
            rebuild(store)
        yield stores[0].engine, stores[1].engine
        stores[1].discard(stores[1].live())
    stores[0].close()


class Chance:
    """Makes random criteria out of what the demonstration holds."""

    def __init__(self, seed: int, counts: Any) -> None:
        self.chance = random.Random(seed)
        texts = Opportunity.objects.order_by("pk").values_list("title", "summary", "description", "offered_by__name")
        self.words = [word for row in texts for text in row for word in text.split()]
        self.values = {name: sorted(counts[name]) for name in FACET_NAMES}

    def text(self) -> str:
        """None to five words that stand somewhere, or a run of words that stand together; with or without a reading."""
        size = self.chance.choice((0, 0, 1, 1, 2, 2, 3, 4, 5))
        if self.chance.random() < 0.5:
            words = self.chance.sample(self.words, size)
        else:
            first = self.chance.randrange(len(self.words) - size)
            words = self.words[first : first + size]
        return " ".join([*words, *self.chance.sample(READINGS, self.chance.choice((0, 0, 1)))])

    def criteria(self) -> SearchCriteria:
        """Random ones of every sort."""
        pick, some = self.chance.choice, self.chance.random
        values: dict[str, Any] = {
            name: tuple(self.chance.sample(found, min(len(found), self.chance.randint(1, 3))))
            for name in self.chance.sample(FACET_NAMES, pick((0, 0, 1, 2)))
            if (found := self.values[name])
        }
        if some() < 0.3:
            values |= {"near": pick(NEAR), "radius_km": pick((None, 2.0, 5.0, 15.0))}
        if some() < 0.3:
            begin = timezone.localdate() + timedelta(days=self.chance.randint(0, 120))
            values |= {"date_from": pick((None, begin)), "date_to": begin + timedelta(days=self.chance.randint(0, 60))}
        sort = pick((Sort.RELEVANCE, Sort.RELEVANCE, *Sort))
        return SearchCriteria(self.text(), open_only=some() < 0.2, sort=sort, page=pick((1, 1, 1, 2, 3)), **values)


def shown(answer: Answer) -> dict[str, Any]:
    """All that a page shows of an answer; scores apart, which only order it."""
    return {
        "page": [(match.card, match.enough_only, match.adjacent_years) for match in answer.matches],
        "totals": (answer.total, answer.exact_total, answer.open_total),
        "counts": {name: dict(values) for name, values in answer.counts.items()},
    }


def test_both_answer_the_same(engines: Engines) -> None:
    embedded, elasticsearch = engines
    read_by = vocabulary(embedded)
    now = timezone.now()

    def asked(criteria: SearchCriteria) -> Request:
        distances = gazetteer().distances(criteria.near) if criteria.near else {}
        return Request(criteria, understand(criteria.text, read_by).query, now, distances)

    chance = Chance(7, embedded.search(asked(SearchCriteria())).counts)
    found = tiers = 0
    for _ in range(1_000):
        criteria = chance.criteria()
        request = asked(criteria)
        one, other = shown(embedded.search(request)), shown(elasticsearch.search(request))
        assert one == other, criteria
        assert embedded.count(request) == elasticsearch.count(request) == one["totals"][0]
        open_only = Request(replace(criteria, open_only=True), request.query, now, request.distances)
        assert embedded.count(open_only) == one["totals"][2]
        found += bool(one["page"])
        tiers += any(enough or adjacent for _, enough, adjacent in one["page"])
    # Neither is the same for want of anything to show.
    assert found > 500
    assert tiers > 50


def test_both_know_the_same_words_and_documents(engines: Engines) -> None:
    embedded, elasticsearch = engines
    assert embedded.words() == elasticsearch.words()
    assert embedded.signatures() == elasticsearch.signatures()
    read = [Vocabulary(Lexicon(engine.words())) for engine in engines]
    assert understand("printmakign", read[0]) == understand("printmakign", read[1])


@pytest.mark.parametrize("typed", ["th", "m", "thea work", "city", "b", "zzz"])
def test_both_suggest_the_same(engines: Engines, typed: str) -> None:
    one, other = (engine.suggest(typed, timezone.now()) for engine in engines)
    assert one == other
