"""Signed search tokens: how a view or an action knows which search it came from, without a cookie.

The results page signs one for each result (its rank inside), and one of rank 0 for itself, which paging,
sorting and refining carry on. A token names a search, not a person: it is in the address and gone with it.
It says when the search began and lasts two hours from then, however often it is handed on: so all that a
search led to happens within two hours, and a day can be counted two hours after its end.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import blake2b

from django.core.signing import BadSignature, Signer, b62_decode, b62_encode
from django.utils import timezone

#: The parameter that carries it.
PARAMETER = "s"
LASTS = timedelta(hours=2)
LONGEST = 120
# Seconds by which the clocks of two servers may differ.
_SKEW = 60
_SIGNER_SALT = "engagement.search"


def _now() -> int:
    return int(timezone.now().timestamp())


@dataclass(frozen=True, slots=True)
class SearchToken:
    """A search, what it asked for last, and the rank of a result (from 1; 0 is the page of results itself).

    `began` is when the search began, in seconds since 1970; tokens are equal whenever it was.
    """

    search: str
    asked: str
    rank: int = 0
    began: int = field(default_factory=_now, compare=False)

    def at(self, rank: int) -> SearchToken:
        """The token of one result."""
        return replace(self, rank=rank)

    def refined(self, asked: str) -> SearchToken:
        """The token of the same search when it asks for something else."""
        return replace(self, asked=asked, rank=0)

    def sign(self) -> str:
        """As it stands in an address."""
        return _signer().sign(f"{self.search}.{self.asked}.{self.rank}.{b62_encode(self.began)}")


def read_token(text: str) -> SearchToken | None:
    """The token of an address; None where there is none, it is not ours, or its search began over two hours ago."""
    if not text or len(text) > LONGEST:
        return None
    try:
        search, asked, rank, began = _signer().unsign(text).split(".")
        token = SearchToken(search, asked, int(rank), b62_decode(began))
    except (BadSignature, ValueError):
        return None
    return token if -_SKEW <= _now() - token.began <= LASTS.total_seconds() else None


def new_token(asked: str) -> SearchToken:
    """The token of a search that begins now."""
    return SearchToken(secrets.token_urlsafe(9), asked)


def digest(asked: str) -> str:
    """What was asked for, short enough for an address: equal for equal searches."""
    return blake2b(asked.encode(errors="replace"), digest_size=6).hexdigest()


def _signer() -> Signer:
    return Signer(sep=":", salt=_SIGNER_SALT)
