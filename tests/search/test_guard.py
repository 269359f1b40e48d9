"""An engine and its standby: no search is lost, whatever the engine does."""

from collections.abc import Callable, Mapping
from datetime import datetime

import pytest

from search.criteria import SearchCriteria
from search.engines.base import Answer, Health, Request, SearchUnavailableError, Suggestion
from search.engines.breaker import Breaker
from search.engines.guard import GENERATION_SECONDS, GuardedEngine
from search.query import TextQuery
from tests.contract.engines import NOW

pytestmark = pytest.mark.engine_only

REQUEST = Request(SearchCriteria(), TextQuery(), NOW)


class Engine:
    """Answers with its name, unless it is away; counts how often it is asked, and how often as a probe."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.away: Exception | None = None
        self.asked = 0
        self.probed = 0

    def probing(self) -> "Engine":
        outer = self

        class Probe(Engine):
            def _answer[T](self, value: T) -> T:
                outer.probed += 1
                return outer._answer(value)

        return Probe(self.name)

    def _answer[T](self, value: T) -> T:
        self.asked += 1
        if self.away is not None:
            raise self.away
        return value

    def search(self, request: Request) -> Answer:
        return self._answer(Answer(engine=self.name))

    def count(self, request: Request) -> int:
        return self._answer(1)

    def suggest(self, typed: str, now: datetime, limit: int = 8) -> tuple[Suggestion, ...]:
        return self._answer(())

    def generation(self) -> str:
        return self._answer(f"{self.name}-1")

    def words(self) -> Mapping[str, int]:
        return self._answer({self.name: 1})

    def health(self) -> Health:
        try:
            return self._answer(Health(ok=True, message=f"{self.name} answers.", engine=self.name))
        except SearchUnavailableError as problem:
            return Health(ok=False, message=str(problem), engine=self.name)


class World:
    """An engine that can be taken away, its standby, and a clock."""

    def __init__(self) -> None:
        self.now = 0.0
        self.engine, self.standby = Engine("first"), Engine("second")
        self.caught_up = True
        breaker = Breaker("first", failures=3, rest=1.0, clock=lambda: self.now)
        self.guarded = GuardedEngine(self.engine, self.standby, lambda: self.caught_up, breaker, clock=lambda: self.now)

    def take_away(self) -> None:
        self.engine.away = SearchUnavailableError("It was unplugged.")

    def answers(self, times: int = 1) -> list[str]:
        return [self.guarded.search(REQUEST).engine for _ in range(times)]


@pytest.fixture
def world() -> World:
    """All is well."""
    return World()


def test_the_engine_answers_while_it_can(world: World) -> None:
    assert world.answers(3) == ["first"] * 3
    assert world.standby.asked == 0
    assert world.guarded.name == "first"


def test_no_search_is_lost_and_few_wait(world: World) -> None:
    world.take_away()
    assert world.answers(100) == ["second"] * 100
    assert world.engine.asked == 3
    assert world.guarded.name == "second"


def test_it_returns_by_itself_by_one_probe(world: World) -> None:
    world.take_away()
    world.answers(5)
    world.now = 1.0
    assert world.answers(5) == ["second"] * 5
    assert (world.engine.asked, world.engine.probed) == (4, 1)
    world.engine.away = None
    world.now = 2.0
    assert world.answers(3) == ["first"] * 3
    assert world.engine.probed == 2
    assert not world.guarded.breaker.is_open


def test_the_log_says_when_it_goes_and_comes_and_is_not_filled_meanwhile(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING")
    world.take_away()
    for second in range(60):
        world.now = float(second)
        world.answers(5)
    said = [record.levelname for record in caplog.records]
    # The three that waited, and that searches go past it; fifty-nine probes have failed meanwhile.
    assert (said, world.engine.probed) == (["WARNING"] * 3 + ["ERROR"], 59)
    world.engine.away, world.now = None, 60.0
    world.answers()
    assert "answers again" in caplog.records[-1].getMessage()


def test_it_does_not_return_before_it_has_heard_what_changed(world: World) -> None:
    world.take_away()
    world.answers(3)
    world.engine.away, world.caught_up = None, False
    for second in (1.0, 2.0, 3.0):
        world.now = second
        assert world.answers(2) == ["second"] * 2
    world.caught_up = True
    world.now = 4.0
    assert world.answers(2) == ["first"] * 2


def test_a_mistake_of_ours_is_no_outage(world: World) -> None:
    world.engine.away = ValueError("a query that nobody understands")
    for _ in range(5):
        with pytest.raises(ValueError, match="nobody understands"):
            world.guarded.search(REQUEST)
    assert world.standby.asked == 0


def test_when_neither_answers_both_reasons_are_told(world: World) -> None:
    world.take_away()
    world.standby.away = SearchUnavailableError("There is no search index.")
    with pytest.raises(SearchUnavailableError, match=r"unplugged.*no search index"):
        world.guarded.search(REQUEST)


@pytest.mark.parametrize(
    "ask",
    [
        lambda guarded: guarded.count(REQUEST),
        lambda guarded: guarded.suggest("thea", NOW),
    ],
)
def test_everything_else_goes_the_same_way(world: World, ask: Callable[[GuardedEngine], object]) -> None:
    ask(world.guarded)
    assert (world.engine.asked, world.standby.asked) == (1, 0)
    world.take_away()
    ask(world.guarded)
    assert (world.engine.asked, world.standby.asked) == (2, 1)


def test_the_words_are_those_of_this_host_while_it_has_any(world: World) -> None:
    assert world.guarded.words() == {"second": 1}
    assert world.engine.asked == 0
    world.standby.away = SearchUnavailableError("There is no search index.")
    assert world.guarded.words() == {"first": 1}


def test_the_name_of_the_index_is_asked_now_and_then(world: World) -> None:
    assert [world.guarded.generation() for _ in range(3)] == ["first-1"] * 3
    assert world.engine.asked == 1
    world.now = GENERATION_SECONDS + 1
    assert world.guarded.generation() == "first-1"
    assert world.engine.asked == 2


def test_the_name_of_the_index_comes_from_this_host_if_no_other_is_known(world: World) -> None:
    world.take_away()
    assert world.guarded.generation() == "second-1"


def test_the_words_are_not_read_again_because_it_rests(world: World) -> None:
    assert world.guarded.generation() == "first-1"
    world.take_away()
    world.answers(3)
    world.now = GENERATION_SECONDS + 1
    assert world.guarded.generation() == "first-1"


def test_what_the_engine_is_not_asked_for_is_no_sign_that_it_is_well(world: World) -> None:
    world.guarded.generation()
    world.take_away()
    for _ in range(50):
        assert world.answers() == ["second"]
        assert world.guarded.generation() == "first-1"
        assert world.guarded.suggest(" ", NOW) == ()
    assert world.engine.asked == 1 + 3


def test_health_tells_of_both(world: World) -> None:
    found = world.guarded.health()
    assert (found.ok, found.engine) == (True, "first")
    world.take_away()
    found = world.guarded.health()
    assert (found.ok, found.engine) == (True, "second")
    assert [(part.engine, part.ok) for part in found.parts] == [("first", False), ("second", True)]
    assert "unplugged" in found.message
    world.standby.away = SearchUnavailableError("There is no search index.")
    assert not world.guarded.health().ok
