"""What people call the choices of facets, beside their own names."""

from collections.abc import Mapping

from search.text import analyse

#: Words for kinds. Some stand for several.
KIND_WORDS: Mapping[str, tuple[str, ...]] = {
    "visit": (
        "visit", "trip", "school trip", "day out", "days out", "excursion", "outing", "workshop", "gallery visit",
        "museum visit", "tour", "things to do", "places to go", "places to visit", "somewhere to go", "somewhere to take",
    ),
    "outdoor": (
        "outdoor learning", "forest school", "environmental learning", "nature walk", "outdoors", "outdoor", "trip",
        "school trip", "field trip", "fieldwork", "day out", "days out", "excursion", "outing", "things to do", "places to go",
        "places to visit", "somewhere to go", "somewhere to take",
    ),
    "placement": (
        "work experience", "placement", "work placement", "industry placement", "work shadowing", "job shadowing",
        "t level placement", "supported internship", "work exp", "wex",
    ),
    "workplace": (
        "workplace visit", "office visit", "site visit", "company visit", "insight day", "workplace tour", "employer visit",
    ),
    "internship": ("internship", "intern"),
    "apprenticeship": ("apprenticeship", "apprentice", "degree apprenticeship", "earn while you learn"),
    "talk": (
        "careers talk", "talk", "speaker", "guest speaker", "careers fair", "careers event", "assembly", "careers day",
        "webinar",
    ),
    "mentoring": ("mentoring", "mentor", "coaching", "coach"),
    # A class may be pupils, and a lesson theirs.
    "course": (
        "course", "training", "training course", "evening class", "night class", "night school", "qualification",
        "adult education",
    ),
    "volunteering": ("volunteering", "volunteer", "voluntary work"),
    "job": ("job", "vacancy", "paid work", "employment"),
    "cpd": (
        "cpd", "teacher cpd", "inset", "inset day", "teacher training", "professional development", "staff training",
        "training for teachers", "training for staff", "course for teachers", "twilight",
    ),
}  # fmt: skip

#: Forms that people name loosely: where anything else is asked for, these lift their kinds and need not be there.
LOOSE_FORMS = frozenset(
    stem
    for word in ("workshop", "session", "class", "lesson", "course", "training", "trip", "outing", "excursion")
    for stem in analyse(word)
)

#: Words for fusion skills.
SKILL_WORDS: Mapping[str, tuple[str, ...]] = {
    "oral-communication": (
        "oral communication", "public speaking", "presentation skills", "presenting", "oracy", "speaking",
        "speaking and listening", "communication skills", "confidence",
    ),
    "collaboration": ("collaboration", "teamwork", "team work", "working together", "team building", "working in a team"),
    "initiative": ("initiative", "taking the lead", "leadership"),
    "problem-solving": ("problem solving", "solving problems"),
    "organisation": ("organisational skills", "organisation", "time management"),
    "adaptability": ("adaptability", "flexibility", "adapting"),
    "written-communication": ("written communication", "writing skills", "writing"),
    "independence": ("independent working", "autonomy", "independence", "working alone", "independent"),
    "critical-thinking": ("critical thinking", "thinking critically"),
    "resilience": ("resilience", "perseverance", "grit", "resilient"),
    "creativity": ("creativity", "creative thinking", "creative"),
    "analysis": ("analysis and evaluation", "analysis", "evaluation", "analytical skills", "analytical"),
}  # fmt: skip

_SCIENCES = ("STEM", "STEAM")
#: Words for choices of other facets, by the field that holds them. A choice that is not named here lifts nothing: "paid"
#: before an internship is not what it costs, and stages are years.
OTHER_WORDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "subject": {
        "art-design": ("art", "fine art", "drawing", "painting"),
        "business-economics": ("business", "economics", "enterprise"),
        "citizenship": (),
        "computing": ("ICT", "computer science", "coding", "programming", *_SCIENCES),
        "dance": (),
        "design-technology": ("D&T", "DT", "design technology", "food tech", *_SCIENCES),
        "drama": (),
        "english": ("literacy", "creative writing"),
        "esol": ("ESOL", "EAL", "English lessons", "English classes", "learn English", "English as a second language"),
        "essential-skills": ("essential skills", "functional skills", "basic skills", "numeracy"),
        "food-nutrition": ("food", "cookery", "cooking", "food technology", "nutrition"),
        "geography": (),
        "history": (),
        "languages": ("MFL", "modern foreign languages"),
        "mathematics": ("maths", "numeracy", *_SCIENCES),
        "media-studies": ("media", "film studies", "film"),
        "music": (),
        "physical-education": ("PE", "sport", "sports"),
        "pshe": ("PSHE", "RSHE", "personal development"),
        "religious-education": ("RE", "religion"),
        "science": ("biology", "chemistry", "physics", *_SCIENCES),
    },
    "audience": {
        "send": (
            "SEN", "SEND", "special needs", "special educational needs", "special school", "complex needs",
            "additional needs", "autistic", "autism", "learning difficulties", "EHCP",
        ),
        "families": ("family", "parents", "families with children"),
        "adults": ("adult", "adult learners", "grown ups"),
        "educators": ("teacher", "for teachers"),
    },
    "sector": {
        "construction-engineering": ("construction", "engineering", "building trades"),
        "environment-green-work": ("green jobs", "green careers"),
        "fashion-textiles": ("fashion", "textiles"),
        "finance-insurance": ("finance", "insurance", "banking", "accountancy", "accountant"),
        "food-hospitality": ("catering", "chef"),
        "health-care": ("healthcare", "nursing", "nurse", "NHS", "social care", "care work", "medicine"),
        "law": ("legal", "lawyer", "barrister", "solicitor"),
        "science-laboratories": ("laboratory", "scientist"),
        "technology-data": ("technology", "software"),
        "transport-logistics": ("transport", "logistics"),
    },
    "strand": {"careers": ("careers education",)},
    "cost": {"free": ("free of charge", "no cost", "no charge", "for nothing")},
    "place": {
        "your_school": ("in school", "into school", "our school", "our classroom", "come to us"),
        "outdoors": ("outside", "outdoor", "open air"),
        "online": ("virtual", "remote", "remotely", "from home", "webinar"),
    },
    "access": {
        "step-free": ("wheelchair", "wheelchair accessible", "wheelchair access", "disabled access", "accessible"),
        "bsl": ("BSL", "sign language", "BSL interpreter", "signed", "deaf"),
        "captions": ("captions", "subtitles", "deaf"),
        "hearing-loop": ("hearing loop", "hard of hearing"),
        "quiet-room": ("quiet", "calm"),
        "relaxed-session": ("relaxed", "relaxed performance"),
        "sensory-kit": ("sensory",),
        "changing-place": ("changing places", "hoist"),
    },
}  # fmt: skip
