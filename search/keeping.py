"""Keeping one index up to date for as long as a process lives, whatever fails meanwhile."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event

from django.db import InterfaceError, OperationalError, connections

from search.draining import Drainer, RebuildDueError
from search.engines.base import BusyError, IndexStore, Lock, SearchUnavailableError
from search.rebuilding import RebuildFailedError, rebuild

logger = logging.getLogger(__name__)

#: While a database restarts, or another host feeds an index, the drainer waits so long before it looks again.
PATIENCE_SECONDS = 5.0
#: A server that is down is asked again after one second, then after twice as long each time, up to this.
LONGEST_PAUSE_SECONDS = 10.0


class _StoppedError(Exception):
    """It was told to stop in the middle of a rebuild."""


class Keeper:
    """Brings one store up to date: once, or again and again until `stopping` is set.

    `say` is told of rebuilds; what is down, and when it is back, goes to the log.
    """

    def __init__(self, store: IndexStore, stopping: Event, say: Callable[[str], None], poll_seconds: float) -> None:
        self.store = store
        self.stopping = stopping
        self.say = say
        self.poll_seconds = poll_seconds
        self._drainer = Drainer(store)
        self._down = False
        self._pause = 1.0

    def run_once(self) -> None:
        """Takes in what waits now, and builds the index anew when that is due.

        Raises BusyError when a drainer runs, SearchUnavailableError when the index cannot be written now, and
        RebuildFailedError.
        """
        try:
            with self.store.locked(Lock.DRAINER, wait=False):
                try:
                    while not self.stopping.is_set() and self._step():
                        pass
                finally:
                    self.store.close()
        except _StoppedError:
            pass

    def run(self) -> None:
        """Works until it is told to stop, and closes this thread's connections to the database.

        Raises BusyError when a drainer runs for an index that is this host's alone.
        """
        try:
            while not self.stopping.is_set():
                self._hold_and_work()
        except _StoppedError:
            pass
        finally:
            connections.close_all()

    def _hold_and_work(self) -> None:
        """Works for as long as it holds the drainer's lock and nothing fails, then waits a little.

        What fails lets go of the lock, so that another host may have better luck.
        """
        try:
            with self.store.locked(Lock.DRAINER, wait=False):
                self._work()
        except BusyError:
            if not self.store.shared:
                raise
            self._note_up("Another host keeps the index %s up to date.")
            self.stopping.wait(PATIENCE_SECONDS)
        except SearchUnavailableError as problem:
            self._note_down(f"The index {self.store.name} cannot be written ({problem}). Its changes are kept.")
            self.stopping.wait(self._pause)
            self._pause = min(self._pause * 2, LONGEST_PAUSE_SECONDS)
        except RebuildFailedError as failed:
            self._note_down(f"The index {self.store.name} is not rebuilt: {failed}")
            self.stopping.wait(PATIENCE_SECONDS)
        except (OperationalError, InterfaceError) as problem:
            self._note_down(f"The database does not answer ({problem}).")
            # The next query opens another one.
            connections.close_all()
            self.stopping.wait(PATIENCE_SECONDS)

    def _work(self) -> None:
        try:
            while not self.stopping.is_set():
                taken = self._step()
                self._note_up()
                if not taken:
                    self.stopping.wait(self.poll_seconds)
        finally:
            # Before the lock is let go: whoever takes it must be able to write.
            self.store.close()

    def _step(self) -> int:
        try:
            return self._drainer.step()
        except RebuildDueError as due:
            if not self._down:
                self.say(f"{due} Building the index anew.")
            done = rebuild(self.store, self._stop_if_told)
            self.say(f"{done.documents:,} documents in {done.seconds:.1f} s.")
            return 1

    def _stop_if_told(self, _: str) -> None:
        if self.stopping.is_set():
            raise _StoppedError

    def _note_down(self, message: str) -> None:
        # Once for each trouble, not once a second.
        if not self._down:
            logger.warning("%s Trying again until it works.", message)
        self._down = True

    def _note_up(self, message: str = "The index %s is kept up to date again.") -> None:
        if self._down:
            logger.warning(message, self.store.name)
        self._down, self._pause = False, 1.0
