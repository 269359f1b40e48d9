"""What partners and opportunities share: drafts, moderation, and publishing that is all or nothing."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.module_loading import import_string
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    Revision,
    RevisionMixin,
    TaskState,
    WorkflowMixin,
)

from changes.tracked import Tracked
from partners.aspects import Aspect


class Publishable(
    Tracked, WorkflowMixin, DraftStateMixin, LockableMixin, RevisionMixin, PreviewableMixin, ClusterableModel
):
    """A snippet with drafts, moderation, scheduled publishing, locking, preview and history."""

    # What it says, in the order in which officers read it.
    aspects: ClassVar[tuple[Aspect, ...]] = ()

    class Meta:
        abstract = True

    def save_revision(self, *args: Any, overwrite_revision: Revision | None = None, **kwargs: Any) -> Revision:
        """Keeps a draft. The CMS writes over its last draft as one types, but never over one that others go by."""
        if overwrite_revision is not None and (
            overwrite_revision.pk == self.live_revision_id
            or TaskState.objects.filter(revision=overwrite_revision).exists()
        ):
            overwrite_revision = None
        revision: Revision = super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)
        return revision

    def publish(self, revision: Revision, user: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Publishes a revision in one transaction, so that a failure leaves neither half of it.

        What is not of the revision, such as a suspension a moment ago, is read anew under a row lock. Raises
        ValidationError if it is the user's own matter, so that another has to do it (`partners.four_eyes`).
        """
        from partners.four_eyes import check_publishes

        with transaction.atomic():
            held = type(self)._default_manager.select_for_update().get(pk=self.pk)
            if user is not None:
                check_publishes(user, held, revision)
            revision.content_object = held
            return super().publish(revision, user, *args, **kwargs)

    def unpublish(self, *args: Any, **kwargs: Any) -> Any:
        """Takes it off the public pages in one transaction."""
        with transaction.atomic():
            return super().unpublish(*args, **kwargs)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """Draws the draft exactly as its public page, by the view that the settings name."""
        draw = import_string(settings.FINDFUSION_PREVIEWS[self._meta.label_lower])
        response: HttpResponse = draw(request, self)
        return response

    @property
    def concerns(self) -> frozenset[int]:
        """The numbers of the partners whose own matter it is."""
        raise NotImplementedError

    @property
    def is_suspended(self) -> bool:
        """Whether officers have hidden it at once."""
        return False

    @property
    def is_hidden(self) -> bool:
        """Whether the public does not see it, though it is published, since a partner has not confirmed it."""
        return False

    @property
    def is_over(self) -> bool:
        """Whether its last day is behind us, apart from the day on which it expires."""
        return False

    @property
    def is_unexpired(self) -> bool:
        """Whether it is live now: the same as `unexpired`, of one object."""
        return self.live and (self.expire_at is None or self.expire_at > timezone.now())

    @staticmethod
    def unexpired(prefix: str = "") -> Q:
        """Live now: expiry is a job that runs now and then, so the clock is asked too."""
        now = timezone.now()
        return Q(**{f"{prefix}live": True}) & (
            Q(**{f"{prefix}expire_at__isnull": True}) | Q(**{f"{prefix}expire_at__gt": now})
        )
