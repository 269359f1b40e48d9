"""`docs/privacy.md` says what the code does: its tables are held to it."""

import pytest
from django.conf import settings
from django.db.models import Model

from engagement.catalogue import CATALOGUE, EVENT_DAYS, FEWEST_SEARCHES, LONGEST_TERMS, TERMS_DAYS, EventType
from engagement.models import Event
from engagement.retention import declared, said
from figures.retention import Retention

pytestmark = pytest.mark.engine_only

TEXT = (settings.BASE_DIR / "docs" / "privacy.md").read_text()
ROWS = [line for line in TEXT.splitlines() if line.startswith("| ")]


def row_of(event: EventType) -> str:
    fields = "; ".join(f"{name}: {words}" for name, words in event.fields) or "nothing"
    about = " and ".join(sorted(event.about)) or "nothing"
    return f"| `{event.name}` | {event.title} | {about} | {fields} | {event.purpose} | {event.days} |"


def retention_rows() -> list[str]:
    of_events: list[tuple[type[Model], Retention]] = [
        (Event, Retention("at", TERMS_DAYS, clears=("terms",))),
        (Event, Retention("at", EVENT_DAYS)),
    ]
    return [f"| `{model._meta.label}` | {said(rule)} |" for model, rule in [*of_events, *declared()]]


def test_the_catalogue_is_told_whole_and_nothing_else() -> None:
    told = [row for row in ROWS if row.startswith("| `") and row.count("|") == 7]
    assert told == [row_of(event) for event in CATALOGUE.values()]


def test_every_rule_of_retention_is_told_and_no_other() -> None:
    told = [row for row in ROWS if row.startswith("| `") and row.count("|") == 3]
    assert sorted(told) == sorted(retention_rows())


def test_the_numbers_in_the_sentences_are_those_of_the_code() -> None:
    assert f"cut to {LONGEST_TERMS}\ncharacters" in TEXT
    assert f"kept for {TERMS_DAYS} days only" in TEXT
    assert FEWEST_SEARCHES == 5
    assert "at least five searches" in TEXT
    for name in (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "shortlist"):
        assert f"| `{name}` |" in TEXT
    assert settings.SESSION_COOKIE_AGE == 14 * 24 * 3600
