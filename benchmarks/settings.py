"""The project's own settings, with the files of the site gathered beside the synthetic records."""

import os
from pathlib import Path

from findfusion.settings import *  # noqa: F403

STATIC_ROOT = Path(os.environ["BENCHMARK_STATIC_ROOT"])
# What the rooms say while they are measured would be measured, too.
SILENCED_SYSTEM_CHECKS = ["search.W001", "search.W002"]
