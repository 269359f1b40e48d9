"""A fixture that fills the database for a module and fails at its end. Run by `test_golden_database.py` only."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from partners.models import Partner
from tests.factories import PartnerFactory


@pytest.fixture(scope="module")
def world(module_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        PartnerFactory.create(name="Of a module")
        yield
        raise RuntimeError("the server does not stop")


@pytest.mark.usefixtures("world")
def test_it() -> None:
    assert Partner.objects.get().name == "Of a module"
