"""What was used: events as they happened, then only counted rows. No person, no address, no device."""

from django.db import models
from django.db.models import F, Q

from opportunities.models import Opportunity
from partners.models import Partner

from .catalogue import FEWEST_SEARCHES, LONGEST_TERMS, EventName, Surface


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
        indexes = [models.Index(fields=["at"])]
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


class CountedPeriod(models.Model):
    """A day or a month (in London) whose events are counted: its rows stand, and its events may go when they are old."""

    class Length(models.TextChoices):
        """What is counted by the day, by the day for each opportunity, and by the month."""

        DAY = "day", "A day"
        OFFERS = "offer", "A day of opportunities"
        MONTH = "month", "A month"

    length = models.CharField(max_length=5, choices=Length)
    starts = models.DateField()
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["length", "starts"], name="counted_once")]

    def __str__(self) -> str:
        return f"{self.get_length_display()} from {self.starts}"


class CountedSearches(models.Model):
    """The searches that began on a day: how many, how many found nothing at last, were followed by a view, led to an action.

    Without a partner: all of them. With one: those that showed something of this partner on their first page or led to
    it, and `viewed` and `acted` are about this partner alone. One search may stand with several partners.
    """

    day = models.DateField()
    surface = models.CharField(max_length=8, choices=[(each, each) for each in Surface])
    partner = _about(Partner)
    searches = models.PositiveIntegerField()
    empty = models.PositiveIntegerField()
    viewed = models.PositiveIntegerField()
    acted = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "counted searches"
        indexes = [models.Index(fields=["day"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(empty__lte=F("searches"), viewed__lte=F("searches"), acted__lte=F("searches")),
                name="a_part_of_the_searches",
            )
        ]


class CountedUse(models.Model):
    """What was done on a day: views, actions and the rest by name, partner and kind of opportunity.

    `name` is that of the event; for an action that was begun it is its kind ("request"). `from_search` are those whose
    address said which search they came from; `acted` are the views among those that the same search followed by an
    action on the same opportunity or partner.
    """

    day = models.DateField()
    surface = models.CharField(max_length=8, choices=[(each, each) for each in Surface])
    name = models.CharField(max_length=20)
    partner = _about(Partner)
    kind = models.CharField("kind of opportunity", max_length=20, blank=True)
    times = models.PositiveIntegerField()
    from_search = models.PositiveIntegerField()
    acted = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["day"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_search__lte=F("times"), acted__lte=F("from_search")), name="a_part_of_the_uses"
            )
        ]


class CountedOffer(models.Model):
    """What became of an opportunity on a day; one without anything has no row.

    Counted are the searches that began on it and showed it on their first page or led to it, its views, and the actions
    on it.
    """

    day = models.DateField()
    opportunity = _about(Opportunity)
    searches = models.PositiveIntegerField()
    views = models.PositiveIntegerField()
    actions = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "day"], name="counted_once_an_opportunity_and_day")
        ]


class CountedChoice(models.Model):
    """The searches of a day that found nothing at last and had chosen this skill or borough (a slug)."""

    day = models.DateField()
    surface = models.CharField(max_length=8, choices=[(each, each) for each in Surface])
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=60)
    searches = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["day"])]


class CountedTerms(models.Model):
    """What was searched for in a month by at least five searches, and how many of those found nothing at last."""

    month = models.DateField()
    terms = models.CharField(max_length=LONGEST_TERMS)
    searches = models.PositiveIntegerField()
    empty = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = "counted terms"
        constraints = [
            models.UniqueConstraint(fields=["month", "terms"], name="terms_once_a_month"),
            models.CheckConstraint(condition=Q(searches__gte=FEWEST_SEARCHES), name="terms_of_five_searches_or_more"),
        ]
