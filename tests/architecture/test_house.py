"""The house keeps its order: who may know whom, how long a file may be, what no file may name."""

import re
from collections import defaultdict
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db.models import Model

from tests.architecture.house import ROOMS, ROOT, ROOT_PACKAGES, files, is_below_or_same, name_of

pytestmark = pytest.mark.engine_only

LONGEST_FILE = 400
SAYS_NOTHING = re.compile(r"(^|/)(utils?|helpers?|misc|common)(\.py$|/)")

# Whole words that would tie the project to one machine or one package registry. Written in pieces,
# so that this file does not hold what it looks for.
REGISTRIES = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("proxy", "golang", "org"),
        ("sum", "golang", "org"),
        ("crates", "io"),
        ("repo1", "maven", "org"),
        ("repo", "maven", "apache", "org"),
        ("deb", "debian", "org"),
        ("security", "debian", "org"),
        ("archive", "ubuntu", "com"),
        ("docker", "elastic", "co"),
        ("registry-1", "docker", "io"),
        ("ghcr", "io"),
        ("quay", "io"),
    )
]
MACHINE_PATHS = ["/".join(("", *parts, "")) for parts in (("work", "main"), ("work", "shared"), ("work", "scratch"))]
MACHINE_PATHS += ["/".join(("", *parts)) for parts in (("root", ""), ("opt", "wheels"), ("tmp", "bash_jobs"))]
FORBIDDEN = re.compile("|".join(re.escape(text) for text in REGISTRIES + MACHINE_PATHS))


def room_of(model: type[Model]) -> str:
    return model.__module__.split(".")[0]


def relations() -> Iterator[tuple[str, str, str]]:
    """Every relation of our models: what it is called, the room it is in, the room that it points to."""
    for model in apps.get_models(include_auto_created=True):
        if room_of(model) not in ROOT_PACKAGES:
            continue
        # Concrete fields, sets and generic keys; not what points back here, which lives in the other room.
        for field in [*model._meta.fields, *model._meta.many_to_many, *model._meta.private_fields]:
            target = getattr(field, "related_model", None)
            if isinstance(target, type) and issubclass(target, Model):
                yield f"{model._meta.label}.{field.name}", room_of(model), room_of(target)


def test_every_room_that_stands_is_in_the_order_and_the_other_way_round() -> None:
    standing = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert standing <= set(ROOMS), f"{standing - set(ROOMS)} must be a layer in pyproject.toml, without parentheses"
    assert set(ROOMS) == ROOT_PACKAGES


def test_every_model_relation_points_to_the_same_room_or_one_below() -> None:
    found = list(relations())
    upward = [
        f"{name} points up, from {room} to {target}"
        for name, room, target in found
        if target in ROOT_PACKAGES and not is_below_or_same(room, target)
    ]
    assert not upward
    # The walk itself sees keys across rooms and inside one.
    assert ("partners", "accounts") in {(room, target) for _, room, target in found}
    assert ("opportunities", "opportunities") in {(room, target) for _, room, target in found}


def test_a_relation_that_points_up_would_be_seen() -> None:
    assert not is_below_or_same("partners", "opportunities")
    assert is_below_or_same("opportunities", "partners")
    assert is_below_or_same("partners", "partners")


def test_no_hand_written_file_is_too_long() -> None:
    paths = [*files("*.py"), *files("bin/*")]
    long = {
        name_of(path): lines
        for path in paths
        if path.parent.name != "migrations" and (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert not long, f"each is a room that wants a wall: {long}"


def test_no_file_has_a_name_that_says_nothing() -> None:
    assert not [name_of(path) for path in files() if SAYS_NOTHING.search(name_of(path))]


def test_what_only_readers_hear_never_begins_with_a_mark() -> None:
    """A browser puts a space before words that are hidden, so that a mark there would stand alone: "Change it : Summary"."""
    begun = re.compile(r'visually-hidden">\s*([,.:;].*?)<')
    assert not {name_of(path): found for path in files("templates/*") if (found := begun.findall(path.read_text()))}


def test_no_class_is_given_its_looks_in_two_places() -> None:
    """What two parts call alike, each would change for the other. Parts of a block (`__`) may be fitted elsewhere."""
    places: dict[str, set[str]] = defaultdict(set)
    for path in files("assets/scss/_*.scss"):
        for name in re.findall(r"^\.(ff-(?:(?!__)[a-z0-9-])+) \{", path.read_text(), re.MULTILINE):
            places[name].add(path.name)
    assert places
    assert not {name: found for name, found in places.items() if len(found) > 1}


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    found = [
        f"{name_of(path)}: {match.group()}"
        for path in files()
        for match in FORBIDDEN.finditer(path.read_bytes().decode("utf-8", errors="ignore"))
    ]
    assert not found


@pytest.mark.parametrize("text", [*REGISTRIES, *MACHINE_PATHS])
def test_each_forbidden_text_would_be_found(text: str) -> None:
    assert FORBIDDEN.search(f"url = 'https://{text}/simple'")
