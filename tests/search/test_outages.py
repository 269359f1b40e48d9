"""No moment without search: the cluster is killed, hangs and comes back, and no visitor notices more than a pause."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from search.engines.breaker import FAILURES, REST_SECONDS
from tests.contract.engines import own_prefix
from tests.elasticsearch_node import Node, elasticsearch_cluster, elasticsearch_node
from tests.search.outages import PROCESSES, THREADS, Site

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.java,
    pytest.mark.prove_only,
    # What runs side by side here does so on the database of such a site.
    pytest.mark.postgres,
    pytest.mark.timeout(600),
]

MakeSite = Callable[..., Site]


@pytest.fixture
def make_site(process_environment: dict[str, str], tmp_path: Path) -> MakeSite:
    """Makes a site that searches in the cluster of some nodes."""

    def make(nodes: list[Node], **more: str) -> Site:
        environment = {
            **process_environment,
            "ELASTICSEARCH_INDEX_PREFIX": own_prefix(),
            "LOG_LEVEL": "INFO",  # says of each request that it waited
            "ELASTICSEARCH_URL": ",".join(node.url for node in nodes),
            "SEARCH_ENGINE": "elasticsearch",
            "SEARCH_INDEX_DIR": str(tmp_path / "index"),
            **more,
        }
        return Site(environment, tmp_path)

    return make


def no_difference(site: Site) -> None:
    """Both indexes agree with the database, once the drainer has taken in what waits."""
    site.command("drain_changes", "--once")
    said = site.command("check_index")
    assert said.count("No difference") == 2, said


def test_a_cluster_that_dies_and_hangs_costs_no_search(make_site: MakeSite, capsys: pytest.CaptureFixture[str]) -> None:
    away = 11
    with elasticsearch_node() as node:
        site = make_site([node])
        hung: list[float] = []
        with site.running():
            site.edit_until_answered_by("elasticsearch")
            node.kill()
            site.edit_for(away)
            site.edit_until_answered_by("embedded")
            node.restart()
            site.edit_until_answered_by("elasticsearch")
            begun, waited = time.monotonic(), site.waited()
            node.pause()
            site.edit_until_answered_by("embedded")
            site.edit_for(away)
            node.resume()
            hung += [time.monotonic() - begun, site.waited() - waited]
            site.edit_until_answered_by("elasticsearch")
        statuses = {visit.status for visit in site.visits}
        assert statuses == {200}, statuses
        # Each process: those under way and up to as many as open the breaker, then one probe for each rest.
        bound = PROCESSES * (FAILURES + THREADS + hung[0] / REST_SECONDS + 1)
        assert hung[1] <= bound, (hung, bound)
        no_difference(site)
        with capsys.disabled():
            sys.stdout.write(f"\n{site.report('One node killed, started, stopped and gone on')}\n")


def test_a_cluster_of_three_loses_a_node_and_still_answers(
    make_site: MakeSite, capsys: pytest.CaptureFixture[str]
) -> None:
    with elasticsearch_cluster(3) as nodes:
        # Three nodes, web processes and visitors on a small machine are slow, which is no outage.
        site = make_site(nodes, ELASTICSEARCH_TIMEOUT="20")
        with site.running():
            site.edit_until_answered_by("elasticsearch")
            site.visits.clear()
            nodes[0].kill()
            site.edit_for(15)
            nodes[0].restart()
            site.edit_for(2)
        assert {(visit.status, visit.engine) for visit in site.visits} == {(200, "elasticsearch")}
        no_difference(site)
        with capsys.disabled():
            sys.stdout.write(f"\n{site.report('One of three nodes killed')}\n")
