"""Every type of page in its main states. A room adds a file of its own with `STATES`, and is named here."""

from tests.browser.looking import State

from . import around, detail, search

ROOMS = (around, search, detail)
STATES: dict[str, State] = {name: state for room in ROOMS for name, state in room.STATES.items()}
