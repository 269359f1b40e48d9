"""Which assurances an opportunity of a kind needs: data, so that officers can change it."""

from django.db import models

from changes.tracked import Tracked
from opportunities.kinds import Kind
from partners.models import AssuranceKind


class AssuranceRequirement(Tracked, models.Model):
    """Hosts of this kind of opportunity need this kind of assurance."""

    opportunity_kind = models.CharField(max_length=20, choices=Kind)
    assurance_kind = models.CharField(max_length=30, choices=AssuranceKind)

    class Meta:
        ordering = ["opportunity_kind", "assurance_kind"]
        constraints = [
            models.UniqueConstraint(fields=["opportunity_kind", "assurance_kind"], name="one_requirement_a_pair"),
        ]

    def __str__(self) -> str:
        return f"{self.get_opportunity_kind_display()} needs {self.get_assurance_kind_display().lower()}"
