"""A shortlist that somebody printed or shared: from then on it has a number and an address."""

from typing import ClassVar

from django.db import models

from figures.retention import Retention

KEPT_DAYS = 90


class SharedList(models.Model):
    """What stood on a shortlist when it was printed or shared. Nobody's name, nobody's address.

    `number` is what is read out at a desk or on the telephone, such as 7K2-M4Q, without the dash. `opportunities` are
    keys in the order of the list; what is not public any more is said to be gone, not shown.
    """

    retention: ClassVar[tuple[Retention, ...]] = (Retention("made_at", KEPT_DAYS),)

    number = models.CharField(max_length=6, unique=True)
    opportunities = models.JSONField(default=list)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number[:3]}-{self.number[3:]}"
