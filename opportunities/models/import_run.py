"""One file on its way in, through the CMS or from a partner."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from partners.models import Partner

KEPT = timedelta(days=30)


class ImportRun(models.Model):
    """A file that an officer sent, or a partner's own: read first, imported once its sender has seen what would happen.

    Retention: the file is deleted as soon as it is imported or thrown away, and after a day in any case;
    the report, which may quote what stood in the file, after thirty days.
    """

    class Table(models.TextChoices):
        PARTNERS = "partners", "Partners"
        OPPORTUNITIES = "opportunities", "Opportunities"
        SESSIONS = "sessions", "Sessions"
        SCHOOLS = "schools", "Schools (from the national register)"
        FAMILY = "family", "Family of Schools"
        GROUPS = "groups", "Classes of this academic year"

    class State(models.TextChoices):
        READING = "reading", "Being read"
        READ = "read", "Read, nothing imported yet"
        IMPORTING = "importing", "Being imported"
        DONE = "done", "Imported"
        DISCARDED = "discarded", "Thrown away"
        FAILED = "failed", "Stopped"

    partner = models.ForeignKey(
        Partner, null=True, blank=True, on_delete=models.CASCADE, related_name="+", help_text="Whose upload it is."
    )
    table = models.CharField(max_length=20, choices=Table)
    file_name = models.CharField(max_length=200)
    stored_as = models.CharField(
        max_length=60, blank=True, help_text="Its name in the private folder; empty once it is deleted."
    )
    publish = models.BooleanField(default=False)
    state = models.CharField(max_length=20, choices=State, default=State.READING)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    report = models.JSONField(null=True, blank=True)
    failure = models.CharField(max_length=250, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_at = models.DateTimeField(default=timezone.now)
    moved_at = models.DateTimeField(default=timezone.now, help_text="When it last made progress.")

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_moving(self) -> bool:
        """Whether something is being done with it now, or waits for the task worker."""
        return self.state in {self.State.READING, self.State.IMPORTING}
