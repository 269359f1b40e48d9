"""What belongs to an opportunity's revision: its terms, timetable, co-offers, access and pathways."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase
from wagtail.models import Orderable

from partners.models import Partner
from taxonomy.models import AccessFeature, Audience, FusionSkill, Sector, Subject, Theme

from .opportunity import Opportunity


class OpportunitySkill(ItemBase):
    """A fusion skill that an opportunity practises, and how."""

    tag = models.ForeignKey(FusionSkill, on_delete=models.CASCADE, related_name="opportunity_items")
    content_object = ParentalKey(Opportunity, on_delete=models.CASCADE, related_name="skill_items")
    practice = models.CharField(max_length=200, blank=True, help_text="One sentence: how people practise it here.")

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["content_object", "tag"], name="one_skill_line_a_skill")]


class OpportunityAudience(ItemBase):
    """An opportunity is for an audience."""

    tag = models.ForeignKey(Audience, on_delete=models.CASCADE, related_name="opportunity_items")
    content_object = ParentalKey(Opportunity, on_delete=models.CASCADE, related_name="audience_items")


class OpportunitySector(ItemBase):
    """An opportunity belongs to a sector of work."""

    tag = models.ForeignKey(Sector, on_delete=models.CASCADE, related_name="opportunity_items")
    content_object = ParentalKey(Opportunity, on_delete=models.CASCADE, related_name="sector_items")


class OpportunityTheme(ItemBase):
    """An opportunity follows a theme."""

    tag = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="opportunity_items")
    content_object = ParentalKey(Opportunity, on_delete=models.CASCADE, related_name="theme_items")


class OpportunitySubject(ItemBase):
    """An opportunity serves a subject."""

    tag = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="opportunity_items")
    content_object = ParentalKey(Opportunity, on_delete=models.CASCADE, related_name="subject_items")


class TimetableItem(Orderable):
    """One line of what happens when."""

    opportunity = ParentalKey(Opportunity, on_delete=models.CASCADE, related_name="timetable")
    when = models.CharField(max_length=20, help_text="A time like 10.30, or Day 1, or Week 2.")
    title = models.CharField(max_length=100)
    text = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.when} {self.title}"


class CoOffer(Orderable):
    """Another partner that offers the opportunity together with the first."""

    opportunity = ParentalKey(Opportunity, on_delete=models.CASCADE, related_name="co_offers")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="co_offered")

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["opportunity", "partner"], name="one_co_offer_a_partner")]


class OpportunityAccess(Orderable):
    """An access feature that is there, or is known to be missing."""

    opportunity = ParentalKey(Opportunity, on_delete=models.CASCADE, related_name="access")
    feature = models.ForeignKey(AccessFeature, on_delete=models.PROTECT, related_name="opportunity_items")
    present = models.BooleanField("it is there", default=True)
    note = models.CharField(max_length=150, blank=True, help_text="Where, when, or why not.")

    class Meta(Orderable.Meta):
        constraints = [models.UniqueConstraint(fields=["opportunity", "feature"], name="one_access_line_a_feature")]


class Pathway(Orderable):
    """What an opportunity leads to."""

    opportunity = ParentalKey(Opportunity, on_delete=models.CASCADE, related_name="leads_to")
    target = models.ForeignKey(Opportunity, on_delete=models.CASCADE, related_name="builds_on")

    class Meta(Orderable.Meta):
        constraints = [
            models.UniqueConstraint(fields=["opportunity", "target"], name="one_pathway_a_pair"),
            models.CheckConstraint(condition=~models.Q(opportunity=models.F("target")), name="pathway_leads_elsewhere"),
        ]

    def clean(self) -> None:
        """Raises ValidationError if it leads to itself."""
        super().clean()
        if self.target_id is not None and self.target_id == self.opportunity_id:
            raise ValidationError({"target": "An opportunity cannot lead to itself. Choose another."})


# What may stand only once in each of these sets.
ONLY_ONCE = {"skill_items": "tag_id", "co_offers": "partner_id", "access": "feature_id", "leads_to": "target_id"}


def free_changed_rows(opportunity: Opportunity) -> None:
    """Deletes rows that are about to hold something else, so that two may swap what each may hold only once.

    They are written again, with the same keys, when the opportunity is saved. Call it in that transaction.
    """
    pending: dict[str, list[models.Model]] = getattr(opportunity, "_cluster_related_objects", None) or {}
    for relation, key in ONLY_ONCE.items():
        rows = {row.pk: getattr(row, key) for row in pending.get(relation, ()) if row.pk}
        if not rows:
            continue
        manager = type(pending[relation][0])._base_manager
        kept = manager.filter(pk__in=rows).values_list("pk", key)
        manager.filter(pk__in=[pk for pk, held in kept if rows[pk] != held]).delete()
