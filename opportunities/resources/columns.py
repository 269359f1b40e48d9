"""The columns of a table of opportunities."""

from accounts.models import AdviserTeam
from opportunities.kinds import Kind
from opportunities.models import Campaign, Opportunity
from taxonomy.models import Audience, Sector, Subject, Theme
from taxonomy.resources import (
    ChoiceCell,
    Column,
    DateCell,
    MoneyCell,
    NamesCell,
    NumberCell,
    RangeCell,
    TableResource,
    TermsCell,
    TextCell,
    YesNoCell,
    longest,
)

from .cells import (
    AccessCell,
    NamedCell,
    OutwardCodeCell,
    PartnerCell,
    PartnersCell,
    ResidenceCell,
    SkillsCell,
    TimesCell,
    TimetableCell,
)
from .record import OpportunityRecord

YEARS = {"n": -1, "nursery": -1, "r": 0, "reception": 0}
OLDEST = 120


def one_of(values: list[str]) -> str:
    """For explaining a column."""
    return f"One of: {', '.join(values)}."


class OpportunityTable(TableResource[OpportunityRecord, Opportunity]):
    """What each column means."""

    reference = Column(
        "reference",
        TextCell(longest(Opportunity, "reference")),
        "Your number for it. A later file finds it again by this.",
    )
    title = Column("title", TextCell(longest(Opportunity, "title"), required=True), "What it is called.")
    kind = Column("kind", ChoiceCell(Kind, required=True), one_of(Kind.values))
    partner = Column("partner", PartnerCell(required=True), "Who offers it: the reference or exact name of a partner.")
    host = Column("host", PartnerCell(), "Who hosts it, if that is another partner. The host’s documents count.")
    with_partners = Column("with_partners", PartnersCell(), "Partners who offer it too, with semicolons between them.")
    summary = Column(
        "summary", TextCell(longest(Opportunity, "summary"), required=True), "One sentence: what people will do."
    )
    description = Column("description", TextCell(lines=True, required=True), "What it is, in a few short paragraphs.")
    format = Column("format", ChoiceCell(Opportunity.Format, empty="in_person"), one_of(Opportunity.Format.values))
    place = Column("place", ChoiceCell(Opportunity.Place, empty="partner_site"), one_of(Opportunity.Place.values))
    site = Column("site", TextCell(), "The name of one of the host’s sites.")
    outward_code = Column(
        "outward_code", OutwardCodeCell(), "Only where there is no site: the first half of a postcode, like SE10."
    )
    availability = Column(
        "availability", ChoiceCell(Opportunity.Availability, empty="dated"), one_of(Opportunity.Availability.values)
    )
    times = Column("times", TimesCell(), "Any of daytime, evening, weekend, with semicolons between them.")
    years = Column(
        "years",
        RangeCell(-1, 13, names=YEARS, open_end=False),
        "School years, like 7-9 or N-2 (N is Nursery, R is Reception).",
    )
    ages = Column("ages", RangeCell(0, OLDEST), "Ages, like 14-19, or 18- for 18 and over.")
    audiences = Column("audiences", TermsCell(Audience), "Audiences, with semicolons between them.")
    skills = Column("skills", SkillsCell(), "Fusion skills, one a line: skill | how people practise it here.")
    sectors = Column("sectors", TermsCell(Sector), "Sectors of work, with semicolons between them.")
    themes = Column("themes", TermsCell(Theme), "Themes, with semicolons between them.")
    subjects = Column("subjects", TermsCell(Subject), "Subjects, with semicolons between them.")
    group_size = Column("group_size", RangeCell(1, 30_000, single="upper"), "People in a group, like 10-30.")
    adult_ratio = Column("adult_ratio", NumberCell(1, 100), "10 means one adult for every ten.")
    timetable = Column(
        "timetable",
        TimetableCell(),
        "What happens when, one a line: 10:00 | Title | text. Or Day 1, or Week 2.",
    )
    cost = Column("cost", ChoiceCell(Opportunity.Cost, empty="free"), one_of(Opportunity.Cost.values))
    cost_amount = Column("cost_amount", MoneyCell(), "Pounds, like 4.00.")
    cost_unit = Column("cost_unit", ChoiceCell(Opportunity.CostUnit), one_of(Opportunity.CostUnit.values))
    family_price = Column("family_price", MoneyCell(), "Pounds for the Family of Schools; 0 is free.")
    cost_help = Column("cost_help", TextCell(longest(Opportunity, "cost_help")), "Help with the cost.")
    access = Column(
        "access", AccessCell(), "One a line: +feature | note for what is there, -feature | note for what is missing."
    )
    access_route = Column(
        "access_route", TextCell(lines=True), "How to take part: who asks whom, and what happens then."
    )
    personal_connection = Column(
        "personal_connection", YesNoCell(empty=False), "yes only if people must know somebody there."
    )
    eligible_ages = Column("eligible_ages", RangeCell(0, OLDEST), "Ages of people who may take part, like 19-.")
    eligible_employment = Column(
        "eligible_employment", ChoiceCell(Opportunity.Employment, empty="anyone"), one_of(Opportunity.Employment.values)
    )
    eligible_level = Column(
        "eligible_level", NumberCell(0, 7), "The highest level of qualification that people may already have, 0 to 7."
    )
    eligible_income = Column(
        "eligible_income", NumberCell(0, 1_000_000), "The most that people may earn, in pounds a year."
    )
    eligible_residence = Column(
        "eligible_residence",
        ResidenceCell(),
        "anywhere, london, or names of London boroughs with semicolons between them.",
    )
    hours_per_week = Column("hours_per_week", NumberCell(0, 60, places=1), "Hours a week, like 16 or 7.5.")
    weeks = Column("weeks", NumberCell(1, 520), "How many weeks it lasts.")
    sourcing_team = Column("sourcing_team", NamedCell(AdviserTeam), "The adviser team that found it, if one did.")
    deadline = Column("deadline", DateCell(), "The last day to apply. It is hidden after it.")
    campaign = Column("campaign", NamedCell(Campaign), "The campaign that it belongs to.")
    leads_to = Column("leads_to", NamesCell(), "References of opportunities to go on to, with semicolons between them.")
    placement_type = Column(
        "placement_type", ChoiceCell(Opportunity.PlacementType), one_of(Opportunity.PlacementType.values)
    )
    tasks = Column("tasks", TextCell(lines=True), "Placements: what they will make or finish.")
    supervisor_role = Column(
        "supervisor_role", TextCell(longest(Opportunity, "supervisor_role")), "Placements: a role, never a name."
    )
    days_and_hours = Column(
        "days_and_hours", TextCell(longest(Opportunity, "days_and_hours")), "Placements: which days, and at what hours."
    )
    expenses = Column(
        "expenses", TextCell(longest(Opportunity, "expenses")), "Placements: what is paid for, or nothing."
    )
    course_level = Column(
        "course_level",
        ChoiceCell(Opportunity.Level),
        f"Courses and apprenticeships. {one_of(Opportunity.Level.values)}",
    )
    funded = Column("funded", ChoiceCell(Opportunity.Funded), f"Courses. {one_of(Opportunity.Funded.values)}")
    pay_amount = Column("pay_amount", MoneyCell(), "Jobs, internships and apprenticeships: pounds.")
    pay_unit = Column("pay_unit", ChoiceCell(Opportunity.PayUnit), one_of(Opportunity.PayUnit.values))
    private_home = Column("private_home", YesNoCell(), "Does any part take place in a private home? yes or no.")
    alone_with_one_adult = Column(
        "alone_with_one_adult", YesNoCell(), "Will a young person be alone with one adult? yes or no."
    )
    under_16 = Column("under_16", YesNoCell(), "May somebody under 16 take part? yes or no.")
