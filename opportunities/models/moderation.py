"""The moderation step of partners and opportunities."""

from typing import Any

from django.db import models
from wagtail.models import AbstractGroupApprovalTask, TaskState, WorkflowState

from partners.four_eyes import tie_to_sent
from partners.models import Publishable

from .opportunity import Opportunity


class OfficerApproval(AbstractGroupApprovalTask):
    """Officers accept or return.

    Accepting is offered neither while a safeguarding decision is missing, nor to whoever sent it or acts for the partner.
    """

    class Meta:
        verbose_name = "officer approval"

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Puts the latest draft before the officers: the object at hand may have been read before it was saved."""
        workflow_state.content_object.refresh_from_db(fields=["latest_revision"])
        state: TaskState = super().start(workflow_state, user=user)
        return state

    def get_actions(self, obj: models.Model, user: Any) -> list[tuple[str, Any, bool]]:
        """What the officer can do now, as Wagtail's tasks answer it."""
        from opportunities.services import is_publishable

        actions: list[tuple[str, Any, bool]] = super().get_actions(obj, user)
        held = isinstance(obj, Opportunity) and not is_publishable(self._under_review(obj))
        if held or (isinstance(obj, Publishable) and self._is_own(obj, user)):
            return [action for action in actions if action[0] != "approve"]
        return actions

    @staticmethod
    def _is_own(thing: Publishable, user: Any) -> bool:
        """Whether somebody else has to accept it."""
        state = thing.current_workflow_task_state
        return state is not None and state.revision is not None and tie_to_sent(user, thing, state) is not None

    @staticmethod
    def _under_review(opportunity: Opportunity) -> Opportunity:
        state = opportunity.current_workflow_task_state
        if state is None or state.revision is None:
            return opportunity
        reviewed: Opportunity = state.revision.as_object()
        return reviewed

    @classmethod
    def get_description(cls) -> str:
        """What Wagtail says of it where tasks are made."""
        return (
            "Officers of the groups chosen accept or return; what waits for a safeguarding decision cannot be accepted."
        )
