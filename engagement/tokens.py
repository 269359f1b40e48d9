"""Signed search tokens: how a view or an action knows which search it came from, without a cookie.

The results page signs one for each result (its rank inside), and one of rank 0 for itself, which paging,
sorting and refining carry on. A token names a search, not a person: it is in the address and gone with it.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import blake2b

from django.core.signing import BadSignature, TimestampSigner

#: The parameter that carries it.
PARAMETER = "s"
LASTS = timedelta(hours=2)
LONGEST = 120
_SIGNER_SALT = "engagement.search"


@dataclass(frozen=True, slots=True)
class SearchToken:
    """A search, what it asked for last, and the rank of a result (from 1; 0 is the page of results itself)."""

    search: str
    asked: str
    rank: int = 0

    def at(self, rank: int) -> SearchToken:
        """The token of one result."""
        return replace(self, rank=rank)

    def sign(self) -> str:
        """As it stands in an address."""
        return _signer().sign(f"{self.search}.{self.asked}.{self.rank}")


def read_token(text: str) -> SearchToken | None:
    """The token of an address; None where there is none, it is not ours, or it is older than two hours."""
    if not text or len(text) > LONGEST:
        return None
    try:
        search, asked, rank = _signer().unsign(text, max_age=LASTS).split(".")
    except BadSignature:
        return None
    return SearchToken(search, asked, int(rank))


def new_token(asked: str) -> SearchToken:
    """The token of a search that begins now."""
    return SearchToken(secrets.token_urlsafe(9), asked)


def digest(asked: str) -> str:
    """What was asked for, short enough for an address: equal for equal searches."""
    return blake2b(asked.encode(), digest_size=6).hexdigest()


def _signer() -> TimestampSigner:
    return TimestampSigner(sep=":", salt=_SIGNER_SALT)
