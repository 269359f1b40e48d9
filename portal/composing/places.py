"""Where in the steps of an opportunity something is said."""

from django.urls import reverse

from opportunities.models import Opportunity
from opportunities.requirements import QUESTIONS
from opportunities.steps import HELD_BY, SETS, SEVERAL, step_of

from .forms import PICTURE, RADIOS

BOROUGHS = "eligible_boroughs"


def place_of(draft: Opportunity, name: str) -> str:
    """The address of the field or set that says it, as the model or the form names it; empty if no step of its kind does."""
    name = HELD_BY.get(name, name)
    step = step_of(draft.kind, name)
    if step is None:
        return ""
    page = reverse("portal-opportunity-step", args=[draft.offered_by_id, draft.pk, step.slug])
    return f"{page}#{_anchor(name)}"


def _anchor(name: str) -> str:
    """The id of its first control, so that the keyboard is there too."""
    if name in SETS:
        return f"{name}-0-{SETS[name][0]}"
    if name in (*RADIOS, *QUESTIONS, *SEVERAL, BOROUGHS):
        return f"{name}_0"
    return "picture" if name == PICTURE else name
