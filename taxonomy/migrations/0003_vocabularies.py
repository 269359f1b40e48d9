"""Fills the controlled vocabularies. Editors change them in the CMS from here on."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

FAMILIES = [
    ("communicating", "Communicating"),
    ("thinking", "Thinking"),
    ("organising", "Organising"),
    ("creating", "Creating and adapting"),
]

SKILLS = [
    (
        "oral-communication",
        "Oral communication and presentation",
        "communicating",
        "Saying what you mean so that others follow it: to one person, a group or an audience.",
    ),
    (
        "written-communication",
        "Written communication",
        "communicating",
        "Putting words on a page or screen so that a reader gets the point and can act on it.",
    ),
    (
        "collaboration",
        "Collaboration and teamwork",
        "communicating",
        "Working with others towards something none could finish alone, and taking turns to lead.",
    ),
    (
        "problem-solving",
        "Problem solving",
        "thinking",
        "Finding out what is wrong, trying ways to mend it, and choosing the one that works.",
    ),
    (
        "critical-thinking",
        "Critical thinking",
        "thinking",
        "Asking who says so, how they know, and what speaks against it, before you decide.",
    ),
    (
        "analysis",
        "Analysis and evaluation",
        "thinking",
        "Taking something apart to see how it works, and judging how well it does.",
    ),
    (
        "organisation",
        "Organisational skills",
        "organising",
        "Planning time, tools and steps so that the right thing happens in the right order.",
    ),
    ("initiative", "Initiative", "organising", "Seeing what needs doing and starting on it without being told."),
    (
        "independence",
        "Independent working and autonomy",
        "organising",
        "Carrying a piece of work through by yourself, and knowing when to ask.",
    ),
    ("creativity", "Creativity", "creating", "Having ideas of your own, making something of them, and improving it."),
    (
        "adaptability",
        "Adaptability and flexibility",
        "creating",
        "Changing the plan when things turn out differently, and staying useful.",
    ),
    ("resilience", "Resilience", "creating", "Carrying on after a setback, and learning from it for the next try."),
]

# slug, name, definition, ages, years, includes people under 18
AUDIENCES = [
    ("early-years", "Early years", "Nursery and Reception.", (2, 5), (-1, 0), True),
    ("ks1", "KS1", "Key stage 1: Years 1 and 2.", (5, 7), (1, 2), True),
    ("ks2", "KS2", "Key stage 2: Years 3 to 6.", (7, 11), (3, 6), True),
    ("ks3", "KS3", "Key stage 3: Years 7 to 9.", (11, 14), (7, 9), True),
    ("ks4", "KS4", "Key stage 4: Years 10 and 11.", (14, 16), (10, 11), True),
    ("16-18", "16 to 18", "Sixth forms, colleges and training: Years 12 and 13.", (16, 18), (12, 13), True),
    ("adults", "Adults 18+", "People over 18 who are not in full-time school.", (18, None), (None, None), False),
    (
        "send",
        "SEND settings",
        "Special schools, resourced provision and other settings for pupils with special educational needs and disabilities.",
        (None, None),
        (None, None),
        True,
    ),
    (
        "families",
        "Families",
        "Children together with the adults who look after them.",
        (None, None),
        (None, None),
        True,
    ),
    (
        "educators",
        "Educators",
        "Teachers, teaching assistants, school leaders and other educators.",
        (18, None),
        (None, None),
        False,
    ),
]

SECTORS = [
    ("construction-engineering", "Construction and engineering"),
    ("creative-design", "Creative and design"),
    ("environment-green-work", "Environment and green work"),
    ("fashion-textiles", "Fashion and textiles"),
    ("finance-insurance", "Finance and insurance"),
    ("food-hospitality", "Food and hospitality"),
    ("health-care", "Health and care"),
    ("heritage-museums", "Heritage and museums"),
    ("law", "Law"),
    ("media-publishing", "Media and publishing"),
    ("performing-arts", "Performing arts"),
    ("public-service", "Public service"),
    ("science-laboratories", "Science and laboratories"),
    ("sport-leisure", "Sport and leisure"),
    ("technology-data", "Technology and data"),
    ("transport-logistics", "Transport and logistics"),
]

THEMES = [
    (
        "environment-outdoor",
        "Environment and outdoors",
        "Learning outside, and about the living world and the climate.",
    ),
    ("wellbeing", "Wellbeing", "Feeling well in body and mind, and knowing what helps."),
    ("oracy", "Oracy", "Learning to talk well, and learning through talk."),
    ("youth-voice", "Youth voice", "Young people shape what happens, and are heard."),
    ("families", "Families together", "Children and the adults who look after them take part together."),
    ("london-history", "London’s history", "How the city and its people came to be."),
    ("digital-skills", "Digital skills", "Using, making and questioning technology."),
    ("money-enterprise", "Money and enterprise", "How money works, and how to start something of your own."),
    ("reading-stories", "Reading and stories", "Books, storytelling, poems and plays."),
    ("world-cultures", "Cultures of the world", "Languages, faiths and traditions of London’s communities."),
]

SUBJECTS = [
    ("art-design", "Art and design"),
    ("business-economics", "Business and economics"),
    ("citizenship", "Citizenship"),
    ("computing", "Computing"),
    ("dance", "Dance"),
    ("design-technology", "Design and technology"),
    ("drama", "Drama"),
    ("english", "English"),
    ("esol", "English for speakers of other languages (ESOL)"),
    ("essential-skills", "Essential skills: everyday English, maths and digital"),
    ("food-nutrition", "Food and nutrition"),
    ("geography", "Geography"),
    ("history", "History"),
    ("languages", "Languages"),
    ("mathematics", "Mathematics"),
    ("media-studies", "Media studies"),
    ("music", "Music"),
    ("physical-education", "Physical education"),
    ("pshe", "Personal, social, health and economic education (PSHE)"),
    ("religious-education", "Religious education"),
    ("science", "Science"),
]

RECOGNITIONS = [
    (
        "lotc-quality-badge",
        "LOtC Quality Badge",
        "Learning outside the classroom: good teaching and managed risk, checked by the sector.",
    ),
    ("arts-award", "Arts Award", "Supports young people to gain this national arts qualification."),
    ("artsmark", "Artsmark", "Helps schools towards this award for arts and culture."),
    ("disability-confident", "Disability Confident", "Has signed up to employ and keep disabled people."),
    ("living-wage", "Living Wage", "Pays everybody at least the real Living Wage."),
    ("matrix", "matrix Standard", "Gives information, advice and guidance of a checked quality."),
]

ACCESS = [
    ("step-free", "Step-free", "Not step-free", "No steps from the street to every room used."),
    ("accessible-toilet", "Accessible toilet", "No accessible toilet", "A toilet that a wheelchair fits."),
    (
        "changing-place",
        "Changing Places toilet",
        "No Changing Places toilet",
        "A toilet with a hoist and an adult-sized bench.",
    ),
    (
        "blue-badge-parking",
        "Blue Badge parking",
        "No Blue Badge parking",
        "A parking space for Blue Badge holders, near the door.",
    ),
    ("hearing-loop", "Hearing loop", "No hearing loop", "Sends sound straight to hearing aids."),
    ("bsl", "British Sign Language", "No British Sign Language", "Interpreted or led in BSL, always or when asked."),
    ("captions", "Live captions", "No captions", "What is said appears as text."),
    ("large-print", "Large print", "No large print", "Handouts and labels in 18 point or more."),
    ("quiet-room", "Quiet room", "No quiet room", "A calm place to go to at any time."),
    (
        "relaxed-session",
        "Relaxed session",
        "No relaxed session",
        "A session with lower light and sound, where moving about is fine.",
    ),
    (
        "seated-height",
        "Worktops at seated height",
        "No worktops at seated height",
        "Everything can be done sitting down.",
    ),
    ("sensory-kit", "Sensory kit", "No sensory kit", "Ear defenders and things to hold."),
    ("low-noise", "Quiet throughout", "Loud at times", "No loud machines or sudden sounds."),
    ("scent-free", "No strong smells", "Strong smells", "No ink, paint, glue or cooking smells."),
]


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    def model(name: str) -> Any:
        return apps.get_model("taxonomy", name)

    families = {
        slug: model("SkillFamily").objects.create(slug=slug, name=name, order=order)
        for order, (slug, name) in enumerate(FAMILIES, 1)
    }
    for order, (slug, name, family, definition) in enumerate(SKILLS, 1):
        model("FusionSkill").objects.create(
            slug=slug, name=name, family=families[family], definition=definition, order=order
        )
    for order, (slug, name, definition, ages, years, under_18) in enumerate(AUDIENCES, 1):
        model("Audience").objects.create(
            slug=slug,
            name=name,
            definition=definition,
            order=order,
            under_18=under_18,
            age_from=ages[0],
            age_to=ages[1],
            year_from=years[0],
            year_to=years[1],
        )
    for vocabulary, terms in (("Sector", SECTORS), ("Subject", SUBJECTS)):
        for order, (slug, name) in enumerate(terms, 1):
            model(vocabulary).objects.create(slug=slug, name=name, order=order)
    for vocabulary, terms in (("Theme", THEMES), ("Recognition", RECOGNITIONS)):
        for order, (slug, name, definition) in enumerate(terms, 1):
            model(vocabulary).objects.create(slug=slug, name=name, definition=definition, order=order)
    for order, (slug, name, absent, definition) in enumerate(ACCESS, 1):
        model("AccessFeature").objects.create(slug=slug, name=name, absent=absent, definition=definition, order=order)


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0002_places")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
