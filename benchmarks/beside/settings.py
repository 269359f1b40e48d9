"""The project's settings with the plain table, on a database of its own."""

import os

from benchmarks.settings import *  # noqa: F403
from benchmarks.settings import DATABASES, INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "benchmarks.beside"]
BACKEND = {"BACKEND": "wagtail.search.backends.database"}
if DATABASES["default"]["ENGINE"].endswith("postgresql"):
    # Its documentation's advice where all texts are of one language. SQLite's index knows no languages.
    BACKEND["SEARCH_CONFIG"] = "english"
WAGTAILSEARCH_BACKENDS = {"default": BACKEND}
SEARCH_ENGINE = os.environ.get("SEARCH_ENGINE", "embedded")
