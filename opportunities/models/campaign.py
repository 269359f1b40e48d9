"""A season of opportunities under one name, such as the careers festival."""

from django.core.exceptions import ValidationError
from django.db import models

from changes.tracked import Tracked


class Campaign(Tracked, models.Model):
    """A campaign with its first and last day. Its public page is a page of the CMS."""

    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["-starts_on"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ValidationError if it ends before it starts."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "The last day is before the first. Swap them."})
