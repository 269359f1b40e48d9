"""What a partner offers."""

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalManyToManyField

from accounts.models import AdviserTeam
from opportunities.aspects import OPPORTUNITY_ASPECTS
from opportunities.kinds import STRAND_OF, Kind, Strand
from partners.models import Partner, Publishable, Site
from taxonomy.models import YEAR_CHOICES, Borough, OutwardCode

from .campaign import Campaign

POSITIVE = [MinValueValidator(0)]


class Opportunity(Publishable):
    """An opportunity. Sessions and safeguarding decisions stand outside its revisions; every set belongs to them."""

    aspects = OPPORTUNITY_ASPECTS

    # Imported here so that `Opportunity.Place` is a type too, which a name set to a class is not.
    from .choices import (
        Availability,
        Cost,
        CostUnit,
        Employment,
        Format,
        Funded,
        Level,
        PayUnit,
        Place,
        PlacementType,
        Residence,
    )

    # What it is, and whose.
    title = models.CharField(max_length=120)
    reference = models.CharField(max_length=40, blank=True, help_text="Its number in the list it was imported from.")
    kind = models.CharField(max_length=20, choices=Kind)
    offered_by = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="offered")
    hosted_by = models.ForeignKey(
        Partner,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="hosted",
        help_text="Only if another partner hosts it. The host's documents count.",
    )
    summary = models.CharField(max_length=200, help_text="One sentence: what people will do.")
    description = models.TextField(help_text="What it is, in a few short paragraphs.")
    image = models.ForeignKey("wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    campaign = models.ForeignKey(
        Campaign, null=True, blank=True, on_delete=models.SET_NULL, related_name="opportunities"
    )
    sourcing_team = models.ForeignKey(
        AdviserTeam,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sourced",
        help_text="The adviser team that found it, if one did.",
    )

    # Where and when.
    format = models.CharField(max_length=20, choices=Format, default=Format.IN_PERSON)
    place = models.CharField(max_length=20, choices=Place, default=Place.PARTNER_SITE)
    site = models.ForeignKey(Site, null=True, blank=True, on_delete=models.SET_NULL, related_name="opportunities")
    outward_code = models.ForeignKey(
        OutwardCode,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="opportunities",
        help_text="Only where it happens away from any site, such as a park.",
    )
    availability = models.CharField(max_length=20, choices=Availability, default=Availability.DATED)
    in_daytime = models.BooleanField("in the daytime", default=True)
    in_evening = models.BooleanField("in the evening", default=False)
    at_weekend = models.BooleanField("at the weekend", default=False)
    hours_per_week = models.DecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True, validators=[*POSITIVE, MaxValueValidator(60)]
    )
    weeks = models.PositiveSmallIntegerField(null=True, blank=True, help_text="How many weeks it lasts.")
    deadline = models.DateField(null=True, blank=True, help_text="The last day to apply. It is hidden after it.")

    # For whom.
    year_from = models.SmallIntegerField("from year", null=True, blank=True, choices=YEAR_CHOICES)
    year_to = models.SmallIntegerField("to year", null=True, blank=True, choices=YEAR_CHOICES)
    age_from = models.PositiveSmallIntegerField("from age", null=True, blank=True)
    age_to = models.PositiveSmallIntegerField("to age", null=True, blank=True)
    group_min = models.PositiveSmallIntegerField("smallest group", null=True, blank=True)
    group_max = models.PositiveSmallIntegerField("largest group", null=True, blank=True)
    adult_ratio = models.PositiveSmallIntegerField(
        "pupils for each adult", null=True, blank=True, help_text="10 means one adult for every ten."
    )

    # Cost and access.
    cost = models.CharField(max_length=20, choices=Cost, default=Cost.FREE)
    cost_amount = models.DecimalField(
        "amount", max_digits=8, decimal_places=2, null=True, blank=True, validators=POSITIVE, help_text="Pounds."
    )
    cost_unit = models.CharField("for", max_length=10, choices=CostUnit, blank=True)
    family_price = models.DecimalField(
        "Family of Schools price",
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=POSITIVE,
        help_text="Pounds; 0 is free.",
    )
    cost_help = models.CharField("help with the cost", max_length=250, blank=True)
    access_route = models.TextField("how to take part", blank=True, help_text="Who asks whom, and what happens then.")
    personal_connection = models.BooleanField(
        "asks for a personal connection",
        default=False,
        help_text="Only people who know somebody there can take part.",
    )

    # Who is eligible (adults).
    eligible_age_from = models.PositiveSmallIntegerField("eligible from age", null=True, blank=True)
    eligible_age_to = models.PositiveSmallIntegerField("eligible to age", null=True, blank=True)
    eligible_employment = models.CharField("employment", max_length=30, choices=Employment, default=Employment.ANYONE)
    eligible_level = models.PositiveSmallIntegerField(
        "highest level already held",
        null=True,
        blank=True,
        validators=[MaxValueValidator(7)],
        help_text="Only people whose highest qualification is at this level or below; empty for any.",
    )
    eligible_income = models.PositiveIntegerField(
        "income up to", null=True, blank=True, help_text="Pounds a year; empty for any."
    )
    eligible_residence = models.CharField("residence", max_length=20, choices=Residence, default=Residence.ANYWHERE)
    eligible_boroughs = ParentalManyToManyField(Borough, blank=True, related_name="+")

    # What single kinds must say.
    placement_type = models.CharField(max_length=30, choices=PlacementType, blank=True)
    tasks = models.TextField(blank=True, help_text="What they will make or finish.")
    supervisor_role = models.CharField(
        max_length=100, blank=True, help_text="A role, such as senior printer, never a name."
    )
    days_and_hours = models.CharField(max_length=150, blank=True)
    expenses = models.CharField(
        max_length=150, blank=True, help_text="What is paid for: travel, lunch, work clothes, or nothing."
    )
    level = models.CharField(max_length=10, choices=Level, blank=True)
    funded = models.CharField(max_length=10, choices=Funded, blank=True)
    pay_amount = models.DecimalField(
        "pay", max_digits=9, decimal_places=2, null=True, blank=True, validators=POSITIVE, help_text="Pounds."
    )
    pay_unit = models.CharField("pay for", max_length=10, choices=PayUnit, blank=True)

    # The three safeguarding questions: empty is not answered.
    in_private_home = models.BooleanField("Does any part take place in a private home?", null=True, blank=True)
    alone_with_one_adult = models.BooleanField("Will a young person be alone with one adult?", null=True, blank=True)
    under_16 = models.BooleanField("May somebody under 16 take part?", null=True, blank=True)

    skills = ClusterTaggableManager(
        through="opportunities.OpportunitySkill",
        blank=True,
        related_name="opportunities_by_skill",
        verbose_name="fusion skills",
    )
    audiences = ClusterTaggableManager(
        through="opportunities.OpportunityAudience", blank=True, related_name="opportunities_by_audience"
    )
    sectors = ClusterTaggableManager(
        through="opportunities.OpportunitySector", blank=True, related_name="opportunities_by_sector"
    )
    themes = ClusterTaggableManager(
        through="opportunities.OpportunityTheme", blank=True, related_name="opportunities_by_theme"
    )
    subjects = ClusterTaggableManager(
        through="opportunities.OpportunitySubject", blank=True, related_name="opportunities_by_subject"
    )

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="opportunity",
        for_concrete_model=False,
    )
    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="opportunity",
        for_concrete_model=False,
    )

    class Meta:
        ordering = ["title"]
        verbose_name_plural = "opportunities"
        indexes = [models.Index(fields=["live", "kind"])]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["reference"], condition=~Q(reference=""), name="one_opportunity_a_reference"
            ),
            models.CheckConstraint(
                condition=Q(year_from=None) | Q(year_to=None) | Q(year_to__gte=F("year_from")),
                name="opportunity_years_in_order",
            ),
            models.CheckConstraint(
                condition=Q(group_min=None) | Q(group_max=None) | Q(group_max__gte=F("group_min")),
                name="opportunity_group_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def revisions(self) -> GenericRelation:
        """All its revisions."""
        return self._revisions

    @property
    def strand(self) -> Strand:
        """The strand of its kind."""
        return STRAND_OF[self.kind]

    @property
    def host(self) -> Partner:
        """Who hosts it: the partner whose documents count."""
        return self.hosted_by or self.offered_by

    @property
    def concerns(self) -> frozenset[int]:
        """Who offers it and who hosts it."""
        return frozenset(key for key in (self.offered_by_id, self.hosted_by_id) if key)

    @property
    def is_hidden(self) -> bool:
        """Whether the public does not see it, though it is published, since a partner of it has not confirmed."""
        return self.offered_by.is_hidden or self.host.is_hidden

    @property
    def is_over(self) -> bool:
        """Whether its deadline is past, or it is dated and its last session is over or cancelled."""
        from opportunities.visibility import is_over

        sessions = list(self.sessions.all())
        last = max((each.ends for each in sessions if not each.is_cancelled), default=None)
        return is_over(self, last, timezone.now(), called_off=bool(sessions) and last is None)

    @property
    def slug(self) -> str:
        """The readable part of its address; the number alone finds it."""
        return slugify(self.title) or "opportunity"

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("opportunity", args=[self.pk, self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Saves it with its sets, all or nothing."""
        from opportunities.models.parts import free_changed_rows

        with transaction.atomic():
            if self.pk is not None and kwargs.get("update_fields") is None:
                free_changed_rows(self)
            super().save(*args, **kwargs)

    def clean(self) -> None:
        """Raises ValidationError for what contradicts itself; what is missing is asked for before publication."""
        from opportunities.requirements import contradictions

        super().clean()
        if self.reference and Opportunity.objects.filter(reference=self.reference).exclude(pk=self.pk).exists():
            raise ValidationError({"reference": "Another opportunity has this reference. Give each its own, or none."})
        contradictions(self)
