import signal
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, close_old_connections

from search.draining import DRAINER_LOCK
from search.engines.embedded.folder import BusyError, IndexFolder
from search.services import Drainer, RebuildDueError, RebuildFailedError, rebuild

#: While a database restarts, the drainer waits for it.
_PATIENCE_SECONDS = 5.0


class Command(BaseCommand):
    """Keeps the search index of this host up to date."""

    help = "Keeps the search index of this host up to date: one a host, safe to stop or kill at any moment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds --once and --poll."""
        parser.add_argument("--once", action="store_true", help="Take in what waits now, then end.")
        parser.add_argument("--poll", type=float, default=0.1, help="Seconds between two looks (default 0.1).")

    def handle(self, *_: Any, **options: Any) -> None:
        """Drains until told to stop."""
        root = Path(settings.SEARCH_INDEX_DIR)
        self._stopping = False
        before = {name: signal.signal(name, self._stop) for name in (signal.SIGTERM, signal.SIGINT)}
        try:
            with IndexFolder(root).locked(DRAINER_LOCK, wait=False):
                self._run(root, once=options["once"], poll=options["poll"])
        except BusyError as busy:
            raise CommandError("A drainer runs for this index already. One a host is enough.") from busy
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    def _run(self, root: Path, *, once: bool, poll: float) -> None:
        drainer = Drainer(root)
        try:
            while not self._stopping:
                taken = self._step(drainer, root, patient=not once)
                if not taken and once:
                    break
                if not taken:
                    close_old_connections()
                    time.sleep(poll)
        finally:
            drainer.close()

    def _step(self, drainer: Drainer, root: Path, *, patient: bool) -> int:
        try:
            return drainer.step()
        except RebuildDueError as due:
            self.stdout.write(f"{due} Building the index anew.")
            try:
                done = rebuild(root)
            except RebuildFailedError as failed:
                raise CommandError(str(failed)) from failed
            self.stdout.write(f"{done.documents:,} documents in {done.seconds:.1f} s.")
            return 1
        except OperationalError as problem:
            if not patient:
                raise
            self.stderr.write(f"The database does not answer ({problem}). Trying again in {_PATIENCE_SECONDS:.0f} s.")
            close_old_connections()
            time.sleep(_PATIENCE_SECONDS)
            return 0

    def _stop(self, *_: Any) -> None:
        self._stopping = True
