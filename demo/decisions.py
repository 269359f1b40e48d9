"""What officers of the demonstration decided on the answers to the safeguarding questions. Three still wait."""

from accounts.models import User
from opportunities import services
from opportunities.models import Opportunity
from opportunities.requirements import needs_decision
from opportunities.selectors import is_held
from partners.resources import latest_draft

STILL_WAITING = 3

REASONS = {
    "in_private_home": (
        "Visited with a colleague. The work room has its own door to the street, a second adult is there on every day, and "
        "the school rings at noon. Parents and the school have agreed in writing."
    ),
    "alone_with_one_adult": (
        "Asked how they work. Meetings are by day in a room with a glass door or on a video call that a member of staff can "
        "join at any time. The adults have enhanced checks, seen on the day of this decision."
    ),
    "under_16": (
        "Asked about hours, tools and supervision. A named member of staff is responsible on each day, a second one is in "
        "the room, and the insurer’s letter covers pupils under 16. The school keeps its own risk assessment."
    ),
}


def held() -> list[Opportunity]:
    """The latest drafts on which an officer must decide, or has; those at a private home first, then by reference."""
    drafts = [latest_draft(one) for one in Opportunity.objects.exclude(reference="").order_by("reference")]
    asking = [draft for draft in drafts if needs_decision(draft)]
    return sorted(asking, key=lambda draft: (not draft.in_private_home, draft.reference))


def decide(officer: User) -> tuple[int, int]:
    """Accepts and publishes all but three. Returns how many were decided now, and how many wait."""
    decided = 0
    drafts = held()
    for draft in drafts[STILL_WAITING:]:
        if not is_held(draft):
            continue
        reasons = [reason for question, reason in REASONS.items() if getattr(draft, question)]
        services.decide_safeguarding(draft, officer, accepted=True, reason="\n\n".join(reasons))
        services.publish(draft, officer)
        decided += 1
    return decided, min(STILL_WAITING, len(drafts))
