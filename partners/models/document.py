"""Files that partners send to show that an assurance holds. Officers look at each; nobody else sees them."""

from __future__ import annotations

import secrets
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from figures.retention import Retention
from partners.documents.storage import private_storage

from .assurance import Assurance, AssuranceKind
from .partner import Partner

# After it was returned, replaced or taken back; after its last day.
KEPT_DAYS_AFTER_DECISION, KEPT_DAYS_AFTER_LAST_DAY = 30, 90
ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg"}


def random_name(document: AssuranceDocument, _: str) -> str:
    """Where a document lies: nothing of what it was called, of whom it is, or of what it holds."""
    name = secrets.token_hex(20)
    return f"documents/{name[:2]}/{name}.{ENDINGS[document.media_type]}"


class AssuranceDocument(models.Model):
    """One file of a partner for one kind of assurance, from when it is sent until it is no longer needed."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for an officer"
        ACCEPTED = "accepted", "Accepted"
        RETURNED = "returned", "Returned"
        REFUSED = "refused", "Refused as a DBS certificate, and deleted"
        REPLACED = "replaced", "Replaced by a newer one"
        TAKEN_BACK = "taken_back", "Taken back"

    class MediaType(models.TextChoices):
        PDF = "application/pdf", "PDF"
        JPEG = "image/jpeg", "Photograph"

    # What stands in addresses: knowing one document tells nothing of the others.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=30, choices=AssuranceKind)
    is_letter = models.BooleanField(
        default=False,
        help_text="The insurer's letter that covers pupils on work experience, in place of the certificate.",
    )
    file = models.FileField(storage=private_storage, upload_to=random_name, max_length=100, blank=True)
    media_type = models.CharField(max_length=20, choices=MediaType)
    size = models.PositiveIntegerField(help_text="In bytes, as it is kept.")
    expires = models.DateField(null=True, blank=True, help_text="The last day on which it holds, as the partner says.")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(blank=True, help_text="Why it was returned: the partner reads it.")
    assurance = models.OneToOneField(
        Assurance, null=True, blank=True, on_delete=models.SET_NULL, related_name="shown_by", editable=False
    )
    done_at = models.DateTimeField(null=True, blank=True, help_text="Since when it is no longer needed.")

    retention: ClassVar = (
        Retention("done_at", KEPT_DAYS_AFTER_DECISION),
        Retention("expires", KEPT_DAYS_AFTER_LAST_DAY),
    )

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "kind"], condition=Q(state="waiting"), name="one_document_of_a_kind_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} of {self.partner}"

    @property
    def what(self) -> str:
        """What it is, in words."""
        return "Insurer’s letter for work experience" if self.is_letter else str(self.get_kind_display())

    @property
    def is_picture(self) -> bool:
        """Whether a browser may show it in a page."""
        return self.media_type == self.MediaType.JPEG
