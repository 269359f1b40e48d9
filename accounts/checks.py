"""Start-up checks of signing in: each names what is wrong and how to mend it."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Caution

#: Caches that each process, or each host, keeps for itself.
OF_ONE_PROCESS = ("locmem.LocMemCache", "dummy.DummyCache", "filebased.FileBasedCache")


@register("accounts")
def check_signing_in(app_configs: Sequence[AppConfig] | None = None, **_: object) -> list[CheckMessage]:
    """All checks below, in the order of their ids."""
    return [*_shared_limits(), *_proxies()]


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
