"""How the web process begins."""

import subprocess
import sys

from django.conf import settings

BEGIN = """
import gc, sys
before = gc.get_threshold()[0]
from findfusion.wsgi import application
print(callable(application), "directory.views.search" in sys.modules, gc.get_freeze_count(), gc.get_threshold()[0] > before)
"""


def test_what_lives_as_long_as_the_process_is_not_looked_through_again(process_environment: dict[str, str]) -> None:
    answer = subprocess.run(
        [sys.executable, "-c", BEGIN],
        cwd=settings.BASE_DIR,
        env=process_environment,
        capture_output=True,
        text=True,
        check=True,
    )
    is_callable, knows_addresses, frozen, is_patient = answer.stdout.split()
    assert (is_callable, knows_addresses, is_patient) == ("True", "True", "True")
    assert int(frozen) > 100_000
