"""What stands on paper: the print view and the desk sheet of an opportunity."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from directory import qr, words
from directory.contacts import contacts_on_paper
from directory.keyfacts import place_in_full
from opportunities.models import Opportunity

from .opportunity import cancelled_sessions, coming_sessions, opportunity_context

# Two sides of A4 hold so much of each; the address says where the rest is.
MOST_DATES = 5
MOST_STEPS = 8
MOST_SKILLS = 6
LONGEST_DESCRIPTION = 700
# One side in large print.
MOST_DATES_ON_SHEET = 3
MOST_ACCESS_ON_SHEET = 2
LONGEST_TITLE = 80
LONGEST_SUMMARY = 100
LONGEST_ROUTE = 100
LONGEST_LINE = 65


def print_context(opportunity: Opportunity, site_url: str) -> dict[str, Any]:
    """What the template `directory/print_opportunity.html` asks for."""
    context = opportunity_context(opportunity, AnonymousUser())
    sessions, cancelled, skills = context["sessions"], context["cancelled"], list(opportunity.skill_items.all())
    return {
        **context,
        **_address(opportunity, site_url),
        "contacts": contacts_on_paper(opportunity),
        "dates": sessions[:MOST_DATES],
        "dates_left": len(sessions[MOST_DATES:]),
        "cancelled_shown": cancelled[:MOST_DATES],
        "cancelled_left": len(cancelled[MOST_DATES:]),
        "steps": list(opportunity.timetable.all())[:MOST_STEPS],
        "about": words.shortened(opportunity.description, LONGEST_DESCRIPTION),
        "skills": skills[:MOST_SKILLS],
    }


def desk_sheet_context(opportunity: Opportunity, site_url: str) -> dict[str, Any]:
    """What the template `directory/desk_sheet.html` asks for: little enough of each to stay on one side."""
    # Full ones last: there is room for three, and somebody without e-mail rings for one that can be had.
    sessions = sorted(coming_sessions(opportunity), key=lambda session: session.is_full)
    # What is missing first: it decides whether somebody can go at all.
    access = sorted(opportunity.access.all(), key=lambda row: row.present)
    said = [
        words.access_words(row.feature.name if row.present else row.feature.absent, row.note)
        for row in access[:MOST_ACCESS_ON_SHEET]
    ]
    cost_note = words.cost_note(
        opportunity.cost, opportunity.cost_amount, opportunity.cost_unit, opportunity.family_price
    )
    return {
        **_address(opportunity, site_url),
        "opportunity": opportunity,
        "contacts": contacts_on_paper(opportunity),
        "heading": words.shortened(opportunity.title, LONGEST_TITLE),
        "summary": words.shortened(opportunity.summary, LONGEST_SUMMARY),
        "route": words.shortened(opportunity.access_route, LONGEST_ROUTE),
        "cost_note": cost_note,
        "cost_help": words.shortened(opportunity.cost_help, LONGEST_LINE - len(cost_note)),
        "dates": sessions[:MOST_DATES_ON_SHEET],
        "cancelled": cancelled_sessions(opportunity),
        "dates_left": len(sessions[MOST_DATES_ON_SHEET:]),
        "place": words.shortened(place_in_full(opportunity), LONGEST_LINE),
        "access": [words.shortened(each, LONGEST_LINE) for each in said],
    }


def _address(opportunity: Opportunity, site_url: str) -> dict[str, Any]:
    address = qr.paper_address(opportunity, site_url)
    return {
        "paper_address": qr.spoken(address),
        "qr": qr.code(address, "Picture code that opens this opportunity on a telephone"),
    }
