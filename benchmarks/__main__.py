"""`python -m benchmarks [PART] …`: measures; `--help` lists the parts. `make bench` runs all."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from contextlib import ExitStack

from benchmarks.options import Options
from benchmarks.servers import Server, database_server, search_server
from benchmarks.world import ROOT, VAR, World


def main() -> int:
    """Starts the servers, and for each size the processes that measure; the exit code is 1 when one failed."""
    options = Options.from_words(sys.argv[1:])
    VAR.mkdir(parents=True, exist_ok=True)
    failed = 0
    with ExitStack() as stack:
        search = stack.enter_context(search_server(wanted="elasticsearch" in options.engines))
        wants_database = bool({"g", "h"} & set(options.parts))
        database = stack.enter_context(database_server(wanted=wants_database))
        if not search.url:
            print(f"Elasticsearch is left out: {search.reason}.")
        if wants_database and not database.url:
            print(f"PostgreSQL is left out of parts g and h: {database.reason}.")
        for size in options.sizes:
            print(f"\n== {size:,} opportunities", flush=True)
            failed += _measure(size, options, search, database)
    if not failed:
        print(f"\nThe figures are in {VAR}; `python -m benchmarks.summary` makes the table of README.md of them.")
    return 1 if failed else 0


def _measure(size: int, options: Options, search: Server, database: Server) -> int:
    world = World(size)
    if options.fresh:
        shutil.rmtree(world.folder, ignore_errors=True)
    world.drop_older()
    world.folder.mkdir(parents=True, exist_ok=True)
    environment = {**world.environment(), "BENCHMARK_POSTGRES": database.url}
    _gather_files(environment)
    if search.url:
        environment |= {name: value for name, value in os.environ.items() if name.startswith("ELASTICSEARCH_")}
        environment |= {
            "ELASTICSEARCH_URL": search.url,
            # Of this run alone: it may be somebody's cluster.
            "ELASTICSEARCH_INDEX_PREFIX": f"findfusion-bench-{os.getpid()}",
            "BENCHMARK_NODE_PID": str(search.pid),
        }
    command = [sys.executable, "-m", "benchmarks.measuring", str(size), options.to_json()]
    return 1 if subprocess.call(command, cwd=ROOT, env=environment) else 0  # noqa: S603  ours


def _gather_files(environment: dict[str, str]) -> None:
    """Style, scripts and pictures as the container holds them; once, until one of ours changes."""
    told = hashlib.blake2b(digest_size=5)
    for path in sorted((ROOT / "static").rglob("*")):
        told.update(f"{path.name} {path.stat().st_size}".encode())
    mark = VAR / "static" / f".gathered-{told.hexdigest()}"
    if not mark.exists():
        shutil.rmtree(mark.parent, ignore_errors=True)
        command = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=environment, check=True)  # noqa: S603  ours
        mark.touch()


if __name__ == "__main__":
    sys.exit(main())
