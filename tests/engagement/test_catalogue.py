"""The catalogue is closed, and all of it is used."""

import ast
from collections.abc import Iterator

import pytest

from engagement.catalogue import ACTIONS, CATALOGUE, EVENT_DAYS, EventName
from engagement.models import Event
from engagement.reporting import USES
from tests.architecture.house import ROOMS, files, name_of

pytestmark = pytest.mark.engine_only


def named_outside_engagement() -> Iterator[str]:
    """Every `EventName.X` in the code of other rooms."""
    for path in files("*.py"):
        room = name_of(path).split("/")[0]
        if room not in ROOMS or room == "engagement":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute) and ast.unparse(node.value).split(".")[-1] == "EventName":
                yield node.attr


def test_each_event_is_recorded_somewhere() -> None:
    unused = {each.name for each in EventName} - set(named_outside_engagement())
    assert not unused, f"nothing records {', '.join(sorted(unused))}: use it, or take it out of the catalogue"


def test_each_event_says_what_it_is_for_and_how_long_it_is_kept() -> None:
    assert set(CATALOGUE) == set(EventName)
    for each in CATALOGUE.values():
        assert each.title
        assert each.purpose.endswith(".")
        assert each.days == EVENT_DAYS, "retention knows one time for all events"
        assert each.about <= {"opportunity", "partner"}
    assert max(len(each) for each in EventName) <= (Event._meta.get_field("name").max_length or 0)
    assert set(ACTIONS) | {EventName.OPPORTUNITY_VIEWED} <= set(USES)


def test_an_event_has_no_column_for_a_person() -> None:
    assert {field.name for field in Event._meta.fields} == {
        "id", "name", "at", "surface", "visitor", "search", "rank", "opportunity", "partner", "terms", "data",
    }  # fmt: skip
