"""A fixture that fills the database for a module and fails half-way. Run by `test_golden_database.py` only."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.factories import PartnerFactory


@pytest.fixture(scope="module")
def half_a_world(module_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        PartnerFactory.create(name="Of a setup")
        raise RuntimeError("the other half fails")
        yield


@pytest.mark.usefixtures("half_a_world")
def test_it() -> None:
    """Never begins."""
