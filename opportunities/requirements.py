"""What an opportunity must not say, and what it must say before it is published. Pure rules over its fields."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError

from .kinds import ASKED_SAFEGUARDING, PLACEMENT_FROM_YEAR, Kind

if TYPE_CHECKING:
    from .models import Opportunity

# Required by kind: field -> what to do about it.
REQUIRED: dict[str, dict[str, str]] = {
    Kind.PLACEMENT: {
        "placement_type": "Say how the days fall: a block, one day a week, shadowing, online, T Level or supported internship.",
        "tasks": "Describe the tasks: what they will make or finish.",
        "supervisor_role": "Name the role of the supervisor, such as senior printer.",
        "days_and_hours": "Say on which days and at what hours.",
        "expenses": "Say what you pay for: travel, lunch, work clothes, or nothing.",
    },
    Kind.COURSE: {
        "level": "Choose the level of the course, or “No level”.",
        "funded": "Say whether the course is funded.",
    },
    Kind.JOB: {
        "pay_amount": "Say what the job pays.",
        "pay_unit": "Say whether the pay is for an hour, a week or a year.",
        "hours_per_week": "Say how many hours a week the job has.",
    },
    Kind.INTERNSHIP: {
        "pay_amount": "Say what the internship pays. Unpaid internships are not listed.",
        "pay_unit": "Say whether the pay is for an hour, a week or a year.",
    },
    Kind.APPRENTICESHIP: {
        "level": "Choose the level of the apprenticeship.",
        "pay_amount": "Say what the apprenticeship pays.",
        "pay_unit": "Say whether the pay is for an hour, a week or a year.",
    },
}

QUESTIONS = ("in_private_home", "alone_with_one_adult", "under_16")


# Numbers that nobody means as nought: to be left empty where they say nothing.
NOT_NOUGHT = {
    "group_max": "Type how many can come at most, or leave it empty.",
    "eligible_income": "Type the highest income in pounds a year, or leave it empty for any.",
}


def contradictions(opportunity: Opportunity) -> None:
    """Raises ValidationError with a message by field for what cannot be true at once, in drafts too."""
    problems: dict[str, str] = {}
    pairs = (
        ("year_from", "year_to", "The highest year is below the lowest. Swap them."),
        ("age_from", "age_to", "The highest age is below the lowest. Swap them."),
        ("group_min", "group_max", "The largest group is smaller than the smallest. Swap them."),
        ("eligible_age_from", "eligible_age_to", "The highest age is below the lowest. Swap them."),
    )
    for low, high, message in pairs:
        a, b = getattr(opportunity, low), getattr(opportunity, high)
        if a is not None and b is not None and b < a:
            problems[high] = message
    problems |= {field: message for field, message in NOT_NOUGHT.items() if getattr(opportunity, field) == 0}
    if opportunity.cost == opportunity.Cost.PAID and opportunity.cost_amount == Decimal(0):
        problems["cost_amount"] = "Type what it costs, or choose “Free”."
    if opportunity.kind == Kind.INTERNSHIP and opportunity.pay_amount == Decimal(0):
        problems["pay_amount"] = (
            "Unpaid internships are not listed: they shut out whoever cannot afford them. Type the pay."
        )
    years = [year for year in (opportunity.year_from, opportunity.year_to) if year is not None]
    if opportunity.kind == Kind.PLACEMENT and years and min(years) < PLACEMENT_FROM_YEAR:
        problems["year_from"] = (
            f"Placements are for Year {PLACEMENT_FROM_YEAR} and above. For younger pupils, offer a workplace visit."
        )
    site = opportunity.site
    if site is not None and site.partner_id not in {opportunity.offered_by_id, opportunity.hosted_by_id}:
        problems["site"] = "This site belongs to another partner. Choose one of the host's sites."
    if problems:
        raise ValidationError(problems)


# What every kind must say; a draft may lack all but its title.
ALWAYS_REQUIRED = {
    "title": "Give it a title.",
    "summary": "Say in one sentence what people will do.",
    "description": "Describe it in a few short paragraphs.",
}


def submission_problems(opportunity: Opportunity) -> dict[str, str]:
    """All that keeps a draft from being sent to officers: field -> what to do about it. Empty when nothing does."""
    problems = {
        field: message for field, message in ALWAYS_REQUIRED.items() if not str(getattr(opportunity, field)).strip()
    }
    problems |= publication_problems(opportunity)
    try:
        contradictions(opportunity)
    except ValidationError as error:
        problems |= {field: messages[0] for field, messages in error.message_dict.items()}
    return problems


def publication_problems(opportunity: Opportunity) -> dict[str, str]:
    """What is still missing before it may go public: field -> what to do. Empty when nothing is.

    Drafts may lack all of it. A pending safeguarding decision is not among them:
    `selectors.is_held` says that.
    """
    problems = {
        field: message
        for field, message in REQUIRED.get(opportunity.kind, {}).items()
        if getattr(opportunity, field) in (None, "")
    }
    if opportunity.kind in ASKED_SAFEGUARDING:
        problems |= {field: "Answer yes or no." for field in QUESTIONS if getattr(opportunity, field) is None}
    if opportunity.cost == opportunity.Cost.PAID:
        if opportunity.cost_amount is None:
            problems["cost_amount"] = "Type what it costs, or choose “Free”."
        if not opportunity.cost_unit:
            problems["cost_unit"] = "Say whether the price is for a pupil, a person, a group, a session or the course."
    return problems


def needs_decision(opportunity: Opportunity) -> bool:
    """Whether an officer must decide before it goes public: any safeguarding question is answered with yes."""
    return any(getattr(opportunity, question) for question in QUESTIONS)
