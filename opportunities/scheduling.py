"""Publishing and expiry by the clock: each by itself, so that one that may not go public keeps no other waiting."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision

from partners.models import Partner

from .models import Opportunity
from .moderation import check_reviewed

logger = logging.getLogger(__name__)

# The job runs every minute; what is still due after this long was refused, or the job does not run.
PATIENCE = timedelta(minutes=5)
FAULT = (
    "It has not been published, because of a fault: the job that does so every minute fails, or does not run. "
    "Tell whoever runs this site, whose log says why."
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A revision that is still not public although its time has come, and why."""

    revision: Revision
    reason: str


def due(at_least: timedelta = timedelta(0)) -> QuerySet[Revision]:
    """Revisions of pages, partners and opportunities whose time to go public came that long ago, the longest first."""
    before = timezone.now() - at_least
    return Revision.objects.filter(approved_go_live_at__lt=before).order_by("approved_go_live_at", "pk")


def publish_due() -> None:
    """Publishes what is due. What may not be published stays due: it is logged, and tried again by the next run."""
    for key in list(due().values_list("pk", flat=True)):
        try:
            _publish(key)
        except ValidationError as error:
            logger.warning("Revision %s is due and may not be published: %s", key, " ".join(error.messages))
        except Exception:
            logger.exception("Revision %s is due and could not be published", key)


def _publish(key: int) -> None:
    with transaction.atomic():
        # Somebody may have taken it back, or another run may have been quicker.
        revision = due().select_for_update().filter(pk=key).first()
        if revision is not None:
            check_reviewed(revision)
            revision.publish(log_action="wagtail.publish.scheduled")


def unpublish_expired() -> None:
    """Takes down what has expired. What cannot be taken down is logged, and tried again by the next run."""
    for model in (Page, *_drafted()):
        for key in list(_expired(model).values_list("pk", flat=True)):
            try:
                with transaction.atomic():
                    thing = _expired(model).filter(pk=key).first()
                    if thing is not None:
                        thing.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
            except Exception:
                logger.exception("%s %s has expired and could not be unpublished", model._meta.label, key)


def _drafted() -> Iterator[Any]:
    """Every model with drafts besides pages."""
    return (model for model in apps.get_models() if issubclass(model, DraftStateMixin) and not issubclass(model, Page))


def _expired(model: Any) -> Any:
    return model._default_manager.filter(live=True, expire_at__lt=timezone.now()).order_by("expire_at")


def overdue() -> QuerySet[Revision]:
    """Revisions of partners and opportunities that should be public by now, the longest first."""
    kinds = ContentType.objects.get_for_models(Partner, Opportunity).values()
    return due(PATIENCE).filter(content_type__in=kinds).prefetch_related("content_object")


def refusal(revision: Revision) -> Refusal:
    """Why a revision that is due is not public."""
    try:
        check_reviewed(revision)
    except ValidationError as error:
        return Refusal(revision, " ".join(error.messages))
    except Exception:
        logger.exception("Revision %s cannot be read", revision.pk)
    return Refusal(revision, FAULT)
