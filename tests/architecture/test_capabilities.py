"""What a machine cannot run is said in one line, and refused where every check is mandatory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.house import ROOT

pytestmark = pytest.mark.engine_only

SUITE = """
import pytest

@pytest.mark.browser
def test_page(): pass

@pytest.mark.browser
def test_other_page(): pass

@pytest.mark.prove_only
def test_long(): pass

@pytest.mark.prove
def test_property(): pass

def test_plain(): pass
"""


def run_suite(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the little suite as a machine would that has nothing but Python."""
    suite = folder / "test_suite.py"
    suite.write_text(SUITE)
    # Settings of its own: the little suite needs neither Django nor the project.
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = browser\n  prove\n  prove_only\n")
    kept = {name: value for name, value in os.environ.items() if name not in ("CI", "FF_MANDATORY", "PROVE")}
    plugins = ["-p", "tests.capabilities", "-p", "no:django", "-p", "no:cacheprovider"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-c", str(folder / "pytest.ini"), *plugins, *words, str(suite)],
        cwd=ROOT,
        env={**kept, "PATH": str(folder), "FINDFUSION_NOT_RUN_NOTES": str(folder / "notes"), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_one_line_says_what_was_not_run_and_why(tmp_path: Path) -> None:
    done = run_suite(tmp_path)
    assert done.returncode == 0, done.stdout
    assert "2 passed, 2 skipped, 1 deselected" in done.stdout
    line = "2 tests: no Chromium or Chrome on this machine (on Debian: apt-get install chromium)"
    assert done.stdout.count(line) == 1
    assert (tmp_path / "notes").read_text().splitlines() == [line]


@pytest.mark.parametrize("switch", [{"CI": "true"}, {"FF_MANDATORY": "1"}])
def test_where_all_is_mandatory_the_run_is_refused(tmp_path: Path, switch: dict[str, str]) -> None:
    done = run_suite(tmp_path, **switch)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "2 tests: no Chromium" in done.stderr


def test_proving_runs_properties_and_long_tests(tmp_path: Path) -> None:
    done = run_suite(tmp_path, "-m", "prove or prove_only", PROVE="1")
    assert done.returncode == 0, done.stdout
    assert "2 passed, 3 deselected" in done.stdout
