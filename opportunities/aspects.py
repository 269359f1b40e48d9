"""What an opportunity says, by aspect, in the order in which officers read it."""

from partners.aspects import Aspect

OPPORTUNITY_ASPECTS: tuple[Aspect, ...] = (
    # What it is, and whose.
    Aspect("title", "Title", ("title",)),
    Aspect("kind", "Kind", ("kind",)),
    Aspect("summary", "Summary", ("summary",)),
    Aspect("description", "Description", ("description",)),
    Aspect("timetable", "What happens when", ("timetable",)),
    Aspect("offered-by", "Offered by", ("offered_by",)),
    Aspect("hosted-by", "Hosted by", ("hosted_by",)),
    Aspect("together-with", "Offered together with", ("co_offers",)),
    # The three safeguarding questions.
    Aspect("private-home", "In a private home", ("in_private_home",)),
    Aspect("one-adult", "Alone with one adult", ("alone_with_one_adult",)),
    Aspect("under-16", "Under 16", ("under_16",)),
    # For whom.
    Aspect("audiences", "Audiences", ("audience_items",)),
    Aspect("years", "School years", ("year_from", "year_to")),
    Aspect("ages", "Ages", ("age_from", "age_to")),
    Aspect("group", "Group size", ("group_min", "group_max", "adult_ratio")),
    Aspect(
        "eligible",
        "Who is eligible",
        (
            "eligible_age_from",
            "eligible_age_to",
            "eligible_employment",
            "eligible_level",
            "eligible_income",
            "eligible_residence",
            "eligible_boroughs",
        ),
    ),
    Aspect("skills", "Fusion skills", ("skill_items",)),
    Aspect("sectors", "Sectors", ("sector_items",)),
    Aspect("themes", "Themes", ("theme_items",)),
    Aspect("subjects", "Subjects", ("subject_items",)),
    # Where and when.
    Aspect("place", "Where", ("format", "place", "site", "outward_code")),
    Aspect("when", "When", ("availability", "in_daytime", "in_evening", "at_weekend")),
    Aspect("length", "How long", ("hours_per_week", "weeks")),
    Aspect("deadline", "Last day to apply", ("deadline",)),
    Aspect("access", "Access", ("access",)),
    # Cost and how to take part.
    Aspect("cost", "Cost", ("cost", "cost_amount", "cost_unit", "family_price")),
    Aspect("cost-help", "Help with the cost", ("cost_help",)),
    Aspect("access-route", "How to take part", ("access_route",)),
    Aspect("connection", "Personal connection", ("personal_connection",)),
    Aspect("leads-to", "What it leads to", ("leads_to",)),
    # What single kinds say.
    Aspect("placement-type", "Kind of placement", ("placement_type",)),
    Aspect("tasks", "Tasks", ("tasks",)),
    Aspect("supervisor", "Looked after by", ("supervisor_role",)),
    Aspect("days-and-hours", "Days and hours", ("days_and_hours",)),
    Aspect("expenses", "Paid for", ("expenses",)),
    Aspect("level", "Level", ("level",)),
    Aspect("funded", "Funding", ("funded",)),
    Aspect("pay", "Pay", ("pay_amount", "pay_unit")),
    # Around it.
    Aspect("image", "Picture", ("image",)),
    Aspect("campaign", "Campaign", ("campaign",)),
    Aspect("sourced-by", "Found by", ("sourcing_team",)),
    Aspect("reference", "Reference", ("reference",)),
    Aspect("dates", "On the site", ("go_live_at", "expire_at")),
)
