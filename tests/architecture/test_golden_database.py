"""The tests' own ground: every test begins with what migrations left, whatever the test before it did."""

import os
import sys
from subprocess import run

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from wagtail.models import Page

from taxonomy.models import FusionSkill

LEFT_BEHIND = "tests/architecture/left_behind"  # tests that fail, which no ordinary run collects


def assert_untouched() -> None:
    """Holds for a database that was migrated and not written since."""
    assert FusionSkill.objects.count() == 12
    assert Page.objects.filter(depth=1).exists()
    assert not get_user_model().objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", [1, 2])
def test_a_test_that_commits_leaves_nothing_behind(turn: int) -> None:
    assert_untouched()
    get_user_model().objects.create_user(email="left.behind@example.org")


@pytest.mark.django_db(transaction=True)
def test_a_process_of_its_own_sees_what_the_test_committed(process_environment: dict[str, str]) -> None:
    get_user_model().objects.create_user(email="committed@example.org")
    program = "from accounts.models import User; print(*User.objects.values_list('email', flat=True))"
    done = run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", program],
        env=process_environment,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "committed@example.org"


@pytest.mark.slow
@pytest.mark.engine_only
@pytest.mark.parametrize(
    ("files", "errors"),
    [
        (["teardown_of_one", "setup_of_a_module", "teardown_of_a_module"], 3),
        (["teardown_of_one", "event_loop"], 1),
    ],
    ids=["fixtures that fail", "an event loop"],
)
def test_nothing_is_left_behind(files: list[str], errors: int) -> None:
    """A run of its own, in a folder of its own: what fails in it, the first so many files, does not fail here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("FINDFUSION_TEST_", "PYTEST_"))}
    paths = [f"{LEFT_BEHIND}/{name}.py" for name in (*files, "afterwards")]
    done = run(
        [sys.executable, "-m", "pytest", "-q", "--tb=short", *paths],
        env=kept,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    failed = [line.partition(" - ")[0] for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    assert failed == [f"ERROR {path}::test_it" for path in paths[:errors]], done.stdout
