"""What every test may ask for."""

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker

from engagement.drops import drops
from tests.golden import commits, golden_database
from tests.numbers import PROVING
from tests.visitors import BROWSER

pytest_plugins = ["tests.capabilities", "tests.demonstration"]

hypothesis_settings.load_profile("prove" if PROVING else "test")

_lay_anew = pytest.StashKey[Callable[[], None]]()


def pytest_configure(config: pytest.Config) -> None:
    """Gives the long runs of `make prove` more time for one test."""
    if PROVING:
        config.option.timeout = config.option.timeout or 1500


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest, django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """This worker's copy of the golden database, instead of one migrated for every run."""
    with django_db_blocker.unblock():
        golden = golden_database(request.config.cache.mkdir("golden"))
        golden.lay()

    def lay_anew() -> None:
        with django_db_blocker.unblock():
            golden.lay()

    request.config.stash[_lay_anew] = lay_anew
    with pytest.MonkeyPatch.context() as patch:
        # Django would empty all tables after a test that commits, and tell the rooms that they were
        # migrated; the database is laid anew instead, so that would be work for nothing.
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: None)
        yield
    del request.config.stash[_lay_anew]
    with django_db_blocker.unblock():
        golden.remove()


@pytest.fixture(scope="module")
def module_database(request: pytest.FixtureRequest, django_db_setup: None) -> Iterator[None]:
    """For a fixture that fills the database for a whole module: when that one is gone, the database is laid anew.

    It is a fixture of its own so that this happens wherever the other one fails, half-way in its setup or at its end.
    """
    yield
    request.config.stash[_lay_anew]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """After a test that commits, when all its fixtures are gone or have failed, the database is laid anew."""
    try:
        yield
    finally:
        lay_anew = item.config.stash.get(_lay_anew, None)
        if lay_anew and commits(item):
            lay_anew()


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """What one test put into the cache is no longer true in the next."""
    cache.clear()


@pytest.fixture
def client() -> Client:
    """A visitor with a browser: what has no name is taken for a crawler, and its visits are not counted."""
    return Client(headers=BROWSER)


@pytest.fixture(autouse=True)
def _no_drops() -> None:
    """Events that one test could not record are not lost in the next."""
    drops.take()


@pytest.fixture
def process_environment(transactional_db: None) -> dict[str, str]:
    """
    The environment for a process that works on this test's database and index: a drainer, a command.

    Use it as `subprocess.run([sys.executable, "manage.py", "check_index"], env=process_environment)`.
    """
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor == "postgresql":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return {
        **os.environ,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "FINDFUSION_TEST_CHILD": "1",
        "PYTHONPATH": str(settings.BASE_DIR),
        "SEARCH_INDEX_DIR": str(settings.SEARCH_INDEX_DIR),
    }
