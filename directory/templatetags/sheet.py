"""What templates of lists for paper need."""

from django import template
from django.utils.safestring import SafeString

from directory import markup, words
from directory.templatetags.say import today
from search.results import Card, Hit

register = template.Library()


@register.simple_tag
def sheet_facts(hit: Hit) -> SafeString:
    """When, where, what it costs and how many places are left, in a row."""
    return markup.card_facts(hit, today(), stacked=False)


@register.filter
def skills_practised(card: Card) -> str:
    """The skills of a card in one phrase, parted by semicolons since some hold an "and"."""
    return "; ".join(words.lower_first(skill.name) for skill in card.skills)
