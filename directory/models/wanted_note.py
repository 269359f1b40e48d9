"""What somebody looked for and did not find, in their own words."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from figures.retention import Retention
from taxonomy.models import Audience

EMAIL_DAYS = 365
NOTE_DAYS = 3 * 365


class WantedNote(models.Model):
    """A note of what is missing, for officers. The e-mail address is optional, and goes once it is answered."""

    retention: ClassVar[tuple[Retention, ...]] = (
        Retention("answered_at", 0, clears=("email",)),
        Retention("made_at", EMAIL_DAYS, clears=("email",)),
        Retention("made_at", NOTE_DAYS),
    )

    what = models.CharField("what is missing", max_length=500)
    audience = models.ForeignKey(
        Audience, verbose_name="who it is for", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    when = models.CharField("when", max_length=100, blank=True)
    email = models.EmailField("e-mail address", blank=True)
    made_at = models.DateTimeField("left")
    answered_at = models.DateTimeField("answered", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answer = models.CharField("what came of it", max_length=500, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        # Nothing of what was written: the history keeps this name for longer than the note.
        return f"Wanted note {self.pk}"

    @property
    def in_brief(self) -> str:
        """The beginning of what was written, for a list."""
        return self.what[:60]
