"""A small frozen vocabulary: understanding needs no database."""

from search.gazetteer import Gazetteer
from search.query import YearSpan
from search.text import plain_words
from search.understanding import Lexicon, NamedPlace, Vocabulary
from search.understanding.facet_words import KIND_WORDS, OTHER_WORDS, SKILL_WORDS
from search.understanding.kinds import keyed
from search.understanding.synonyms import mapped

WORDS = (
    "theatre workshop workshops printmaking careers museum hackney pottery drama science engineering apprenticeship "
    "apprenticeships course climate film make letterpress receive creative hackney building "
    "feeling chef screen printing much tube caring catering"
)
PLACES = {
    "Walthamstow": ("", "E17"),
    "Bethnal Green": ("", "E2"),
    "Hackney": ("hackney", "E8"),
    "Tower Hamlets": ("tower-hamlets", ""),
}
MIDDLES = {
    "EC2Y": (51.5202, -0.0932),
    "EC2A": (51.5235, -0.0830),
    "EC1A": (51.5187, -0.1009),
    "E2": (51.5298, -0.0608),
    "E8": (51.5438, -0.0641),
    "E17": (51.5862, -0.0186),
    "L3": (53.4084, -2.9916),
}

VOCABULARY = Vocabulary(
    lexicon=Lexicon(dict.fromkeys(WORDS.split(), 5)),
    gazetteer=Gazetteer(MIDDLES),
    places={
        tuple(plain_words(name)): NamedPlace(name, (borough,) if borough else (), outcode)
        for name, (borough, outcode) in PLACES.items()
    },
    stages={
        "early-years": YearSpan(-1, 0),
        "ks1": YearSpan(1, 2),
        "ks2": YearSpan(3, 6),
        "ks3": YearSpan(7, 9),
        "ks4": YearSpan(10, 11),
        "16-18": YearSpan(12, 13),
    },
    kinds=keyed(
        KIND_WORDS,
        {
            "visit": "Cultural visit or workshop",
            "outdoor": "Outdoor and environmental learning",
            "placement": "Work experience placement",
            "course": "Course or training",
        },
    ),
    skills=keyed(SKILL_WORDS, {"collaboration": "Collaboration and teamwork", "creativity": "Creativity"}),
    others={
        "cost": keyed(OTHER_WORDS["cost"], {"free": "Free"}),
        "subject": keyed(OTHER_WORDS["subject"], {"science": "Science", "mathematics": "Mathematics"}),
    },
    synonyms=mapped(
        [
            ("theater", ["theatre"], True),
            ("CV", ["curriculum vitae", "résumé"], True),
            ("D&T", ["design and technology"], True),
            ("barrister", ["law"], False),
            ("KS3", ["third stage"], True),
            ("drama club", ["acting"], False),
            ("novice", ["no experience", "newcomer"], False),
            ("maths", ["mathematics", "math"], True),
        ]
    ),
)
