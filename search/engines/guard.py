"""An engine with a standby: when the first fails, the second answers, and the user sees results either way."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol

from search.engines.base import Answer, Health, Request, SearchEngine, SearchUnavailableError, Suggestion
from search.engines.breaker import Breaker, Way
from search.engines.plan import completions

logger = logging.getLogger(__name__)

#: For so long the name of the engine's index is taken for granted.
GENERATION_SECONDS = 10.0


class ProbingEngine(SearchEngine, Protocol):
    """An engine that can be asked with hardly any patience."""

    def probing(self) -> SearchEngine:
        """The same engine, which gives up soon."""
        ...


class GuardedEngine:
    """Asks an engine through a breaker, and its standby when that one fails or rests.

    A request whose engine fails is answered by the standby at once, so none is lost. `caught_up`
    says whether the engine's index has heard of the changes that the standby's has: an engine that
    comes back is not asked before. `clock` gives seconds.

    The breaker takes each answer for a sign that the engine is well. So what can be answered without
    asking it (from memory, or because there is nothing to look for) is answered here, and tells nothing.
    """

    def __init__(
        self,
        engine: ProbingEngine,
        standby: SearchEngine,
        caught_up: Callable[[], bool],
        breaker: Breaker | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.engine = engine
        self.standby = standby
        self.breaker = breaker or Breaker(engine.name)
        self._caught_up = caught_up
        self._probe = engine.probing()
        self._clock = clock
        self._generation: tuple[float, str] | None = None

    @property
    def name(self) -> str:
        """The name of the engine that answers now."""
        return self.standby.name if self.breaker.is_open else self.engine.name

    def search(self, request: Request) -> Answer:
        """The page of hits asked for."""
        return self._ask(lambda engine: engine.search(request))

    def count(self, request: Request) -> int:
        """The total alone."""
        return self._ask(lambda engine: engine.count(request))

    def suggest(self, typed: str, now: datetime, limit: int = 8) -> tuple[Suggestion, ...]:
        """Completions of what was typed."""
        if not completions(typed, now, limit):
            return ()
        return self._ask(lambda engine: engine.suggest(typed, now, limit))

    def generation(self) -> str:
        """The name of the engine's index, as of at most ten seconds ago.

        While it rests, that of the index last known: the words are the same.
        """
        known, now = self._generation, self._clock()
        if known is None or (now - known[0] > GENERATION_SECONDS and not self.breaker.is_open):
            known = self._generation = (now, self._ask(lambda engine: engine.generation()))
        return known[1]

    def words(self) -> Mapping[str, int]:
        """Every word of the index; of the standby's, as long as it has any.

        It holds the same words, and a page that happens to need them gets them in milliseconds. The cluster looks
        through all of its documents for them: of 100,000 in more time than a search has, which would count as failing.
        """
        try:
            words = self.standby.words()
        except SearchUnavailableError:
            words = {}
        return words or self._ask(lambda engine: engine.words())

    def health(self) -> Health:
        """Whether either can answer, and who does; raises nothing."""
        parts = (self._probe.health(), self.standby.health())
        answering = parts[1] if self.breaker.is_open or not parts[0].ok else parts[0]
        message = answering.message
        if answering is parts[1]:
            message = f"The standby answers, since {self.engine.name} does not: {parts[0].message} {message}"
        return Health(answering.ok, message, answering.documents, answering.engine, parts)

    def _ask[T](self, ask: Callable[[SearchEngine], T]) -> T:
        way = self.breaker.way()
        if way is Way.STANDBY:
            return self._ask_standby(ask)
        try:
            answer = ask(self.engine if way is Way.ENGINE else self._probe)
        except SearchUnavailableError as problem:
            # A probe that fails is what was expected; the breaker says when it opens and closes.
            level = logging.WARNING if way is Way.ENGINE else logging.INFO
            logger.log(level, "%s does not answer, so %s does: %s", self.engine.name, self.standby.name, problem)
            self.breaker.failed(problem)
            return self._ask_standby(ask, problem)
        if way is Way.PROBE and not self._caught_up():
            return self._ask_standby(ask)
        self.breaker.succeeded()
        return answer

    def _ask_standby[T](self, ask: Callable[[SearchEngine], T], because: Exception | None = None) -> T:
        try:
            return ask(self.standby)
        except SearchUnavailableError as problem:
            first = f"{self.engine.name}: {because} " if because else f"{self.engine.name} rests after failing. "
            raise SearchUnavailableError(f"{first}{self.standby.name}: {problem}") from problem
