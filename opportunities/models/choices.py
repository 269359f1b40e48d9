"""What may be chosen in the fields of an opportunity. The values stand in addresses and imports, and stay."""

from django.db import models


class Format(models.TextChoices):
    """How people take part."""

    IN_PERSON = "in_person", "In person"
    ONLINE = "online", "Online"
    HYBRID = "hybrid", "In person and online"


class Place(models.TextChoices):
    """Where it happens."""

    PARTNER_SITE = "partner_site", "At the partner's place"
    YOUR_SCHOOL = "your_school", "At your school"
    OUTDOORS = "outdoors", "Outdoors"
    ONLINE = "online", "Online"


class Availability(models.TextChoices):
    """When it can be had."""

    DATED = "dated", "On set dates"
    ON_REQUEST = "on_request", "On request"
    ALWAYS = "always", "Always open"


class Cost(models.TextChoices):
    """Whether it costs something."""

    FREE = "free", "Free"
    FREE_IF_ELIGIBLE = "free_if_eligible", "Free if eligible"
    PAID = "paid", "Paid"


class CostUnit(models.TextChoices):
    """What the price is for."""

    PUPIL = "pupil", "for each pupil"
    PERSON = "person", "for each person"
    GROUP = "group", "for each group"
    SESSION = "session", "for each session"
    COURSE = "course", "for the course"


class PlacementType(models.TextChoices):
    """How a placement is laid out."""

    BLOCK = "block", "A block of days in a row"
    DAY_RELEASE = "day_release", "One day a week"
    SHADOWING = "shadowing", "Shadowing"
    VIRTUAL = "virtual", "Online"
    T_LEVEL = "t_level", "T Level industry placement"
    SUPPORTED = "supported_internship", "Supported internship"


class Level(models.TextChoices):
    """The level of a qualification."""

    NONE = "none", "No level"
    ENTRY = "entry", "Entry level"
    LEVEL_1 = "1", "Level 1"
    LEVEL_2 = "2", "Level 2"
    LEVEL_3 = "3", "Level 3"
    LEVEL_4 = "4", "Level 4"
    LEVEL_5 = "5", "Level 5"
    LEVEL_6 = "6", "Level 6"
    LEVEL_7 = "7", "Level 7"


class Funded(models.TextChoices):
    """Whether a course or apprenticeship is paid for by public money."""

    YES = "yes", "Funded"
    PARTLY = "partly", "Partly funded"
    NO = "no", "Not funded"


class PayUnit(models.TextChoices):
    """What the pay is for."""

    HOUR = "hour", "an hour"
    WEEK = "week", "a week"
    YEAR = "year", "a year"


class Employment(models.TextChoices):
    """Whether people in work are eligible."""

    ANYONE = "anyone", "Anyone"
    NOT_WORKING = "not_working", "People who are not working"
    WORKING = "working", "People who are working"
    NOT_WORKING_OR_LOW_INCOME = "not_working_or_low_income", "People who are not working, or on a low income"


class Residence(models.TextChoices):
    """Where people must live."""

    ANYWHERE = "anywhere", "Anyone, wherever they live"
    LONDON = "london", "People who live in London"
    BOROUGHS = "boroughs", "People who live in the boroughs named"
