"""An organisation or sole trader that offers something."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase

from changes.tracked import Tracked
from partners.aspects import PARTNER_ASPECTS
from partners.freshness import Freshness
from taxonomy.models import Recognition, Sector

from .publishable import Publishable


class PartnerSector(ItemBase):
    """A partner works in a sector."""

    tag = models.ForeignKey(Sector, on_delete=models.CASCADE, related_name="partner_items")
    content_object = ParentalKey("partners.Partner", on_delete=models.CASCADE, related_name="sector_items")


class Partner(Publishable):
    """A partner. Sites, contacts, assurances and memberships stand outside its revisions."""

    aspects = PARTNER_ASPECTS

    class Kind(models.TextChoices):
        CULTURAL = "cultural", "Cultural organisation"
        LIVERY = "livery", "Livery company"
        BUSINESS = "business", "Business"
        SELF_EMPLOYED = "self_employed", "Self-employed professional"
        CHARITY = "charity", "Charity or community group"
        COLLEGE = "college", "College or university"
        DEPARTMENT = "department", "City department"
        PUBLIC_BODY = "public_body", "Public body"

    name = models.CharField(max_length=120)
    reference = models.CharField(
        max_length=40, blank=True, help_text="The number of this partner in the list it was imported from."
    )
    kind = models.CharField(max_length=20, choices=Kind)
    summary = models.CharField(max_length=200, help_text="One sentence: what they are or do.")
    description = models.TextField(blank=True, help_text="What they do, in a few short paragraphs.")
    website = models.URLField(blank=True)
    email = models.EmailField("public e-mail address", blank=True, help_text="Of the organisation, never of a person.")
    telephone = models.CharField("public telephone", max_length=30, blank=True)
    sectors = ClusterTaggableManager(
        through=PartnerSector, blank=True, verbose_name="sectors", help_text="Choose from the list."
    )
    image = models.ForeignKey("wagtailimages.Image", null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    has_employees = models.BooleanField(
        "employs people",
        default=True,
        help_text="Sole traders without employees need no employers' liability insurance.",
    )
    confirmed_on = models.DateField(
        "last confirmed", null=True, blank=True, help_text="When the partner last said that all is still right."
    )
    suspended_at = models.DateTimeField(null=True, blank=True, editable=False)
    warned_on = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text="When it was told that it leaves the public pages unless it confirms.",
    )
    hidden_on = models.DateField(
        null=True, blank=True, editable=False, help_text="When it left the public pages, since nobody had confirmed it."
    )

    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="partner",
        for_concrete_model=False,
    )
    _revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="partner",
        for_concrete_model=False,
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["reference"], condition=~Q(reference=""), name="one_partner_a_reference"),
        ]
        indexes = [models.Index(fields=["live", "name"])]
        permissions: ClassVar = [("suspend_partner", "Can suspend a partner")]

    def __str__(self) -> str:
        return self.name

    @property
    def revisions(self) -> GenericRelation:
        """All its revisions."""
        return self._revisions

    @property
    def slug(self) -> str:
        """The readable part of its address; the number alone finds it."""
        return slugify(self.name) or "partner"

    @property
    def concerns(self) -> frozenset[int]:
        """Itself, once it has a number."""
        return frozenset({self.pk} if self.pk else ())

    @property
    def is_suspended(self) -> bool:
        """Whether officers have hidden it, and all that it offers, at once."""
        return self.suspended_at is not None

    @property
    def is_hidden(self) -> bool:
        """Whether the public does not see it, though it is published, since nobody has confirmed it."""
        return self.hidden_on is not None

    @property
    def is_public(self) -> bool:
        """Whether the public sees it now: the same as `selectors.public`, of one partner."""
        return self.is_unexpired and self.suspended_at is None and self.hidden_on is None

    @staticmethod
    def shown(prefix: str = "") -> Q:
        """The public sees it now, or, with a prefix, the partner that a key leads to."""
        return Publishable.unexpired(prefix) & Q(
            **{f"{prefix}suspended_at__isnull": True, f"{prefix}hidden_on__isnull": True}
        )

    @property
    def freshness(self) -> Freshness:
        """What is known of its confirmations."""
        since = self.first_published_at
        return Freshness(
            self.confirmed_on, timezone.localdate(since) if since else None, self.warned_on, self.hidden_on
        )

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("partner", args=[self.pk, self.slug])

    def with_content_json(self, content: dict[str, Any]) -> "Partner":
        """A revision as an object. Suspension and confirmation are of the partner, not of a draft of its text.

        Otherwise publishing a draft from before a suspension would lift it, and one from before a
        confirmation would forget that. An officer who publishes a later confirmation ends what silence led to.
        """
        revised: Partner = super().with_content_json(content)
        revised.suspended_at = self.suspended_at
        days = [day for day in (self.confirmed_on, revised.confirmed_on) if day]
        revised.confirmed_on = max(days, default=None)
        for field in ("warned_on", "hidden_on"):
            day = getattr(self, field)
            over = day and revised.confirmed_on and revised.confirmed_on >= day
            setattr(revised, field, None if over else day)
        return revised

    def clean(self) -> None:
        """Raises ValidationError for what cannot be true at once."""
        super().clean()
        if self.confirmed_on and self.confirmed_on > timezone.localdate():
            raise ValidationError({"confirmed_on": "This day is still to come. Type the day on which they confirmed."})
        if self.reference and Partner.objects.filter(reference=self.reference).exclude(pk=self.pk).exists():
            raise ValidationError({"reference": "Another partner has this reference. Give each its own, or none."})
        if not self.has_employees and self.kind not in {self.Kind.SELF_EMPLOYED, self.Kind.CHARITY}:
            raise ValidationError(
                {"has_employees": "Only self-employed professionals and volunteer groups have no employees. Tick this."}
            )


class PartnerRecognition(Tracked, models.Model):
    """An award that a partner holds until a date."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="recognitions")
    recognition = models.ForeignKey(Recognition, on_delete=models.PROTECT, related_name="held_by")
    expires = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )

    class Meta:
        ordering = ["recognition__order"]
        constraints = [models.UniqueConstraint(fields=["partner", "recognition"], name="one_recognition_a_partner")]

    def __str__(self) -> str:
        return f"{self.recognition} of {self.partner}"
