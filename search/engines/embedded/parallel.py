"""Several queries of one search at the same time: tantivy lets go of Python's lock while it works."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

#: A search has about five queries, the first of which takes as long as two of the others.
MOST_HELPERS = 3


@lru_cache(maxsize=1)
def _helpers(_process: int) -> ThreadPoolExecutor | None:
    """The threads of this process that help, one for each processor but the caller's own; none on a single one.

    Threads do not live on in a fork, so each process has its own.
    """
    others = min((os.cpu_count() or 1) - 1, MOST_HELPERS)
    return ThreadPoolExecutor(others, thread_name_prefix="search") if others > 0 else None


class Task[T]:
    """Something that a helper does meanwhile, or whoever wants its answer if no helper has begun by then.

    It must not use the database: a helper would open a connection of its own.
    """

    def __init__(self, work: Callable[[], T]) -> None:
        helpers = _helpers(os.getpid())
        self._work = work
        self._future = helpers.submit(work) if helpers else None

    def answer(self) -> T:
        """What comes of it; raises what it raises."""
        if self._future is None or self._future.cancel():
            return self._work()
        return self._future.result()
