"""How long what holds personal data is kept: a declaration on the model, which a nightly command enforces.

A model with personal data has an attribute `retention`, a tuple of these. `docs/privacy.md` is held to them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Retention:
    """One rule. When `days` have passed since the moment in the field `since`, `clears` are emptied.

    Without `clears` the whole row is deleted. Where `since` is empty the rule does not apply yet. `erase`, where the rows
    must be looked at once more or leave traces elsewhere, is given those that are due, deletes them, and says how many.
    """

    since: str
    days: int
    clears: tuple[str, ...] = ()
    erase: Callable[[QuerySet[Any]], int] | None = None
