"""Where a partner is, and whom to ask."""

from typing import Any

from django.db import models

from changes.tracked import Tracked
from taxonomy.models import AccessFeature, OutwardCode
from taxonomy.selectors import find_outward_code
from taxonomy.validators import validate_full_postcode

from .partner import Partner


class Site(Tracked, models.Model):
    """A place that a partner runs. Public pages show its outward code and borough, and the address where there is one."""

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=200, blank=True, help_text="Street and number, if visitors come here.")
    postcode = models.CharField(max_length=8, validators=[validate_full_postcode])
    outward_code = models.ForeignKey(OutwardCode, on_delete=models.PROTECT, editable=False, related_name="sites")
    access_features = models.ManyToManyField(AccessFeature, blank=True, related_name="sites")
    order = models.PositiveSmallIntegerField(default=0, help_text="The lowest number is the main site.")

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["partner", "name"], name="one_site_a_name")]

    def __str__(self) -> str:
        return f"{self.name}, {self.outward_code_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Places the site by the outward code of its postcode. Raises ValidationError if there is none."""
        self.outward_code = find_outward_code(self.postcode)
        super().save(*args, **kwargs)


class Contact(models.Model):
    """A person at a partner. Never public unless marked so, and never on pages for people under 18.

    Retention: deleted with the partner, or by an officer when the person leaves.
    """

    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=100)
    role = models.CharField(max_length=100, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    telephone = models.CharField(max_length=30, blank=True)
    is_public = models.BooleanField("may be shown", default=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.partner}"
