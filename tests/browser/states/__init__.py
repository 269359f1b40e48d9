"""Every type of page in its main states. A room adds a file of its own here, with `STATES`: nothing else is to be told.

What is collected here is looked at by `test_pages.py` and photographed by `make screenshots`.
"""

from importlib import import_module
from pkgutil import iter_modules

from tests.browser.looking import State


def _collected() -> dict[str, State]:
    """The states of all files of this folder, by name, in the order of the files' names."""
    states: dict[str, State] = {}
    for room in sorted(each.name for each in iter_modules(__path__)):
        for name, state in import_module(f"{__name__}.{room}").STATES.items():
            if name in states:
                raise ValueError(f"Two states are called {name!r}; one of them is in states/{room}.py.")
            states[name] = state
    return states


STATES = _collected()
