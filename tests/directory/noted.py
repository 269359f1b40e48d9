"""Reading in tests what was counted, and asking as somebody's browser does."""

from typing import Any

from django.test import Client

from engagement.models import Event
from engagement.tokens import SearchToken, new_token
from tests.visitors import BROWSER


def visit(client: Client, address: str, token: SearchToken | None = None, **headers: str) -> Any:
    """Opens an address, by the token of a search if one is given."""
    return client.get(address, {"s": token.sign()} if token else {}, headers=BROWSER | headers)


def found(rank: int) -> SearchToken:
    """The token of a result with this rank."""
    return new_token("asked").at(rank)


def events() -> list[dict[str, Any]]:
    """What was counted, in order, without what is empty."""
    names = ("name", "surface", "search", "rank", "opportunity", "partner", "data")
    return [
        {name: value for name, value in row.items() if value not in ("", None, {})}
        for row in Event.objects.order_by("pk").values(*names)
    ]
