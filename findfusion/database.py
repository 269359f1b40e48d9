"""DATABASE_URL, read so that a start-up check can say what is wrong with it."""

import warnings
from typing import Any

import environ

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"
# Connects to nothing: the start-up check speaks before anything would.
UNREADABLE: dict[str, Any] = {"ENGINE": "django.db.backends.dummy"}


def read_database_url(url: str) -> dict[str, Any]:
    """
    The entry of DATABASES that `url` describes; `UNREADABLE` when it describes no SQLite or PostgreSQL database.

    Raises nothing: settings that cannot be loaded would hide the start-up check which explains the mistake.
    """
    if "://" not in url:
        return dict(UNREADABLE)
    try:
        with warnings.catch_warnings():
            # It would print the address, password and all; the check says what matters.
            warnings.simplefilter("ignore")
            database = dict(environ.Env.db_url_config(url))
    except ValueError:  # a port that is no number
        return dict(UNREADABLE)
    if database.get("ENGINE") not in (SQLITE, POSTGRESQL) or not database.get("NAME"):
        return dict(UNREADABLE)
    return database
