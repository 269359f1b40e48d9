"""A starting list of synonyms. Editors change them in the CMS from here on."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

# The words, what else they mean, and whether it works both ways.
SYNONYMS: list[tuple[str, tuple[str, ...], bool]] = [
    # Work and careers.
    ("CV", ("curriculum vitae", "résumé"), True),
    ("work exp", ("work experience",), True),
    ("WEX", ("work experience", "placement"), False),
    ("work placement", ("work experience", "placement"), False),
    ("internship", ("intern",), True),
    ("apprentice", ("apprenticeship",), True),
    ("IAG", ("information advice and guidance", "careers advice"), True),
    ("careers guidance", ("careers advice",), True),
    ("careers fair", ("jobs fair", "careers event", "careers festival"), True),
    ("job", ("vacancy", "employment"), False),
    ("HR", ("human resources",), True),
    ("interview practice", ("mock interview", "interview skills"), True),
    ("barrister", ("law",), False),
    ("solicitor", ("law",), False),
    ("lawyer", ("law",), False),
    ("doctor", ("medicine", "health"), False),
    ("nurse", ("nursing", "health"), False),
    ("chef", ("cooking", "catering"), False),
    ("builder", ("construction", "building trades"), False),
    ("film making", ("filmmaking",), True),
    ("set design", ("stage design",), True),
    # Subjects and schools.
    ("STEM", ("science technology engineering and mathematics", "science", "engineering"), False),
    ("STEAM", ("science technology engineering art and mathematics",), True),
    ("D&T", ("design and technology", "DT"), True),
    ("PSHE", ("personal social health and economic education",), True),
    ("RSE", ("relationships and sex education",), True),
    ("RE", ("religious education",), True),
    ("PE", ("physical education",), True),
    ("MFL", ("modern foreign languages", "languages"), True),
    ("maths", ("mathematics", "math"), True),
    ("ICT", ("computing", "information technology"), False),
    ("ESOL", ("English for speakers of other languages", "English as a second language"), True),
    ("EAL", ("English as an additional language",), True),
    ("functional skills", ("English and maths", "essential skills"), False),
    ("ESL", ("ESOL",), True),
    ("A&E", ("accident and emergency",), True),
    ("KS1", ("key stage 1",), True),
    ("KS2", ("key stage 2",), True),
    ("KS3", ("key stage 3",), True),
    ("KS4", ("key stage 4",), True),
    ("KS5", ("key stage 5", "sixth form", "16-18"), True),
    ("EYFS", ("early years",), True),
    ("GCSE", ("key stage 4",), False),
    ("DofE", ("Duke of Edinburgh",), True),
    ("EPQ", ("extended project qualification",), True),
    ("NEET", ("not in education employment or training",), True),
    ("CPD", ("continuing professional development", "teacher training", "INSET"), True),
    ("ECT", ("early career teacher", "newly qualified teacher", "NQT"), True),
    ("LOtC", ("learning outside the classroom",), True),
    # Needs and access.
    ("SEN", ("SEND", "special educational needs", "special needs"), True),
    ("autistic", ("autism", "neurodivergent"), True),
    ("BSL", ("British Sign Language", "sign language"), True),
    ("wheelchair", ("step-free",), False),
    ("wheelchair access", ("step-free",), False),
    ("deaf", ("BSL", "hearing loop", "captions"), False),
    # Things to do.
    ("trip", ("visit", "excursion", "school trip"), True),
    ("theatre", ("theater", "drama"), False),
    ("theater", ("theatre",), True),
    ("play", ("theatre", "drama"), False),
    ("poetry", ("poem", "poet"), True),
    ("acting", ("drama", "theatre"), False),
    ("film", ("movie", "cinema"), True),
    ("photo", ("photography",), True),
    ("coding", ("programming", "computer programming"), True),
    ("AI", ("artificial intelligence",), True),
    ("gardening", ("horticulture", "growing"), True),
    ("nature", ("wildlife", "outdoors"), False),
    ("recycling", ("waste",), False),
    ("climate change", ("climate", "environment"), False),
    ("knitting", ("textiles",), False),
    ("sewing", ("textiles", "needlework"), False),
    ("ceramics", ("pottery", "clay"), True),
    ("cookery", ("cooking",), True),
    ("debating", ("debate", "oracy"), False),
    ("public speaking", ("oracy", "presentation"), False),
    ("Black history", ("African and Caribbean history",), False),
    ("WW2", ("Second World War", "world war two"), True),
    ("WW1", ("First World War", "world war one"), True),
    ("Great Fire", ("Great Fire of London",), True),
    ("virtual", ("online", "remote"), True),
    ("webinar", ("online",), False),
    ("no cost", ("free",), False),
    ("holiday club", ("half term", "school holidays"), False),
    ("after school", ("after-school club", "twilight"), False),
    ("email", ("e-mail",), True),
    # Spellings of elsewhere.
    ("center", ("centre",), True),
    ("color", ("colour",), True),
    ("jewelry", ("jewellery",), True),
    ("program", ("programme",), True),
    ("archeology", ("archaeology",), True),
    ("organize", ("organise",), True),
    ("labor", ("labour",), True),
    ("behavior", ("behaviour",), True),
    ("gray", ("grey",), True),
    ("modeling", ("modelling",), True),
]


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    synonym: Any = apps.get_model("search", "Synonym")
    synonym.objects.bulk_create(
        [
            synonym(words=words, equivalents="\n".join(equivalents), both_ways=both_ways)
            for words, equivalents, both_ways in SYNONYMS
        ]
    )


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
