"""Several writers at the same moment, each on a connection of its own."""

import threading
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Does the jobs at the same moment, each on a connection of its own; what each gave or raised, in their order."""
    came: list[object] = [None] * len(jobs)
    ready = threading.Barrier(len(jobs))

    def run(number: int, job: Callable[[], object]) -> None:
        try:
            ready.wait(20)
            came[number] = job()
        except Exception as error:  # noqa: BLE001  handed on to the test
            came[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return came


def side_by_side(*jobs: Callable[[], object], refusals: tuple[type[Exception], ...] = ()) -> list[str]:
    """Does the jobs at once; the names of the errors with which they were refused. `refusals` are further ones that may be."""
    failed = [came for came in at_once(*jobs) if isinstance(came, Exception)]
    refused: tuple[type[Exception], ...] = (ValidationError, IntegrityError, *refusals)
    for error in failed:
        if not isinstance(error, refused):
            raise error
    return [type(error).__name__ for error in failed]
