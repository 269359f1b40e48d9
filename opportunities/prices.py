"""Whether one price is lower than another for everybody who pays it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from .models.choices import Cost

if TYPE_CHECKING:
    from .models import Opportunity

FIELDS = ("cost", "cost_amount", "cost_unit", "family_price")
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Price:
    """What an opportunity costs. Amounts are pounds; None is not said, and taken for more than any amount."""

    cost: str
    cost_amount: Decimal | None = None
    cost_unit: str = ""
    family_price: Decimal | None = None

    @classmethod
    def of(cls, opportunity: Opportunity) -> Price:
        """The price that an opportunity says."""
        return cls(*(getattr(opportunity, field) for field in FIELDS))

    @property
    def is_free(self) -> bool:
        """Whether nobody pays."""
        return self.cost == Cost.FREE

    def paid_by(self) -> tuple[Decimal, Decimal, Decimal]:
        """What anybody pays, what those who are eligible for help pay, what the Family of Schools pays."""
        if self.is_free:
            return NOTHING, NOTHING, NOTHING
        anybody = Decimal("Infinity") if self.cost_amount is None else self.cost_amount
        eligible = NOTHING if self.cost == Cost.FREE_IF_ELIGIBLE else anybody
        return anybody, eligible, anybody if self.family_price is None else self.family_price


def is_lower(new: Price, old: Price) -> bool:
    """Whether nobody pays more than before and somebody pays less, for the same unit."""
    if not new.is_free and new.cost_unit != old.cost_unit:
        return False
    pairs = list(zip(new.paid_by(), old.paid_by(), strict=True))
    return all(now <= before for now, before in pairs) and any(now < before for now, before in pairs)
