"""Cards made from the database, where a page shows a set that no search gives."""

from collections.abc import Iterable

from django.utils import timezone

from opportunities.models import Opportunity
from opportunities.selectors import requirements_by_kind, visibility
from search.facts import OpportunityFacts
from search.results import Card, Hit


def hits_of(opportunities: Iterable[Opportunity]) -> list[Hit]:
    """The cards of opportunities that are loaded with all their parts: the soonest first, undated ones last."""
    now = timezone.now()
    needed = requirements_by_kind()
    cards = [
        Card.from_json(OpportunityFacts(each, visibility(each, needed.get(each.kind, frozenset())), now).card())
        for each in opportunities
    ]
    dated = sorted((card for card in cards if card.next_start), key=lambda card: (card.next_start, card.id))
    undated = sorted((card for card in cards if not card.next_start), key=lambda card: (card.title, card.id))
    return [Hit(card) for card in [*dated, *undated]]
