"""Terms are retired, never deleted."""

from django.apps import apps
from django.db.models import ProtectedError
from django.db.models.signals import pre_delete

from .models import Term


def refuse_delete(sender: type[Term], instance: Term, **_: object) -> None:
    """Raises ProtectedError: what was tagged with a term stays true. Retire it by unticking `active`."""
    raise ProtectedError(f"“{instance.name}” cannot be deleted. Untick “active” to retire it.", {instance})


def connect() -> None:
    """Guards every vocabulary."""
    for model in apps.get_models():
        if issubclass(model, Term):
            pre_delete.connect(refuse_delete, sender=model, dispatch_uid=f"taxonomy.{model._meta.label_lower}")
