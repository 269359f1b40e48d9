"""Several writers at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection


def side_by_side(*jobs: Callable[[], object], refusals: tuple[type[Exception], ...] = ()) -> list[str]:
    """Runs the jobs at once; the names of the errors with which they were refused. `refusals` are further ones that may be."""
    start = threading.Barrier(len(jobs))
    failed: list[str] = []
    refused: tuple[type[Exception], ...] = (ValidationError, IntegrityError, *refusals)

    def run(job: Callable[[], object]) -> None:
        try:
            start.wait(10)
            job()
        except refused as error:
            failed.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return failed
