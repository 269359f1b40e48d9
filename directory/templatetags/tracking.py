"""Links that hand the token of a search on, so that what is done next counts for it."""

from django import template

from engagement.tokens import PARAMETER, SearchToken

register = template.Library()


@register.filter
def carrying(address: str, token: SearchToken | None) -> str:
    """The address of a page (without parameters) with the token, if there is one: `{{ url|carrying:tracked }}`."""
    return f"{address}?{PARAMETER}={token.sign()}" if isinstance(token, SearchToken) else address
