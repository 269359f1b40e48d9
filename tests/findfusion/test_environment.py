"""What can be set is written down, and what is written down can be set."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.engine_only

ROOT = Path(__file__).resolve().parents[2]

# The container's own: it lays the folder down in the image.
READ = re.compile(r'env\.\w+\(\s*"([A-Z_]+)"')
SHOWN = re.compile(r"^#?([A-Z_]+)=", re.MULTILINE)
PASSED_ON = re.compile(r"^    ([A-Z_]+): ", re.MULTILINE)


def names(pattern: re.Pattern[str], file: str) -> set[str]:
    return set(pattern.findall((ROOT / file).read_text()))


def test_the_example_shows_every_setting_and_no_other() -> None:
    assert names(SHOWN, ".env.example") == names(READ, "findfusion/settings.py")


def test_the_compose_file_passes_on_only_what_is_read() -> None:
    block = (ROOT / "docker-compose.yml").read_text().split("services:")[0]
    passed_on = set(PASSED_ON.findall(block))
    assert {"DATABASE_URL", "SECRET_KEY", "ALLOWED_HOSTS"} <= passed_on
    assert passed_on <= names(READ, "findfusion/settings.py")
