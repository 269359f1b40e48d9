"""What the pages about this site say, taken from the very rules that the site keeps."""

from typing import Any

from django.conf import settings

from directory.models import problem_report, shared_list, wanted_note
from engagement.catalogue import CATALOGUE, EVENT_DAYS, LONGEST_TERMS, TERMS_DAYS

YEAR_DAYS = 365
MONTH_DAYS = 30.4
# Up to here people count in days.
MOST_DAYS = 120


def privacy_context() -> dict[str, Any]:
    """What is counted, event by event, and how long everything is kept, in words.

    `events`: all of the catalogue, in its order. `contact`: the e-mail address for questions, or empty.
    """
    return about_context() | {
        "events": list(CATALOGUE.values()),
        "longest_terms": LONGEST_TERMS,
        "kept": {
            "events": period_words(EVENT_DAYS),
            "terms": period_words(TERMS_DAYS),
            "lists": period_words(shared_list.KEPT_DAYS),
            "note": period_words(wanted_note.NOTE_DAYS),
            "note_email": period_words(wanted_note.EMAIL_DAYS),
            "report": period_words(problem_report.REPORT_DAYS),
            "report_email": period_words(problem_report.EMAIL_DAYS),
            "sign_in": period_words(settings.SESSION_COOKIE_AGE // (24 * 60 * 60)),
        },
    }


def about_context() -> dict[str, Any]:
    """What every page about this site needs: `contact`, the e-mail address for questions, or empty."""
    return {"contact": settings.CONTACT_EMAIL}


def period_words(days: int) -> str:
    """A period as people say it: "90 days", "13 months", "a year", "3 years". `days` is at least 1."""
    if days % YEAR_DAYS == 0:
        years = days // YEAR_DAYS
        return "a year" if years == 1 else f"{years} years"
    return f"{days} days" if days <= MOST_DAYS else f"{round(days / MONTH_DAYS)} months"
