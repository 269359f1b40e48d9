"""Cards made from the database, where a page shows a set that no search gives."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from opportunities.models import Opportunity
from opportunities.selectors import requirements_by_kind, visibility, with_parts
from search.facts import OpportunityFacts
from search.results import Card, Hit


def hits_of(opportunities: QuerySet[Opportunity]) -> list[Hit]:
    """The cards of these opportunities, the soonest first and undated ones last; a fixed number of queries."""
    now = timezone.now()
    needed = requirements_by_kind()
    cards = [
        Card.from_json(OpportunityFacts(each, visibility(each, needed.get(each.kind, frozenset())), now).card())
        for each in with_parts(opportunities)
    ]
    return [Hit(card) for card in in_order(cards)]


def in_order(cards: Iterable[Card]) -> list[Card]:
    """Soonest first, undated ones last by title."""
    return sorted(cards, key=lambda card: (card.next_start is None, card.next_start or 0, card.title, card.id))
