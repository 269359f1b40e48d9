"""What the benchmarks say must be right, whatever the times are."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.http import QueryDict

from benchmarks.load import load
from benchmarks.options import SIZES, Options
from benchmarks.questions import MAIN, MORE, questions
from benchmarks.tables import Table
from benchmarks.timing import Times, percentile, timed
from benchmarks.words import AUDIENCES, KINDS, SKILLS
from directory.forms import SearchForm
from directory.selectors import facet_labels
from search.criteria import LAST_PAGE, Sort


@pytest.mark.engine_only
def test_percentiles() -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert percentile(values, 0.5) == 51
    assert percentile(values, 0.95) == 96
    assert percentile([3.0], 0.99) == 3
    assert percentile([], 0.5) == 0
    times = Times(tuple(values))
    assert (times.p50, times.p95, times.p99) == (51, 96, 100)


@pytest.mark.engine_only
def test_each_call_is_timed_once_after_a_warm_up() -> None:
    made: list[int] = []

    def call(number: int) -> int:
        made.append(number)
        return number

    times = timed([lambda number=number: call(number) for number in range(5)], warm_up=2)  # type: ignore[misc]
    assert made == [0, 1, 0, 1, 2, 3, 4]
    assert len(times.wall) == len(times.processor) == 5
    assert times.found == 2


@pytest.mark.engine_only
def test_options() -> None:
    assert Options.from_words([]).sizes == SIZES
    assert Options.from_words(["--quick"]).sizes == (1_000,)
    chosen = Options.from_words(["c", "a", "c", "--sizes", "500", "20", "--engines", "embedded"])
    assert (chosen.parts, chosen.sizes, chosen.engines) == (("a", "c"), (20, 500), ("embedded",))
    assert Options.from_json(chosen.to_json()) == chosen
    with pytest.raises(SystemExit):
        Options.from_words(["z"])


@pytest.mark.engine_only
def test_a_table_has_a_column_for_each_figure_that_a_row_has() -> None:
    table = Table("a", "raw engine query", 1_000, notes=("What it means.",))
    table.add("first", "embedded", ratio=1.0, p50=2.5)
    table.add("second", "elasticsearch", ratio=2.0)
    assert table.columns == ["ratio", "p50"]
    lines = table.text().splitlines()
    assert lines[0] == "(a) raw engine query, 1,000 opportunities"
    assert lines[2].split() == ["first", "embedded", "1.00", "2.50"]
    assert lines[3].split() == ["second", "elasticsearch", "2.00"]
    assert lines[4] == "What it means."


@pytest.mark.engine_only
@pytest.mark.parametrize("name", [*MAIN, *MORE])
def test_questions_are_the_same_each_time_and_hardly_two_alike(name: str) -> None:
    asked = questions(name, 50)
    assert asked == questions(name, 50)
    assert asked != questions(name, 50, seed=99)
    assert len({each.query_string for each in asked}) > 30


@pytest.mark.django_db
@pytest.mark.parametrize("name", [*MAIN, *MORE])
def test_the_page_understands_every_question(name: str) -> None:
    known = facet_labels()
    assert {"kind": set(KINDS), "skill": set(SKILLS), "audience": set(AUDIENCES)} == {
        facet: set(known[facet]) for facet in ("kind", "skill", "audience")
    }
    for each in questions(name, 20):
        form = SearchForm(QueryDict(each.query_string), known)
        criteria = form.criteria()
        assert not form.errors
        assert not form.left_out
        assert criteria.text == each.text
        assert criteria.selections == {facet: tuple(sorted(values)) for facet, values in each.chosen.items()}
        assert criteria.page == (LAST_PAGE if "page" in each.others else 1)
        assert (criteria.sort is Sort.RELEVANCE) == ("sort" not in each.others)


class Answers(BaseHTTPRequestHandler):
    """Answers /good, refuses the rest, and lets go of every connection, as a worker does that is replaced."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/good" else 503)
        self.send_header("Content-Length", "0")
        self.end_headers()
        self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}"
        found.shutdown()


@pytest.mark.engine_only
def test_the_load_generator_counts_answers_and_errors(server: str) -> None:
    good = load(server, 2, 0.3, ["/good"])
    assert good["requests"] > 0
    assert good["errors"] == 0
    half = load(server, 1, 0.3, ["/good", "/bad"])
    assert half["errors"] > 0
    assert abs(half["requests"] - half["errors"]) <= 1


@pytest.mark.engine_only
def test_the_load_generator_counts_a_server_that_is_not_there() -> None:
    told = load("http://127.0.0.1:1", 1, 0.5, ["/good"])
    assert told["requests"] == 0
    assert told["errors"] > 0
