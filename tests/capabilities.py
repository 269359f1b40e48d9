"""What this machine can run, and one clear line for what it can't.

A test that needs something beyond Python carries a marker of `NEEDS`. Where the machine lacks it the
test is skipped and the end of the run says why; where everything is mandatory (CI=true or
FF_MANDATORY=1) the run is refused instead.
"""

import os
import shutil
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from tests.numbers import PROVING

# Here and not in conftest.py, since it needs what this file says.
pytest_plugins = ["tests.elasticsearch_node"]

MANDATORY = os.environ.get("CI", "").lower() == "true" or os.environ.get("FF_MANDATORY", "0") not in ("", "0")
# `bin/test` gathers the lines of several runs here and prints them once, at its own end.
NOTES = os.environ.get("FINDFUSION_NOT_RUN_NOTES")

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

_reasons = pytest.StashKey[dict[str, list[str]]]()


def chromium() -> str | None:
    """The path of a Chromium or Chrome on this machine, or None."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def lacks_browser() -> str | None:
    """Why no browser test can run, or None."""
    if chromium():
        return None
    return "no Chromium or Chrome on this machine (on Debian: apt-get install chromium)"


def lacks_java() -> str | None:
    """Why no Elasticsearch can be started, or None."""
    missing = [name for name in ("java", "javac", "mvn") if not shutil.which(name)]
    if not missing:
        return None
    return f"no {' and no '.join(missing)} on this machine (on Debian: apt-get install openjdk-17-jdk-headless maven)"


def lacks_elasticsearch() -> str | None:
    """Why there is no Elasticsearch to test with, or None."""
    if os.environ.get("ELASTICSEARCH_URL") or not (reason := lacks_java()):
        return None
    return f"no ELASTICSEARCH_URL, and {reason}"


def lacks_postgres() -> str | None:
    """Why this run is not on PostgreSQL, or None."""
    if os.environ.get("DATABASE_URL", "").startswith(("postgres:", "postgresql:", "psql:")):
        return None
    return "this run is on SQLite"


NEEDS: dict[str, Callable[[], str | None]] = {
    "browser": cache(lacks_browser),
    "elasticsearch": cache(lacks_elasticsearch),
    "java": cache(lacks_java),
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skips what the machine can't run, and what belongs to `make prove` or to PostgreSQL alone."""
    held: dict[str, list[str]] = {}
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        elsewhere = (item.get_closest_marker("prove_only") and not PROVING) or (
            item.get_closest_marker("postgres") and lacks_postgres()
        )
        (left_out if elsewhere else kept).append(item)
        for marker, lacks in NEEDS.items():
            if item.get_closest_marker(marker) and (reason := lacks()):
                held.setdefault(reason, []).append(item.nodeid)
                item.add_marker(pytest.mark.skip(reason=reason))
    if left_out:
        # They run in `make prove` or in the run on PostgreSQL: nothing is lost here.
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept
    config.stash[_reasons] = held
    if held and MANDATORY:
        lines = "\n".join(f"  {len(names)} tests: {reason}" for reason, names in held.items())
        raise pytest.UsageError(f"Every check is mandatory here, and these cannot run:\n{lines}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Says once for each reason what was not run."""
    held = config.stash.get(_reasons, {})
    lines = [f"{len(names)} tests: {reason}" for reason, names in held.items()]
    if lines:
        terminalreporter.section("not run on this machine")
        for line in lines:
            terminalreporter.line(line)
        if NOTES:
            with Path(NOTES).open("a") as notes:
                notes.writelines(line + "\n" for line in lines)
