"""Every engine asked once, on a fresh index of the demonstration; and the figures, for whoever wants to read them."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from opportunities.models import Opportunity
from search.engines.elasticsearch.cluster import Address
from search.engines.elasticsearch.store import ElasticsearchStore
from search.engines.embedded.store import EmbeddedStore
from search.rebuilding import rebuild
from search.selectors import search
from search.vocabulary import forget_vocabulary
from tests.contract.engines import own_prefix
from tests.relevance.evaluation import Outcome, run, table, worst
from tests.relevance.judgements import load

Store = EmbeddedStore | ElasticsearchStore
Ask = Callable[[Store], list[Outcome]]

_figures = pytest.StashKey[dict[str, list[Outcome]]]()
_titles = pytest.StashKey[dict[str, str]]()  # by reference


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `make relevance` says. Known only to a run that names this folder, and asked for with a default elsewhere."""
    group = parser.getgroup("relevance")
    group.addoption("--figures", action="store_true", help="print the figures of relevance by category")
    group.addoption("--worst", type=int, default=0, metavar="N", help="and the N searches that did worst, with answers")


def pytest_configure(config: pytest.Config) -> None:
    """Makes room for what was found."""
    found: dict[str, list[Outcome]] = {}
    titles: dict[str, str] = {}
    config.stash[_figures], config.stash[_titles] = found, titles


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Prints the figures of each engine that was asked."""
    number = config.getoption("worst", 0)
    if not config.getoption("figures", default=False) and not number:
        return
    for engine, outcomes in config.stash[_figures].items():
        terminalreporter.section("relevance")
        terminalreporter.write_line(table(engine, outcomes))
        titles = config.stash[_titles]
        for line in worst(outcomes, number, titles):
            terminalreporter.write_line(line)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the embedded index lies."""
    return tmp_path_factory.mktemp("relevance")


@pytest.fixture(scope="module")
def ask(demonstration: None, request: pytest.FixtureRequest, django_db_blocker: DjangoDbBlocker) -> Ask:
    """Builds the index of a store from the demonstration, and asks its engine all judged searches."""

    def asked(store: Store) -> list[Outcome]:
        with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
            patch.setattr("search.selectors.get_engine", lambda: store.engine)
            forget_vocabulary()
            rebuild(store)
            rows = list(Opportunity.objects.values_list("pk", "reference", "title"))
            found = run(search, load(), {pk: reference for pk, reference, _ in rows})
        request.config.stash[_titles].update({reference: title for _, reference, title in rows})
        request.config.stash[_figures][store.engine.name] = found
        return found

    return asked


@pytest.fixture(scope="module")
def embedded(ask: Ask, folder: Path) -> Iterator[list[Outcome]]:
    """What the embedded engine found."""
    store = EmbeddedStore(folder)
    yield ask(store)
    store.close()


@pytest.fixture(scope="module")
def elasticsearch(ask: Ask, folder: Path, elasticsearch_url: str) -> Iterator[list[Outcome]]:
    """What Elasticsearch found."""
    store = ElasticsearchStore(Address((elasticsearch_url,), prefix=own_prefix(), timeout=20.0), folder)
    yield ask(store)
    store.discard(store.live())
    store.close()


@pytest.fixture(scope="module", params=["embedded", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def outcomes(request: pytest.FixtureRequest) -> list[Outcome]:
    """What each engine found."""
    found: list[Outcome] = request.getfixturevalue(request.param)
    return found
