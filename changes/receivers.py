"""Deletes: they reach `post_delete` only, since bulk deletion bypasses `Model.delete()`."""

from django.apps import apps
from django.db import models
from django.db.models.signals import post_delete

from .services import record
from .tracked import Tracked


def record_delete(sender: type[models.Model], instance: models.Model, **_: object) -> None:
    """Appends the deleted object to the outbox."""
    record(sender, [instance.pk])


def connect() -> None:
    """Listens to every tracked model of the project."""
    for model in apps.get_models():
        if issubclass(model, Tracked):
            post_delete.connect(record_delete, sender=model, dispatch_uid=f"changes.{model._meta.label_lower}")
