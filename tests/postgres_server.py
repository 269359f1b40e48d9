"""A private PostgreSQL for one run of the tests: made in a folder, reached by a socket in it, thrown away.

    with postgres_server() as url: ...

The server belongs to nobody else, so it may forget what it wrote (fsync off): it starts in a second.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "postgres"
# Connections of several workers and of the processes that they start.
OPTIONS = "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"


def programs() -> Path | None:
    """The folder that holds initdb and pg_ctl, the newest if there are several; None without a server."""
    installed = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if installed:
        return max(installed, key=lambda path: float(path.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


def lacks_server() -> str | None:
    """Why there can be no private server on this machine, or None."""
    if programs() is None:
        return "no PostgreSQL server on this machine (on Debian: apt-get install postgresql)"
    return None


def _as_server_user() -> list[str]:
    """PostgreSQL refuses to run as root: then it runs as the user that its package made."""
    if os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]


@contextmanager
def postgres_server() -> Iterator[str]:
    """Starts the server, gives the address of its database for DATABASE_URL, and stops it at the end."""
    found = programs()
    if found is None:
        raise RuntimeError(lacks_server())
    folder = Path(tempfile.mkdtemp(prefix="findfusion-postgres-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER, USER)
        yield from _serve(found, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _serve(found: Path, folder: Path) -> Iterator[str]:
    data = folder / "data"

    def run(program: str, *words: str) -> None:
        # Into a file, not a pipe: the server keeps what it was given open for as long as it runs.
        log = folder / "log"
        with log.open("ab") as out:
            code = subprocess.call(
                [*_as_server_user(), str(found / program), *words], cwd=folder, stdout=out, stderr=out
            )
        if code:
            raise RuntimeError(f"{program} ended with {code}:\n{log.read_text(errors='replace')}")

    run("initdb", "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
    run("pg_ctl", "-D", str(data), "-w", "-t", "60", "-o", f"-k {folder} {OPTIONS}", "start")
    try:
        yield f"postgres://{USER}@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-D", str(data), "-w", "-m", "immediate", "stop")
