"""The shortlist of a visitor: what they saved, in the order of saving, in one cookie of their own browser.

The cookie holds the keys of opportunities and nothing else; the server keeps none of it. It is set once something is
saved and goes when the list is empty. Whatever else stands in it (anybody may write a cookie) is an empty list.
"""

from __future__ import annotations

import re
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIE = "shortlist"
#: As many as a person compares, and as a cookie holds with ease.
MOST = 30
#: From the last change.
LASTS = timedelta(days=30)
_KEY = "[1-9][0-9]{0,17}"
_WRITTEN = re.compile(rf"{_KEY}(?:\.{_KEY}){{0,{MOST - 1}}}")


class ShortlistFullError(ValueError):
    """There is no room for one more."""


def read(text: str) -> tuple[int, ...]:
    """The keys in a cookie, each once; none where it is not a list as `written` writes one."""
    if not _WRITTEN.fullmatch(text):
        return ()
    return tuple(dict.fromkeys(int(key) for key in text.split(".")))


def written(keys: tuple[int, ...]) -> str:
    """At most 30 keys, each from 1, as they stand in the cookie."""
    return ".".join(str(key) for key in keys)


def with_one_more(keys: tuple[int, ...], key: int) -> tuple[int, ...]:
    """The list with one more at its end; as it is if it has that one. Raises ShortlistFullError at the thirty-first."""
    if key in keys:
        return keys
    if len(keys) >= MOST:
        raise ShortlistFullError(f"A shortlist holds {MOST}.")
    return (*keys, key)


def without(keys: tuple[int, ...], key: int) -> tuple[int, ...]:
    """The list without one."""
    return tuple(each for each in keys if each != key)


def read_key(text: str) -> int | None:
    """A key as a form sends it; None where it is none."""
    return int(text) if re.fullmatch(_KEY, text) else None


def shortlist_of(request: HttpRequest) -> tuple[int, ...]:
    """What this visitor saved."""
    return read(request.COOKIES.get(COOKIE, ""))


def keep(response: HttpResponse, keys: tuple[int, ...]) -> None:
    """Has the visitor's browser keep the list from now on; an empty one takes the cookie away."""
    if not keys:
        response.delete_cookie(COOKIE, samesite="Lax")
        return
    response.set_cookie(
        COOKIE,
        written(keys),
        max_age=LASTS,
        httponly=True,
        samesite="Lax",
        secure=bool(settings.SESSION_COOKIE_SECURE),
    )
