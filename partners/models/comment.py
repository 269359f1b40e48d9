"""What officers asked a partner to change, by aspect of what it sent."""

from django.conf import settings
from django.db import models
from wagtail.models import TaskState


class FieldComment(models.Model):
    """One request on one aspect of the revision that an officer returned.

    The decision (Wagtail's task state) knows the revision, the officer's word on the whole, and when. It is settled
    when a version that says something else there is sent, or when officers accept.
    """

    decision = models.ForeignKey(TaskState, on_delete=models.CASCADE, related_name="field_comments")
    field = models.CharField(max_length=40, help_text="The slug of an aspect, such as group.")
    comment = models.TextField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "field"], name="one_comment_a_field")]

    def __str__(self) -> str:
        return f"{self.field}, decision {self.decision_id}"
