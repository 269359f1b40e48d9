"""The start-up checks: each names what is wrong, and says nothing when all is well."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.checks import CheckMessage
from pytest_django import Settings

from findfusion.checks import check_settings
from findfusion.database import UNREADABLE, read_database_url

pytestmark = pytest.mark.engine_only

Change = Callable[[Settings, Path], None]


@pytest.fixture
def live_site(settings: Settings, tmp_path: Path) -> Settings:
    """Settings of a site that is in order, outside debug."""
    (tmp_path / "staticfiles").mkdir()
    (tmp_path / "staticfiles" / "staticfiles.json").touch()
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "findfusion.css").touch()
    settings.DEBUG = False
    settings.DEMO = False
    settings.SECRET_KEY = "long-and-random-enough-for-this"
    settings.ALLOWED_HOSTS = ["findfusion.example.org"]
    settings.SITE_URL = "https://findfusion.example.org"
    settings.CONTACT_EMAIL = "hello@findfusion.example.org"
    settings.STATIC_ROOT = tmp_path / "staticfiles"
    settings.STATICFILES_DIRS = [tmp_path / "static"]
    settings.VAR_DIR = tmp_path
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    return settings


def test_a_site_in_order_raises_nothing(live_site: Settings) -> None:
    assert check_settings() == []


def no_secret_key(settings: Settings, _: Path) -> None:
    settings.SECRET_KEY = settings.INSECURE_SECRET_KEY


def no_hosts(settings: Settings, _: Path) -> None:
    settings.ALLOWED_HOSTS = []


def demo_outside_debug(settings: Settings, _: Path) -> None:
    settings.DEMO = True


def no_folder(settings: Settings, folder: Path) -> None:
    settings.VAR_DIR = folder / "not-made"


def index_in_a_file(settings: Settings, folder: Path) -> None:
    (folder / "file").touch()
    settings.SEARCH_INDEX_DIR = folder / "file" / "index"


def nothing_gathered(settings: Settings, folder: Path) -> None:
    (folder / "staticfiles" / "staticfiles.json").unlink()


def nothing_built(settings: Settings, folder: Path) -> None:
    settings.DEBUG = True
    (folder / "static" / "findfusion.css").unlink()


def address_without_scheme(settings: Settings, _: Path) -> None:
    settings.SITE_URL = "findfusion.example.org"


def address_with_slash(settings: Settings, _: Path) -> None:
    settings.SITE_URL = "https://findfusion.example.org/"


def nobody_to_ask(settings: Settings, _: Path) -> None:
    settings.CONTACT_EMAIL = ""


def no_address_to_ask(settings: Settings, _: Path) -> None:
    settings.CONTACT_EMAIL = "the Education Board"


@pytest.mark.parametrize(
    ("change", "identity", "mend"),
    [
        (no_secret_key, "findfusion.E001", "SECRET_KEY"),
        (no_hosts, "findfusion.E002", "ALLOWED_HOSTS"),
        (demo_outside_debug, "findfusion.E004", "make demo"),
        (no_folder, "findfusion.E005", "mkdir"),
        (index_in_a_file, "findfusion.E005", "SEARCH_INDEX_DIR"),
        (nothing_gathered, "findfusion.E006", "collectstatic"),
        (nothing_built, "findfusion.W006", "make assets"),
        (address_without_scheme, "findfusion.E007", "SITE_URL"),
        (address_with_slash, "findfusion.E007", "SITE_URL"),
        (nobody_to_ask, "findfusion.W008", "CONTACT_EMAIL"),
        (no_address_to_ask, "findfusion.E008", "CONTACT_EMAIL"),
    ],
)
def test_one_mistake_gives_one_message_with_its_cure(
    live_site: Settings, tmp_path: Path, change: Change, identity: str, mend: str
) -> None:
    change(live_site, tmp_path)
    problems: list[CheckMessage] = check_settings()
    assert [problem.id for problem in problems] == [identity]
    assert mend in (problems[0].hint or "")


def test_an_unreadable_database_address_is_explained(live_site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(live_site.DATABASES, "default", read_database_url("no-such-thing"))
    (problem,) = check_settings()
    assert problem.id == "findfusion.E003"
    assert "postgres://" in (problem.hint or "")


def test_debug_forgives_what_only_a_real_site_needs(live_site: Settings) -> None:
    live_site.DEBUG = True
    live_site.DEMO = True
    live_site.SECRET_KEY = live_site.INSECURE_SECRET_KEY
    live_site.ALLOWED_HOSTS = []
    live_site.CONTACT_EMAIL = ""
    assert check_settings() == []


@pytest.mark.parametrize(
    ("url", "engine", "name"),
    [
        ("sqlite:////srv/data/findfusion.sqlite3", "django.db.backends.sqlite3", "/srv/data/findfusion.sqlite3"),
        ("postgres://u:p%40ss@db:5432/findfusion", "django.db.backends.postgresql", "findfusion"),
        ("postgresql://u@/findfusion?host=/run/postgresql", "django.db.backends.postgresql", "findfusion"),
    ],
)
def test_database_addresses_are_read(url: str, engine: str, name: str) -> None:
    database = read_database_url(url)
    assert (database["ENGINE"], database["NAME"]) == (engine, name)


@pytest.mark.parametrize(
    "url",
    ["", "findfusion", "mysql://u:p@h/db", "postgres://u:p@host:notaport/db", "postgres://host", "http://x/y", "\x00"],
)
def test_any_other_database_address_is_unreadable_and_raises_nothing(url: str) -> None:
    assert read_database_url(url) == UNREADABLE


def test_a_command_stops_with_the_message(tmp_path: Path) -> None:
    """The whole way, in a process of its own: a mistyped address ends in words, not in a traceback."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("FINDFUSION_TEST")}
    environment |= {
        "DJANGO_SETTINGS_MODULE": "findfusion.settings",
        "DATABASE_URL": "postgres:/mistyped:secret@db",
        "DEBUG": "1",
        "DEMO": "0",
        "VAR_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate"],
        cwd=Path(__file__).resolve().parents[2],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert "findfusion.E003" in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
