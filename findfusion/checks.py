"""Start-up checks of the settings: each names what is wrong and how to mend it.

They run with every `manage.py` command, and before the web process starts in the container.
"""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from findfusion.database import UNREADABLE

BUILT_ASSET = "findfusion.css"


@register("findfusion")
def check_settings(app_configs: Sequence[AppConfig] | None = None, **_: object) -> list[CheckMessage]:
    """All checks below, in the order of their ids."""
    found = (_secret_key(), _allowed_hosts(), _database(), _demo(), _folders(), _assets(), _site_url(), _contact())
    return [problem for problems in found for problem in problems]


def _secret_key() -> Iterator[CheckMessage]:
    if not settings.DEBUG and settings.SECRET_KEY in ("", settings.INSECURE_SECRET_KEY):
        yield Error(
            "SECRET_KEY is not set, so that anybody could forge a session.",
            hint="Set SECRET_KEY to a long random text, for example one printed by "
            "`python -c 'import secrets; print(secrets.token_urlsafe(50))'`.",
            id="findfusion.E001",
        )


def _allowed_hosts() -> Iterator[CheckMessage]:
    if not settings.DEBUG and not settings.ALLOWED_HOSTS:
        yield Error(
            "ALLOWED_HOSTS is empty, so that every request would be refused.",
            hint="Set ALLOWED_HOSTS to the names that people type, separated by commas: "
            "ALLOWED_HOSTS=findfusion.example.org",
            id="findfusion.E002",
        )


def _database() -> Iterator[CheckMessage]:
    if settings.DATABASES["default"]["ENGINE"] == UNREADABLE["ENGINE"]:
        # Its text is not repeated: it may hold a password.
        yield Error(
            "DATABASE_URL cannot be read.",
            hint="Write sqlite:////folder/findfusion.sqlite3 or postgres://user:password@host:5432/name; "
            "in a password, write each of : / ? # [ ] @ % as its percent code (@ is %40).",
            id="findfusion.E003",
        )


def _demo() -> Iterator[CheckMessage]:
    if settings.DEMO and not settings.DEBUG:
        yield Error(
            "DEMO=1 lets anybody sign in as anybody, and DEBUG is off: this looks like a real site.",
            hint="Unset DEMO. For a demonstration on your own machine run `make demo`, which sets both.",
            id="findfusion.E004",
        )


def _folders() -> Iterator[CheckMessage]:
    # VAR_DIR holds the SQLite file, and SQLite makes no folders; the others are made when needed.
    for name, made_when_needed in (("VAR_DIR", False), ("SEARCH_INDEX_DIR", True), ("PRIVATE_DIR", True)):
        folder = Path(getattr(settings, name))
        if _writable(folder, made_when_needed=made_when_needed):
            continue
        yield Error(
            f"{name} is {folder}, and nothing can be written there.",
            hint=f"Make the folder and let this user write in it: mkdir -p {folder}; or set {name} to another folder.",
            id="findfusion.E005",
        )


def _writable(folder: Path, *, made_when_needed: bool) -> bool:
    """Whether this process can write in the folder, or can make it if it is made when needed."""
    if made_when_needed:
        folder = next(each for each in (folder, *folder.parents) if each.exists())
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)


def _assets() -> Iterator[CheckMessage]:
    if settings.DEBUG and not (Path(settings.STATICFILES_DIRS[0]) / BUILT_ASSET).is_file():
        yield Caution(
            "The style sheets and scripts are not built: pages will look bare.",
            hint="Run `make assets`.",
            id="findfusion.W006",
        )
    # Outside debug every page needs the list that collectstatic writes, of names that hold a hash.
    if not settings.DEBUG and not (Path(settings.STATIC_ROOT) / "staticfiles.json").is_file():
        yield Error(
            "The style sheets and scripts are not gathered: every page would answer 500.",
            hint="Run `make assets`, then `manage.py collectstatic`.",
            id="findfusion.E006",
        )


def _contact() -> Iterator[CheckMessage]:
    try:
        validate_email(settings.CONTACT_EMAIL or "nobody@findfusion.example")
    except ValidationError:
        yield Error(
            f"CONTACT_EMAIL is {settings.CONTACT_EMAIL!r}, which is no e-mail address.",
            hint="Set CONTACT_EMAIL to one address alone: CONTACT_EMAIL=hello@findfusion.example.org",
            id="findfusion.E008",
        )
    if not settings.DEBUG and not settings.CONTACT_EMAIL:
        yield Caution(
            "CONTACT_EMAIL is not set, so that the privacy pages name nobody who answers.",
            hint="Set CONTACT_EMAIL to the address of whoever answers questions about what is kept of people.",
            id="findfusion.W008",
        )


def _site_url() -> Iterator[CheckMessage]:
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme not in ("http", "https") or not parts.netloc or settings.SITE_URL.endswith("/"):
        yield Error(
            f"SITE_URL is {settings.SITE_URL!r}, and links in messages and sitemaps begin with it.",
            hint="Write it with its scheme and without a slash at its end: SITE_URL=https://findfusion.example.org",
            id="findfusion.E007",
        )
