"""Documents made by hand: what a test does not say is left out or plain."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from search.document import (
    ANYTIME,
    NEVER,
    ONLINE,
    OPEN,
    Document,
    DocumentType,
    Value,
    day_number,
    moment,
    newest_key,
    rank_key,
    signed,
)
from search.results import Card
from search.text import analysed, plain_words, prefixes


def opportunity(
    pk: int,
    title: str = "Something",
    *,
    summary: str = "",
    description: str = "",
    partner: str = "",
    tags: str = "",
    days: Iterable[date] = (),
    open_days: Iterable[date] | None = None,
    published: date = date(2026, 1, 1),
    years: tuple[int, int] | None = None,
    outcode: str = "",
    online: bool = False,
    always: bool = False,
    visible_until: datetime | None = None,
    next_change_at: datetime | None = None,
    **facets: str,
) -> Document:
    """An opportunity's document. `days` are those of its sessions, `open_days` those with a place (all, unless said)."""
    on = sorted(days)
    open_on = on if open_days is None else sorted(open_days)
    traits = {ONLINE: online, ANYTIME: always, OPEN: bool(open_on) or not on}
    next_day = day_number(on[0]) if on else None
    start = datetime.combine(on[0], time(10), UTC) if on else None
    card = Card(
        pk, f"/opportunities/{pk}-x/", title, summary, facets.get("kind", ""), "", "", partner, "",
        outcode=outcode, next_start=start,
    )  # fmt: skip
    texts = [title, summary, description, partner, tags]
    values: dict[str, Value] = {
        "key": DocumentType.OPPORTUNITY.key(pk),
        "type": DocumentType.OPPORTUNITY.value,
        "id": pk,
        "title": analysed([title]),
        "summary": analysed([summary]),
        "description": analysed([description]),
        "partner": analysed([partner]),
        "tags": analysed([tags]),
        "words": " ".join(dict.fromkeys(plain_words(" ".join(texts)))),
        "prefixes": prefixes([title, partner]),
        "years": " ".join(f"y{year}" for year in range(years[0], years[1] + 1)) if years else "",
        "outcode": outcode,
        "traits": " ".join(trait for trait, holds in traits.items() if holds),
        "days": tuple(map(day_number, on)),
        "open_days": tuple(map(day_number, open_on)),
        "rank_key": rank_key(next_day, pk),
        "newest_key": newest_key(day_number(published), next_day, pk),
        "visible_until": moment(visible_until),
        "next_change_at": moment(next_change_at),
        "card": card.to_json().decode(),
        **facets,
    }
    return signed(values)


def partner(pk: int, name: str) -> Document:
    """A partner's document."""
    card = Card(pk, f"/partners/{pk}-x/", name, "", "", "", "", name, f"/partners/{pk}-x/")
    return signed(
        {
            "key": DocumentType.PARTNER.key(pk),
            "type": DocumentType.PARTNER.value,
            "id": pk,
            "prefixes": prefixes([name]),
            "rank_key": rank_key(None, pk),
            "visible_until": NEVER,
            "next_change_at": NEVER,
            "card": card.to_json().decode(),
        }
    )
