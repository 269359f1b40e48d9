"""Links in messages, and what is done side by side."""

import re
import threading
from collections.abc import Callable

from django.db import connection

from notices.models import Notice

SECRET = re.compile(r"secret=([\w-]+)")


def secret_sent_to(address: str) -> str:
    """The secret of the newest link that waits to be sent to the address."""
    found = Notice.objects.filter(address=address, text__contains="secret=").latest("pk")
    match = SECRET.search(found.text)
    assert match is not None
    return match[1]


def messages_to(address: str) -> list[str]:
    """The kinds of the messages to an address, the oldest first."""
    return list(Notice.objects.filter(address=address).order_by("pk").values_list("kind", flat=True))


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
