"""Every type of page in its main states. A room adds a file of its own here, with `STATES`: nothing else is to be told.

What is collected here is looked at by `test_pages_of_all.py` and `test_pages_of_people.py` and photographed by
`make screenshots`.
"""

from importlib import import_module
from pkgutil import iter_modules

from tests.browser.looking import State

#: The files with what everybody sees; those with pages of people who sign in are all others.
OF_ALL = frozenset({"around", "detail", "long", "search", "shortlist"})


def _collected(*, of_all: bool) -> dict[str, State]:
    """The states of the files of this folder with what everybody sees, or of the others, by name, in their files' order."""
    states: dict[str, State] = {}
    for room in sorted(each.name for each in iter_modules(__path__) if (each.name in OF_ALL) == of_all):
        for name, state in import_module(f"{__name__}.{room}").STATES.items():
            if name in states:
                raise ValueError(f"Two states are called {name!r}; one of them is in states/{room}.py.")
            states[name] = state
    return states


STATES_OF_ALL, STATES_OF_PEOPLE = _collected(of_all=True), _collected(of_all=False)
if both := STATES_OF_ALL.keys() & STATES_OF_PEOPLE.keys():
    raise ValueError(f"Two states are called alike: {', '.join(sorted(both))}.")
