"""A test that commits, and a fixture of it that complains at its end. Run by `test_golden_database.py` only."""

from collections.abc import Iterator

import pytest

from tests.factories import PartnerFactory


@pytest.fixture
def complaining() -> Iterator[None]:
    yield
    raise RuntimeError("the browser complained")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("complaining")
def test_it() -> None:
    PartnerFactory.create(name="Of a test")
