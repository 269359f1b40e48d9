"""Start-up checks of signing in: each names what is wrong and how to mend it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

from .sealing import is_key

#: Caches that each process, or each host, keeps for itself.
OF_ONE_PROCESS = ("locmem.LocMemCache", "dummy.DummyCache", "filebased.FileBasedCache")


@register("accounts")
def check_signing_in(app_configs: Sequence[AppConfig] | None = None, **_: object) -> list[CheckMessage]:
    """All checks below, in the order of their ids."""
    return [*_shared_limits(), *_proxies(), *_second_factor_keys()]


def _shared_limits() -> Iterator[CheckMessage]:
    caches: dict[str, Any] = dict(settings.CACHES)
    routed = caches["default"]["BACKEND"] == "findfusion.cache.CacheOfTheProcess"
    backend = caches.get("shared" if routed else "default", {}).get("BACKEND", "")
    if not settings.DEBUG and (not backend or backend.endswith(OF_ONE_PROCESS)):
        yield Error(
            "Limits on attempts to sign in are kept by each process for itself: with eight processes there are eight "
            "times as many.",
            hint="Keep CACHES as findfusion/settings.py has them, or let `shared` be a cache that all processes reach.",
            id="accounts.E001",
        )


def _proxies() -> Iterator[CheckMessage]:
    count = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if count < 0 or (count == 0 and settings.BEHIND_PROXY):
        yield Error(
            f"PROXY_COUNT is {count} behind a proxy: all visitors would count as one, and soon nobody could sign in.",
            hint="Set PROXY_COUNT to the number of proxies that append to X-Forwarded-For: 1 for a single one.",
            id="accounts.E002",
        )
    elif count and not settings.BEHIND_PROXY:
        yield Caution(
            f"PROXY_COUNT is {count} and BEHIND_PROXY is off: a visitor could write their own X-Forwarded-For.",
            hint="Set BEHIND_PROXY=1 if there is a proxy, or unset PROXY_COUNT.",
            id="accounts.W002",
        )


def _second_factor_keys() -> Iterator[CheckMessage]:
    keys: list[str] = settings.SECOND_FACTOR_KEYS
    how = "Make one with `python -c 'import base64, os; print(base64.urlsafe_b64encode(os.urandom(32)).decode())'`"
    if not keys:
        yield Error(
            "SECOND_FACTOR_KEYS is not set, so that no app for codes and no recovery code could be kept or checked.",
            hint=f"{how}, set SECOND_FACTOR_KEYS to it, and keep a copy where you keep SECRET_KEY, apart from backups.",
            id="accounts.E003",
        )
    elif not all(map(is_key, keys)):
        yield Error(
            "SECOND_FACTOR_KEYS holds something that is no key.",
            # Its text is not repeated: whoever reads the log must not have it.
            hint=f"Separate several keys by commas, the newest first. {how}.",
            id="accounts.E003",
        )
