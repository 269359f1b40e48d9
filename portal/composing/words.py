"""What the portal calls each question about an opportunity, and what it says to help. Plain English, sentence case."""

from opportunities.kinds import Kind

# Field -> (label, hint).
WORDS: dict[str, tuple[str, str]] = {
    "title": ("Title", "A few words that people will remember. 120 characters at most."),
    "summary": ("In one sentence, what will people do?", "Cards in search show this. 200 characters at most."),
    "description": (
        "What is it?",
        "A few short paragraphs, as you would tell a teacher or a visitor on the telephone.",
    ),
    "image": ("Picture", ""),
    "picture": (
        "A picture, if you have one",
        "A photograph of the place or the work: JPEG, PNG, WebP or AVIF, 10 MB at most. No child who can be recognised.",
    ),
    "no_picture": ("Show no picture of ours", "A drawing for its kind stands there then."),
    "sectors": ("Sectors of work", ""),
    "themes": ("Themes", ""),
    "subjects": ("Subjects", ""),
    "audiences": ("Who is it for?", "Choose all that it is made for."),
    "year_from": ("From school year", ""),
    "year_to": ("To school year", ""),
    "age_from": ("From age", ""),
    "age_to": ("To age", ""),
    "group_min": ("Smallest group", ""),
    "group_max": ("Largest group", ""),
    "adult_ratio": ("Pupils for each adult", "10 means one adult for every ten."),
    "eligible_age_from": ("Eligible from age", "Only if the law or a fund says so."),
    "eligible_age_to": ("Eligible to age", "Only if the law or a fund says so."),
    "eligible_employment": ("Who may apply?", ""),
    "eligible_level": ("Highest level already held", "If people with a higher qualification cannot apply. 0 to 7."),
    "eligible_income": ("Income up to, in pounds a year", "If people who earn more cannot apply."),
    "eligible_residence": ("Where must people live?", ""),
    "eligible_boroughs": ("Which boroughs?", ""),
    "placement_type": ("How do the days fall?", ""),
    "days_and_hours": (
        "On which days, at what hours?",
        "Such as “Monday to Friday, 9.30am to 4pm, an hour for lunch”.",
    ),
    "hours_per_week": ("Hours a week", ""),
    "weeks": ("How many weeks?", ""),
    "tasks": (
        "What will they make or finish?",
        "Three or four tasks that end in something. “Observe” and “help out” are what pupils complain about.",
    ),
    "supervisor_role": ("Who supervises them?", "A role, such as “senior printer”. Never a person’s name."),
    "expenses": ("What do you pay for?", "Travel, lunch, work clothes, or “nothing”."),
    "level": ("Level", ""),
    "funded": ("Is it funded?", ""),
    "pay_amount": ("Pay, in pounds", "Such as 14.80 or 24,500."),
    "pay_unit": ("For", ""),
    "in_private_home": (
        "Does any part take place in a private home?",
        "A studio with its own door in your house counts as a home.",
    ),
    "alone_with_one_adult": (
        "Will a young person be alone with one adult?",
        "For more than a few minutes, behind a closed door or in a vehicle.",
    ),
    "under_16": (
        "May somebody under 16 take part?",
        "Year 10 pupils are 14 or 15. Your risk assessment must say what they may not do.",
    ),
    "format": ("How do people take part?", ""),
    "place": ("Where does it happen?", ""),
    "hosted_by": (
        "Who hosts it?",
        "The host’s documents count. Partners that you have offered things with are in this list.",
    ),
    "site": ("Which of the host’s places?", ""),
    "outward_code": (
        "First half of the postcode",
        "Only if it happens away from these places, such as in a park. Such as E9.",
    ),
    "availability": ("When can people have it?", ""),
    "in_daytime": ("In the daytime", ""),
    "in_evening": ("In the evening", ""),
    "at_weekend": ("At the weekend", ""),
    "cost": ("What does it cost?", ""),
    "cost_amount": ("Price, in pounds", "Only if it is paid for."),
    "cost_unit": ("The price is", ""),
    "family_price": ("Price for the Family of Schools, in pounds", "If it is another. 0 is free."),
    "cost_help": ("Help with the cost", "Such as bursaries, free places or travel that you pay."),
    "access_route": ("How do people take part?", "Who asks whom, and what happens then."),
    "personal_connection": (
        "Only people who know somebody here can take part",
        "Say so if it is true. Such offers are counted, since they leave out whoever knows nobody.",
    ),
    "deadline": ("Last day to apply", "It is hidden from the day after. Leave it empty if there is none."),
    "campaign": ("Part of a campaign?", ""),
}

# Where a kind asks otherwise: (kind, field) -> (label, hint).
BY_KIND: dict[tuple[str, str], tuple[str, str]] = {
    (Kind.PLACEMENT, "group_max"): ("How many pupils at once?", ""),
    (Kind.MENTORING, "group_max"): ("How many at once?", ""),
    (Kind.MENTORING, "days_and_hours"): (
        "How often, and how long?",
        "Such as “an hour a month, from October to June”.",
    ),
    (Kind.VOLUNTEERING, "tasks"): ("What will they do?", "Three or four tasks that end in something."),
    (Kind.INTERNSHIP, "tasks"): ("What will they work on?", "Three or four tasks that end in something."),
    (Kind.APPRENTICESHIP, "tasks"): ("What will they work on?", "Three or four tasks that end in something."),
}

# Fields of rows: set -> (what one row is called, why, field -> label).
ROWS: dict[str, tuple[str, str, dict[str, str]]] = {
    "timetable": (
        "Line",
        "One line for each part. An empty line is left out.",
        {"when": "When", "title": "What", "text": "More, if you like"},
    ),
    "skill_items": (
        "Skill",
        "Two or three that people really practise here, and how. A skill without its “how” convinces nobody.",
        {"tag": "Skill", "practice": "How do they practise it here?"},
    ),
    "access": (
        "Line",
        "Say what is missing too: whoever needs it then knows before the journey, and can ask.",
        {"feature": "Feature", "present": "Is it there or not?", "note": "Where, when, or why not"},
    ),
    "leads_to": (
        "Opportunity",
        "What people can go on to from here: yours, or others’.",
        {"target": "One of yours", "address": "Or the address of somebody else’s page"},
    ),
}
ADD: dict[str, str] = {
    "timetable": "Save and add another line",
    "skill_items": "Save and add another skill",
    "access": "Save and add another feature",
    "leads_to": "Save and add another",
}

# What each kind is, for who chooses one.
WHAT_EACH_IS: dict[str, str] = {
    Kind.VISIT: "A class or group comes to you, or you go to them, and makes, plays or finds out something.",
    Kind.OUTDOOR: "Learning outside: parks, rivers, gardens, the climate.",
    Kind.PLACEMENT: "A pupil in Year 10 or above works beside adults for days: a block, a day a week, shadowing, online.",
    Kind.WORKPLACE: "A group sees how work is done, for an hour or a day. For younger pupils too.",
    Kind.INTERNSHIP: "Paid work for some weeks or months, to learn it. Unpaid internships are not listed.",
    Kind.APPRENTICESHIP: "A job with training and a qualification.",
    Kind.TALK: "Somebody tells of their work, at a school, online or at a fair.",
    Kind.MENTORING: "The same adult meets a young person or a small group again and again.",
    Kind.COURSE: "Adults learn something, with or without a qualification.",
    Kind.VOLUNTEERING: "People give their time, and get experience for it.",
    Kind.JOB: "Paid work that somebody can apply for.",
    Kind.CPD: "Teachers and other educators learn something for their own work.",
}


def words_for(kind: str, field: str) -> tuple[str, str]:
    """The label and the hint of a field, as this kind of opportunity asks it."""
    return BY_KIND.get((kind, field)) or WORDS[field]
