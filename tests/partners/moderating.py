"""Officers who accept or return what is before them."""

from django.db import models
from wagtail.models import TaskState

from partners.models import Publishable
from tests.factories import OfficerFactory


def again[T: models.Model](thing: T) -> T:
    """The thing as the database holds it."""
    return type(thing)._default_manager.get(pk=thing.pk)


def answer(thing: Publishable, action: str, comment: str = "") -> None:
    """An officer's answer ("approve", "reject") to what was sent."""
    state = again(thing).current_workflow_task_state
    assert state is not None
    task_state = TaskState.objects.get(pk=state.pk)
    task_state.task.specific.on_action(task_state, OfficerFactory.create(), action, comment=comment)
