"""Tests that go through the kinds of opportunity, page by page: a few that differ most in `make test`, all in `make prove`."""

from typing import Any

import pytest

from opportunities.kinds import Kind
from tests.numbers import PROVING

FEW = (Kind.PLACEMENT, Kind.VISIT, Kind.COURSE, Kind.JOB)


def each_kind(test: Any) -> Any:
    """Runs a test for each kind; `make prove` runs it again, for all of them."""
    return pytest.mark.prove(pytest.mark.parametrize("kind", tuple(Kind) if PROVING else FEW)(test))
