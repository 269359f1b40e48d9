"""Controlled vocabularies and places.

Terms are chosen, never typed freely; they are retired, never deleted, because what was tagged
with them stays true.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.text import slugify
from taggit.models import TagBase

from changes.tracked import Tracked

YEAR_NAMES = {-1: "Nursery", 0: "Reception", **{year: f"Year {year}" for year in range(1, 14)}}
YEAR_CHOICES = list(YEAR_NAMES.items())


class Term(Tracked, TagBase):
    """One entry of a controlled vocabulary. Its slug stays when it is renamed: addresses hold it."""

    free_tagging = False

    definition = models.TextField(blank=True, help_text="One or two sentences in plain English.")
    order = models.PositiveSmallIntegerField(default=0, help_text="Lower numbers come first.")
    active = models.BooleanField(
        default=True, help_text="Untick to retire it: it stays where it is used, and cannot be chosen anew."
    )

    class Meta:
        abstract = True
        ordering = ["order", "name"]


class SkillFamily(Tracked, models.Model):
    """A family of fusion skills; it sets the colour of their marks."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "name"]
        verbose_name_plural = "skill families"

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Makes the slug from the first name; it then stays, since style sheets and files hold it."""
        self.slug = self.slug or slugify(self.name)
        super().save(*args, **kwargs)


class FusionSkill(Term):
    """One of the twelve fusion skills."""

    family = models.ForeignKey(SkillFamily, on_delete=models.PROTECT, related_name="skills")

    class Meta(Term.Meta):
        verbose_name = "fusion skill"


class Audience(Term):
    """Whom an opportunity is for, with the ages and school years this means."""

    age_from = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Years; empty for any age.")
    age_to = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Years; empty for no upper age.")
    year_from = models.SmallIntegerField(null=True, blank=True, choices=YEAR_CHOICES)
    year_to = models.SmallIntegerField(null=True, blank=True, choices=YEAR_CHOICES)
    under_18 = models.BooleanField(
        default=True, help_text="Whether it includes people under 18; personal contacts are then not shown."
    )

    class Meta(Term.Meta):
        pass

    def clean(self) -> None:
        """Raises ValidationError if an upper bound lies below its lower bound."""
        super().clean()
        for low, high, what in ((self.age_from, self.age_to, "age"), (self.year_from, self.year_to, "year")):
            if low is not None and high is not None and high < low:
                raise ValidationError({f"{what}_to": f"The highest {what} is below the lowest. Swap them."})


class Sector(Term):
    """A field of work."""


class Theme(Term):
    """A thread that runs across subjects and kinds."""


class Subject(Term):
    """A school subject or area of adult learning."""


class Recognition(Term):
    """An award or mark that others give, held until a date."""


class AccessFeature(Term):
    """Something that makes a place or session usable for more people."""

    absent = models.CharField(max_length=120, help_text="How to say that it is missing, for example “No hearing loop”.")

    class Meta(Term.Meta):
        verbose_name = "access feature"


class Borough(models.Model):
    """One of London's 33 local authorities."""

    name = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    code = models.CharField(
        max_length=9, unique=True, help_text="The authority's national code, for example E09000001."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class OutwardCode(models.Model):
    """The first half of a postcode, with its middle. Places are known no closer than this."""

    code = models.CharField(max_length=4, primary_key=True)
    latitude = models.FloatField(
        validators=[MinValueValidator(49.0), MaxValueValidator(61.0)], help_text="Degrees north."
    )
    longitude = models.FloatField(
        validators=[MinValueValidator(-9.0), MaxValueValidator(3.0)], help_text="Degrees east."
    )
    postcodes = models.PositiveIntegerField(help_text="How many postcodes it has.")
    borough = models.ForeignKey(Borough, null=True, blank=True, on_delete=models.PROTECT, related_name="outward_codes")
    local_authority = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} ({self.borough})" if self.borough_id else self.code


class Place(Tracked, models.Model):
    """A neighbourhood that people name, and the outward code that stands for it (an approximation)."""

    name = models.CharField(max_length=80, unique=True)
    outward_code = models.ForeignKey(OutwardCode, on_delete=models.PROTECT, related_name="places")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} ({self.outward_code_id})"
