"""Who acts for a partner."""

from django.conf import settings
from django.db import models

from .partner import Partner


class PartnerMembership(models.Model):
    """Somebody who publishes and answers for a partner; owners manage the others."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        MEMBER = "member", "Member"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="partner_memberships")
    partner = models.ForeignKey(Partner, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "partner"], name="one_membership_a_partner")]

    def __str__(self) -> str:
        return f"{self.user} at {self.partner}"
