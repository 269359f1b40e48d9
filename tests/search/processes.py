"""Commands of manage.py as processes of their own, which a test may wait for, stop or kill."""

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError, call_command

from changes.models import Change

PATIENCE_SECONDS = 60.0


class Commands:
    """Runs commands of manage.py on the test's database and index."""

    def __init__(self, environment: dict[str, str], root: Path) -> None:
        self.environment = environment
        self.root = root

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Starts a command as a process of its own."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(self, *words: str) -> tuple[int, str]:
        """Runs a command here to its end: its exit code and what it said."""
        said = StringIO()
        try:
            call_command(*words, stdout=said, stderr=said)
        except CommandError as failed:
            return 1, f"{said.getvalue()}{failed}"
        return 0, said.getvalue()

    def drained(self) -> bool:
        """Whether no change waits."""
        return not Change.objects.exists()


def wait_for(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    """Raises AssertionError when it does not come true in time."""
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "It did not happen in time."
        time.sleep(0.02)


def kill(process: subprocess.Popen[str]) -> None:
    """Ends a process at once."""
    process.send_signal(signal.SIGKILL)
    process.wait()
    if process.stdout:
        process.stdout.close()
