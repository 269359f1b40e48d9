"""What was used: events as they happened, then only counted rows. No person, no address, no device."""

from django.db import models
from django.db.models import Q

from opportunities.models import Opportunity
from partners.models import Partner

from .catalogue import LONGEST_TERMS, EventName, Surface


def _about(model: type[models.Model]) -> "models.ForeignKey":
    # What was used may be gone by now; that it was used stays true.
    return models.ForeignKey(
        model, null=True, blank=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )


class Event(models.Model):
    """One recorded use.

    `search` is the intent that led here, `rank` the place in its results. `visitor` is the kind of organisation
    of a signed-in professional, and empty for everybody else. `terms` are emptied after 90 days.
    """

    name = models.CharField(max_length=20, choices=[(each, each) for each in EventName])
    at = models.DateTimeField()
    surface = models.CharField(max_length=8, choices=[(each, each) for each in Surface], default=Surface.SITE)
    visitor = models.CharField(max_length=10, blank=True)
    search = models.CharField(max_length=16, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    opportunity = _about(Opportunity)
    partner = _about(Partner)
    terms = models.CharField(max_length=LONGEST_TERMS, blank=True)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        indexes = [models.Index(fields=["name", "at"]), models.Index(fields=["search"])]
        constraints = [
            # A search counts once for each thing that it led to.
            models.UniqueConstraint(
                fields=["search", "name", "opportunity"],
                condition=~Q(search="") & Q(opportunity__isnull=False),
                name="once_a_search_and_opportunity",
            ),
            models.UniqueConstraint(
                fields=["search", "name", "partner"],
                condition=~Q(search="") & Q(opportunity__isnull=True, partner__isnull=False),
                name="once_a_search_and_partner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} at {self.at:%Y-%m-%d %H:%M}"


class DroppedEvents(models.Model):
    """How many events could not be recorded on a day (in London): told by `/health/` and in the report."""

    day = models.DateField(unique=True)
    count = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "dropped events"

    def __str__(self) -> str:
        return f"{self.count} on {self.day}"
