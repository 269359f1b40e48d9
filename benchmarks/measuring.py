"""`python -m benchmarks.measuring`: measures one size. Its environment is a world's (`benchmarks.world`); `main` starts it."""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Callable

import django

from benchmarks.options import ENGINES, Options
from benchmarks.world import World

#: The module of each part.
_MODULES = {
    "a": "benchmarks.raw",
    "b": "benchmarks.page",
    "c": "benchmarks.suggestions",
    "d": "benchmarks.indexing",
    "e": "benchmarks.visibility",
    "f": "benchmarks.serving",
    "g": "benchmarks.side_by_side",
    "h": "benchmarks.recording",
    "i": "benchmarks.uploads",
    "j": "benchmarks.suspending",
}


def main() -> None:
    """Makes the world if it is not there, then measures the parts that were asked for."""
    size, told = int(sys.argv[1]), sys.argv[2]
    options = Options.from_json(told)
    django.setup()
    from benchmarks.contenders import Prepared, contenders, remove_indices
    from benchmarks.machine import describe_machine
    from benchmarks.running import Run

    world = World(size)
    wanted = [name for name in ENGINES if name == "embedded" or name in options.engines]
    if not os.environ.get("ELASTICSEARCH_URL"):
        wanted = ["embedded"]
    make_records(world, _say)
    prepared = Prepared(world, contenders(wanted), _say)
    try:
        prepared.make_ready()
        run = Run(options, prepared, describe_machine())
        run.take_raw()
        for part in options.parts:
            run.measure(importlib.import_module(_MODULES[part]).measure)
    finally:
        remove_indices(prepared.contenders)


def make_records(world: World, say: Callable[[str], None]) -> None:
    """Fills the world's database, unless that was done by an earlier run; then it is only migrated."""
    from django.core.management import call_command

    from benchmarks.records import Records

    begun = time.monotonic()
    call_command("migrate", verbosity=0, skip_checks=True)
    if world.made.exists():
        return
    Records(lambda _: None).load(world.size)
    world.made.touch()
    say(f"{world.size:,} opportunities made in {time.monotonic() - begun:.0f} s")


def _say(text: str) -> None:
    print(f"   {text}", flush=True)


if __name__ == "__main__":
    main()
