"""The settings under which tests run: the project's own, on data that is made for the run and thrown away.

Every variable that could lead elsewhere is set before the project's settings are read, so that a
developer's `.env` never reaches the tests. Only a DATABASE_URL of PostgreSQL and an ELASTICSEARCH_URL
of the environment are honoured: that is how the same tests run there.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "FINDFUSION_TEST_DIR" not in os.environ:
    # The first process of the run makes the folder; workers and servers that it starts inherit it.
    os.environ["FINDFUSION_TEST_DIR"] = tempfile.mkdtemp(prefix="findfusion-test-")
    atexit.register(shutil.rmtree, os.environ["FINDFUSION_TEST_DIR"], ignore_errors=True)

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
TEST_DIR = Path(os.environ["FINDFUSION_TEST_DIR"]) / WORKER

os.environ.update(
    ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
    DEBUG="1",
    DEMO="1",
    SECRET_KEY="only-for-tests",
    SITE_URL="http://localhost:8000",
    VAR_DIR=str(TEST_DIR),
)
if "FINDFUSION_TEST_CHILD" not in os.environ:
    # A process that a test starts (a drainer to be killed) is told the test's own database, index and engine instead,
    # and how much to say.
    os.environ["LOG_LEVEL"] = "WARNING"
    os.environ["SEARCH_ENGINE"] = "embedded"
    os.environ["SEARCH_INDEX_DIR"] = str(TEST_DIR / "index")
    for name in ("URL", "USER", "PASSWORD", "API_KEY", "CA_FILE"):
        os.environ.setdefault(f"ELASTICSEARCH_{name}", "")
    if not os.environ.get("DATABASE_URL", "").startswith("postgres"):
        os.environ["DATABASE_URL"] = f"sqlite:///{TEST_DIR / 'database.sqlite3'}"

from findfusion.settings import *  # noqa: E402, F403

TEST_DIR.mkdir(parents=True, exist_ok=True)
# A test that needs an index builds one of its own.
SILENCED_SYSTEM_CHECKS = ["search.W001"]
