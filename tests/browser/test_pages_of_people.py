"""Every type of page of people who sign in, or were written to, in its main states, wide and narrow.

Apart from what everybody sees, so that two processes share the looking.
"""

import pytest

from .looking import Onlooker
from .states import STATES_OF_PEOPLE


@pytest.mark.parametrize("name", STATES_OF_PEOPLE)
def test_every_page_has_no_barrier_no_error_and_no_sideways_scroll(onlooker: Onlooker, name: str) -> None:
    onlooker.look(name, STATES_OF_PEOPLE[name])
