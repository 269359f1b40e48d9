"""A circuit breaker: after a few failures in a row nobody waits for an engine, but for one probe now and then.

Libraries were tried and left: pybreaker holds its lock during the call, purgatory lets a herd
through when it half opens (see docs/adr).
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from enum import StrEnum
from threading import Lock

logger = logging.getLogger(__name__)

FAILURES = 3
REST_SECONDS = 1.0


class Way(StrEnum):
    """How the next request goes."""

    ENGINE = "engine"
    """To the engine, with its usual patience."""
    PROBE = "probe"
    """To the engine, with hardly any patience: this request finds out whether it is back."""
    STANDBY = "standby"
    """Past the engine."""


class Breaker:
    """Closed, all requests go to the engine; after `failures` in a row it opens, and they go past it.

    Open, one request after every `rest` seconds is a probe: when it is answered, the breaker
    closes. One lock guards the state and is never held during a call. `clock` gives seconds.
    """

    def __init__(
        self,
        name: str,
        failures: int = FAILURES,
        rest: float = REST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._most = failures
        self._rest = rest
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._next_probe: float | None = None

    @property
    def is_open(self) -> bool:
        """Whether requests go past the engine."""
        return self._next_probe is not None

    def way(self) -> Way:
        """How to send the next request. Say afterwards how it went: `succeeded` or `failed`."""
        with self._lock:
            if self._next_probe is None:
                return Way.ENGINE
            now = self._clock()
            if now < self._next_probe:
                return Way.STANDBY
            # Whoever comes while this probe is under way goes past it; if it never tells, another follows.
            self._next_probe = now + self._rest
            return Way.PROBE

    def succeeded(self) -> None:
        """The engine answered."""
        with self._lock:
            was_open, self._next_probe, self._failures = self.is_open, None, 0
        if was_open:
            logger.warning("%s answers again: searches go to it.", self.name)

    def failed(self, problem: Exception) -> None:
        """The engine did not answer."""
        with self._lock:
            self._failures += 1
            opens = self._next_probe is None and self._failures >= self._most
            if self._next_probe is not None or opens:
                self._next_probe = self._clock() + self._rest
        if opens:
            logger.error("%s failed %d times in a row: searches go past it. %s", self.name, self._most, problem)
