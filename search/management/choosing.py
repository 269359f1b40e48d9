"""Which of the fed indexes a command works on."""

from argparse import ArgumentParser

from django.core.management.base import CommandError

from search.engines.base import IndexStore
from search.stores import fed_stores


def add_engine_argument(parser: ArgumentParser) -> None:
    """Adds --engine."""
    parser.add_argument("--engine", metavar="NAME", help="Only this engine's index (default: every one that is fed).")


def chosen_stores(name: str | None) -> tuple[IndexStore, ...]:
    """Every fed store, or the one of that name. Raises CommandError when it is not fed."""
    stores = fed_stores()
    chosen = tuple(store for store in stores if name in (None, store.name))
    if not chosen:
        known = ", ".join(store.name for store in stores)
        raise CommandError(f"No index of {name!r} is fed. Those that the settings feed: {known}.")
    return chosen


def label(store: IndexStore, stores: tuple[IndexStore, ...]) -> str:
    """What to put before what is said of one store, when there are several."""
    return f"{store.name}: " if len(stores) > 1 else ""
