"""A world made while an event loop runs, as Playwright keeps one to the end. Run by `test_golden_database.py` only."""

import asyncio
import os
from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from partners.models import Partner
from tests.factories import PartnerFactory


@pytest.fixture(scope="session")
def event_loop() -> Iterator[None]:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    loop = asyncio.new_event_loop()
    asyncio._set_running_loop(loop)
    yield
    asyncio._set_running_loop(None)
    loop.close()


@pytest.fixture(scope="module")
def world(event_loop: None, module_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        PartnerFactory.create(name="Of a loop")
        yield


@pytest.mark.usefixtures("world")
def test_it() -> None:
    assert Partner.objects.get().name == "Of a loop"
