"""Who gets what: every address of the site is declared in `access_matrix.py`, and answers as declared."""

import re
from collections.abc import Iterable, Iterator
from itertools import batched
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings
from django.db.models import Model
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from search.engines.embedded.store import EmbeddedStore
from search.services import rebuild
from tests.architecture.access_matrix import DESKS, OPEN_DOORS_OF_THE_CMS, OTHERS, ROWS
from tests.architecture.access_roles import (
    GONE,
    NOT_THERE,
    PAGE,
    POST_ONLY,
    REFUSED,
    ROLES,
    SENT_ON,
    SIGN_IN,
    STAFF,
    Desk,
    Row,
    staff,
)
from tests.architecture.house import ROOT_PACKAGES
from tests.architecture.sample_world import SampleWorld, make_sample_world
from tests.people import sign_in

# Who may what is the same on every database.
pytestmark = pytest.mark.engine_only


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every route of the site, as the resolver writes it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, route)
        else:
            yield route, pattern


def model_of(pattern: URLPattern) -> type[Model] | None:
    """The model that a generic view of the CMS is about."""
    model = getattr(pattern.callback, "view_initkwargs", {}).get("model")
    model = apps.get_model(model) if isinstance(model, str) else model
    return model if isinstance(model, type) and issubclass(model, Model) else None


def is_ours(pattern: URLPattern) -> bool:
    """Whether the view is written here, or is a generic one about a model of ours."""
    view = getattr(pattern.callback, "view_class", pattern.callback)
    model = model_of(pattern)
    return any(thing is not None and thing.__module__.split(".")[0] in ROOT_PACKAGES for thing in (view, model))


def is_declared(route: str, pattern: URLPattern) -> bool:
    """Whether a row or a desk stands for the route; the trees of others stand for nothing of ours."""
    prefixes = [prefix for desk in DESKS for prefix in (desk.prefix, *desk.choosers)]
    if not is_ours(pattern):
        prefixes += [row.route for row in OTHERS]
    return route in {row.route for row in ROWS} or route.startswith(tuple(prefixes))


def read(response: HttpResponseBase) -> str:
    """What an answer means to the person who asked."""
    if response.status_code in (301, 302, 303, 307, 308):
        target = response.headers["Location"]
        if target.startswith("/sign-in/"):
            return SIGN_IN
        return REFUSED if target == "/admin/" else SENT_ON
    known = {200: PAGE, 403: REFUSED, 404: NOT_THERE, 405: POST_ONLY, 410: GONE}
    return known.get(response.status_code, str(response.status_code))


@pytest.fixture
def world(db: None) -> SampleWorld:
    return make_sample_world()


def ask(user: User | None, path: str) -> str:
    client = Client()
    if user:
        sign_in(client, user)
    return read(client.get(path))


def answers(world: SampleWorld, path: str) -> dict[str, str]:
    return {role: ask(world.people[role], path) for role in ROLES}


def test_every_address_is_declared() -> None:
    undeclared = [route for route, pattern in routes() if not is_declared(route, pattern)]
    assert not undeclared, "declare them in tests/architecture/access_matrix.py"


def test_nothing_is_declared_that_is_not_there() -> None:
    standing = [route for route, _ in routes()]
    gone = [row.route for row in ROWS if row.route not in standing]
    gone += [
        prefix
        for prefix in (*(row.route for row in OTHERS), *(desk.prefix for desk in DESKS))
        if not any(route.startswith(prefix) for route in standing)
    ]
    assert not gone


def test_an_undeclared_address_would_be_seen() -> None:
    def view(request: object) -> None: ...

    view.__module__ = "directory.views"
    assert not is_declared("admin/new-thing/", URLPattern(get_resolver().pattern, view))


@pytest.fixture
def index(world: SampleWorld, tmp_path: Path, settings: LazySettings) -> None:
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    rebuild(EmbeddedStore(tmp_path / "index"))


def few[T](many: Iterable[T], count: int = 20) -> list[tuple[T, ...]]:
    """So many at a time: a GET changes nothing, so they can share a world, which takes longer to make than to ask."""
    return list(batched(many, count))


@pytest.mark.usefixtures("index")
@pytest.mark.parametrize("rows", few([*ROWS, *OTHERS]), ids=lambda rows: rows[0].path)
def test_each_role_gets_what_is_declared(world: SampleWorld, rows: tuple[Row, ...]) -> None:
    found = {row.path: answers(world, row.path.format(**world.things)) for row in rows}
    assert found == {row.path: row.answers for row in rows}


@pytest.mark.parametrize("desks", few(DESKS), ids=lambda desks: desks[0].model)
def test_each_role_may_do_at_a_desk_what_is_declared(world: SampleWorld, desks: tuple[Desk, ...]) -> None:
    for desk in desks:
        found, declared = doors_of(world, desk)
        assert found == declared, desk.model
        for chooser in desk.choosers:
            expected = staff(PAGE, PAGE, PAGE) if desk.choosers_for_all else declared["v"]
            assert answers(world, f"/{chooser}") == expected, chooser


def doors_of(world: SampleWorld, desk: Desk) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """What each role gets at the list, at adding and at changing: as it is, and as declared."""
    thing: Any = apps.get_model(desk.model)._default_manager.first()
    assert thing is not None, f"the sample world needs a {desk.model}"
    doors = {"v": "", "a": desk.new, "c": f"edit/{thing.pk}/"}
    found = {letter: answers(world, f"/{desk.prefix}{door}") for letter, door in doors.items()}
    may = {role: getattr(desk, role) for role in STAFF}
    declared = {
        letter: staff(**{role: PAGE if letter in letters else REFUSED for role, letters in may.items()})
        for letter in doors
    }
    return found, declared


def test_who_has_no_business_in_the_cms_gets_through_none_of_its_doors(world: SampleWorld) -> None:
    """Every route of the CMS, with a 1 for each of its arguments."""
    doors = [route for route, _ in routes() if route.startswith("admin/")]
    doors = [door for door in doors if not door.startswith(OPEN_DOORS_OF_THE_CMS)]
    assert len(doors) > 300
    paths = sorted({"/" + _filled_in(door) for door in doors})
    through = {
        f"{name} at {path}": answer
        for path in paths
        for name, user in (("anonymous", None), ("outsider", world.outsider))
        if (answer := ask(user, path)) not in (SIGN_IN, REFUSED, NOT_THERE, POST_ONLY)
    }
    assert not through


def _filled_in(route: str) -> str:
    """An address that the route matches, near enough."""
    route = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "1", route)
    route = re.sub(r"<uuid:\w+>", "00000000-0000-4000-8000-000000000000", route)
    route = re.sub(r"<(?:\w+:)?\w+>", "1", route)
    return re.sub(r"[\^$\\?]|\.\*|\([^()]*\)", "", route).replace("//", "/")
