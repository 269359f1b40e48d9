"""How long what holds personal data is kept: a declaration on the model, which a nightly command enforces.

A model with personal data has an attribute `retention`, a tuple of these. `docs/privacy.md` is held to them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    """One rule. When `days` have passed since the moment in the field `since`, `clears` are emptied.

    Without `clears` the whole row is deleted. Where `since` is empty the rule does not apply yet.
    """

    since: str
    days: int
    clears: tuple[str, ...] = ()
