"""The kinds of opportunity, the strand of each, and what each must say."""

from django.db import models


class Strand(models.TextChoices):
    """The five strands of the offer."""

    CULTURAL = "cultural", "Culture"
    WORK = "work", "Work-related"
    CAREERS = "careers", "Careers"
    ADULT = "adult", "Adult skills"
    EDUCATOR = "educator", "For educators"


class Kind(models.TextChoices):
    """What an opportunity is. Values stand in addresses and imports: they stay."""

    VISIT = "visit", "Cultural visit or workshop"
    OUTDOOR = "outdoor", "Outdoor and environmental learning"
    PLACEMENT = "placement", "Work experience placement"
    WORKPLACE = "workplace", "Workplace visit"
    INTERNSHIP = "internship", "Internship"
    APPRENTICESHIP = "apprenticeship", "Apprenticeship"
    TALK = "talk", "Careers talk or event"
    MENTORING = "mentoring", "Mentoring"
    COURSE = "course", "Course or training"
    VOLUNTEERING = "volunteering", "Volunteering"
    JOB = "job", "Job"
    CPD = "cpd", "Teacher CPD"


STRAND_OF: dict[str, Strand] = {
    Kind.VISIT: Strand.CULTURAL,
    Kind.OUTDOOR: Strand.CULTURAL,
    Kind.PLACEMENT: Strand.WORK,
    Kind.WORKPLACE: Strand.WORK,
    Kind.INTERNSHIP: Strand.WORK,
    Kind.APPRENTICESHIP: Strand.WORK,
    Kind.TALK: Strand.CAREERS,
    Kind.MENTORING: Strand.CAREERS,
    Kind.COURSE: Strand.ADULT,
    Kind.VOLUNTEERING: Strand.ADULT,
    Kind.JOB: Strand.ADULT,
    Kind.CPD: Strand.EDUCATOR,
}

# Kinds in which somebody works beside adults, so that the three safeguarding questions must be answered.
ASKED_SAFEGUARDING = frozenset(
    {Kind.PLACEMENT, Kind.INTERNSHIP, Kind.APPRENTICESHIP, Kind.MENTORING, Kind.VOLUNTEERING, Kind.JOB}
)

# Placements are for Year 10 and above; younger pupils get workplace visits.
PLACEMENT_FROM_YEAR = 10

# Where an opportunity of these kinds names its own application contact, it is the organisation's, not a person's.
APPLIED_FOR = frozenset({Kind.APPRENTICESHIP, Kind.JOB, Kind.COURSE, Kind.INTERNSHIP})
