"""The rooms of the house and their order, as pyproject.toml tells import-linter."""

import subprocess
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

_config = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]

# From the top down, rooms that are not built yet left out.
ROOMS: tuple[str, ...] = tuple(
    layer for contract in _config["contracts"] if contract["type"] == "layers" for layer in contract["layers"]
    if not layer.startswith("(")
)  # fmt: skip
ROOT_PACKAGES: frozenset[str] = frozenset(_config["root_packages"])


def is_below_or_same(room: str, other: str) -> bool:
    """Whether `room` may use `other`."""
    return ROOMS.index(other) >= ROOMS.index(room)


def files(*patterns: str) -> list[Path]:
    """The project's own files that match: tracked ones, and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return [path for path in paths if path.is_file()]


def name_of(path: Path) -> str:
    """The path as it stands in the repository."""
    return path.relative_to(ROOT).as_posix()
