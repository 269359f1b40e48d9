import signal
from argparse import ArgumentParser
from threading import Event, Thread
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import BusyError, IndexStore, SearchUnavailableError
from search.keeping import Keeper
from search.management.choosing import add_engine_argument, chosen_stores, label
from search.services import RebuildFailedError

_BUSY = "A drainer runs for this index already. One a host is enough."
#: Once one thread has failed, the others have so long to end what they are at.
_FAREWELL_SECONDS = 30.0


class Command(BaseCommand):
    """Keeps the search indexes that are fed up to date."""

    help = "Keeps the search indexes of this host up to date: one a host, safe to stop or kill at any moment."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds --engine, --once and --poll."""
        add_engine_argument(parser)
        parser.add_argument("--once", action="store_true", help="Take in what waits now, then end.")
        parser.add_argument("--poll", type=float, default=0.1, help="Seconds between two looks (default 0.1).")

    def handle(self, *_: Any, **options: Any) -> None:
        """Drains until told to stop."""
        stores = chosen_stores(options["engine"])
        self._stopping = Event()
        keepers = [self._keeper(store, label(store, stores), options["poll"]) for store in stores]
        before = {name: signal.signal(name, self._stop) for name in (signal.SIGTERM, signal.SIGINT)}
        try:
            if options["once"]:
                self._drain_once(keepers)
            else:
                self._drain_on(keepers)
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    def _keeper(self, store: IndexStore, named: str, poll: float) -> Keeper:
        return Keeper(store, self._stopping, lambda text: self.stdout.write(f"{named}{text}"), poll)

    def _drain_once(self, keepers: list[Keeper]) -> None:
        failures = []
        stores = tuple(keeper.store for keeper in keepers)
        for keeper in keepers:
            named = label(keeper.store, stores)
            try:
                keeper.run_once()
            except BusyError:
                if keeper.store.shared:
                    self.stdout.write(f"{named}Another drainer takes its changes in.")
                else:
                    failures.append(f"{named}{_BUSY}")
            except (RebuildFailedError, SearchUnavailableError) as failed:
                failures.append(f"{named}{failed}")
        if failures:
            raise CommandError("\n".join(failures))

    def _drain_on(self, keepers: list[Keeper]) -> None:
        """One thread for each index, so that none waits for another; the first that fails ends the process."""
        failures: list[BaseException] = []

        def work(keeper: Keeper) -> None:
            try:
                keeper.run()
            except BaseException as failure:  # noqa: BLE001  # it is raised in the main thread
                failures.append(failure)
                self._stopping.set()

        # Daemons, so that the process can end although one of them hangs.
        threads = [Thread(target=work, args=(keeper,), name=keeper.store.name, daemon=True) for keeper in keepers]
        for thread in threads:
            thread.start()
        for thread in threads:
            while thread.is_alive() and not failures:
                # With a timeout: a signal's handler runs only between two of them.
                thread.join(0.2)
        for thread in threads:
            thread.join(_FAREWELL_SECONDS)
        if failures and isinstance(failures[0], BusyError):
            raise CommandError(_BUSY) from failures[0]
        if failures:
            raise failures[0]

    def _stop(self, *_: Any) -> None:
        self._stopping.set()
