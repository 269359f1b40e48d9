"""Where in the steps of an opportunity something is said."""

from django.urls import reverse

from opportunities.models import Opportunity
from opportunities.requirements import QUESTIONS
from opportunities.steps import SEVERAL, step_of

from .forms import PICTURE, RADIOS

NAMED: dict[str, str] = {relation: name for name, relation in SEVERAL.items()}


def place_of(draft: Opportunity, name: str) -> str:
    """The address of the field or set that says it, as the model or the form names it; empty if no step of its kind does."""
    name = NAMED.get(name, name)
    step = step_of(draft.kind, name)
    if step is None:
        return ""
    anchor = f"{name}_0" if name in (*RADIOS, *QUESTIONS) else "picture" if name == PICTURE else name
    page = reverse("portal-opportunity-step", args=[draft.offered_by_id, draft.pk, step.slug])
    return f"{page}#{anchor}"
