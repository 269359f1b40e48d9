"""How many examples a property is tried on: a few in `make test`, all of them in `make prove`."""

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

PROVING = os.environ.get("PROVE", "0") not in ("", "0")

settings.register_profile(
    "test",
    # The same examples each time: a failure in `make test` comes from the change, not from the dice.
    derandomize=True,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("prove", settings.get_profile("test"), derandomize=False, max_examples=2000, print_blob=True)


def full(test_number: int, prove_number: int) -> int:
    """`test_number` in `make test`, `prove_number` in `make prove`; mark such a test with `pytest.mark.prove`."""
    return prove_number if PROVING else test_number


def examples(test_number: int, prove_number: int) -> Callable[[Any], Any]:
    """
    Decorates a hypothesis test: so many examples in `make test`, so many in `make prove`, which runs it.

    Stands where `hypothesis.settings` would: above `@given`.
    """

    def decorate(test: Any) -> Any:
        return pytest.mark.prove(settings(max_examples=full(test_number, prove_number))(test))

    return decorate
