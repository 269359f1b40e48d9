"""Schools, their year groups and classes, and their terms."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from figures.academic_years import AcademicYear
from taxonomy.models import YEAR_CHOICES, Borough, OutwardCode
from taxonomy.selectors import find_outward_code
from taxonomy.validators import validate_full_postcode

PERCENT = [MinValueValidator(0), MaxValueValidator(100)]


class School(models.Model):
    """A school, as the national register knows it, with what Find Fusion adds."""

    class Phase(models.TextChoices):
        NURSERY = "nursery", "Nursery"
        PRIMARY = "primary", "Primary"
        SECONDARY = "secondary", "Secondary"
        ALL_THROUGH = "all_through", "All-through"
        SIXTEEN_PLUS = "16_plus", "16 plus"
        OTHER = "other", "Not applicable"

    class Kind(models.TextChoices):
        COMMUNITY = "community", "Maintained school"
        ACADEMY = "academy", "Academy"
        FREE = "free", "Free school"
        SPECIAL = "special", "Special school"
        ALTERNATIVE = "alternative", "Alternative provision"
        INDEPENDENT = "independent", "Independent school"
        COLLEGE = "college", "Sixth form or college"

    urn = models.PositiveIntegerField("URN", unique=True, help_text="Its number in the national register.")
    name = models.CharField(max_length=150)
    phase = models.CharField(max_length=20, choices=Phase)
    kind = models.CharField(max_length=20, choices=Kind)
    family_of_schools = models.BooleanField("Family of Schools", default=False, help_text="One of the City's own.")
    postcode = models.CharField(max_length=8, validators=[validate_full_postcode])
    outward_code = models.ForeignKey(OutwardCode, on_delete=models.PROTECT, editable=False, related_name="schools")
    age_from = models.PositiveSmallIntegerField(null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(null=True, blank=True)
    website = models.URLField(blank=True)
    telephone = models.CharField(max_length=20, blank=True)
    pupil_premium_share = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=PERCENT,
        help_text="Per cent of pupils. Leave empty where it does not apply, as in independent schools.",
    )
    pupil_premium_source = models.CharField(max_length=120, blank=True)
    pupil_premium_on = models.DateField("pupil premium date", null=True, blank=True)
    send_share = models.DecimalField(
        "SEND share",
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=PERCENT,
        help_text="Per cent of pupils with an education, health and care plan or SEN support.",
    )
    office_email = models.EmailField(
        "e-mail address of the office",
        max_length=254,
        blank=True,
        help_text="As the school publishes it. The office is asked there whether somebody works at the school: "
        "never type an address that an applicant gave.",
    )
    office_email_source = models.CharField(
        "where the school publishes it",
        max_length=200,
        blank=True,
        help_text="The page, and the day on which you read it.",
    )
    open = models.BooleanField(default=True, help_text="Untick when the school has closed.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """Raises ValidationError if ages are the wrong way round, or a share of pupils lacks its source and date."""
        super().clean()
        if self.age_from is not None and self.age_to is not None and self.age_to < self.age_from:
            raise ValidationError({"age_to": "The highest age is below the lowest. Swap them."})
        if self.office_email and not self.office_email_source.strip():
            raise ValidationError(
                {"office_email_source": "Say where the school publishes this address, and when you read it."}
            )
        if self.pupil_premium_share is None:
            return
        if self.kind == self.Kind.INDEPENDENT:
            raise ValidationError(
                {"pupil_premium_share": "Leave this empty: it does not apply to independent schools."}
            )
        if not self.pupil_premium_source or not self.pupil_premium_on:
            raise ValidationError(
                {"pupil_premium_source": "Say where the pupil premium share comes from, and of which date it is."}
            )

    def save(self, *args: object, **kwargs: object) -> None:
        """Places the school by the outward code of its postcode. Raises ValidationError if there is none."""
        self.outward_code = find_outward_code(self.postcode)
        super().save(*args, **kwargs)  # type: ignore[arg-type]


class TermPeriod(models.Model):
    """Days on which schools are open: of one school, else of its borough, else of all London."""

    academic_year = models.PositiveSmallIntegerField(help_text="The year in which it starts: 2026 is 2026/27.")
    name = models.CharField(max_length=40, help_text="For example Autumn, first half.")
    starts = models.DateField()
    ends = models.DateField()
    borough = models.ForeignKey(Borough, null=True, blank=True, on_delete=models.CASCADE, related_name="term_periods")
    school = models.ForeignKey(School, null=True, blank=True, on_delete=models.CASCADE, related_name="term_periods")

    class Meta:
        ordering = ["starts"]
        constraints = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="term_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(borough=None) | Q(school=None), name="term_of_borough_or_school"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {AcademicYear(self.academic_year)}"

    def clean(self) -> None:
        """Raises ValidationError if it ends before it starts, lies outside its year, or is of two owners."""
        super().clean()
        if self.starts and self.ends and self.ends < self.starts:
            raise ValidationError({"ends": "It ends before it starts. Check both dates."})
        if self.borough_id and self.school_id:
            raise ValidationError({"school": "Choose a borough or a school, not both."})
        if self.academic_year and self.starts and self.ends:
            year = AcademicYear(self.academic_year)
            if self.starts not in year or self.ends not in year:
                raise ValidationError({"academic_year": f"The dates lie outside {year}. Check the year and the dates."})


class Cohort(models.Model):
    """A school's year group in an academic year."""

    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="cohorts")
    academic_year = models.PositiveSmallIntegerField(help_text="The year in which it starts: 2026 is 2026/27.")
    year_group = models.SmallIntegerField(choices=YEAR_CHOICES)
    roll = models.PositiveIntegerField(help_text="Pupils on roll, from the October census.")

    class Meta:
        ordering = ["school", "-academic_year", "year_group"]
        constraints = [
            models.UniqueConstraint(fields=["school", "academic_year", "year_group"], name="one_cohort_a_year_group")
        ]

    def __str__(self) -> str:
        return f"{self.get_year_group_display()}, {self.school}, {AcademicYear(self.academic_year)}"

    def clean(self) -> None:
        """Raises ValidationError if its classes hold more pupils than the roll."""
        super().clean()
        if self.pk is None or self.roll is None:
            return
        in_classes = self.groups.aggregate(models.Sum("roll"))["roll__sum"] or 0
        if self.roll < in_classes:
            raise ValidationError(
                {"roll": f"Its classes have {in_classes} pupils together. Type {in_classes} or more."}
            )


class Group(models.Model):
    """A class within a cohort. Classes do not overlap, so their rolls add up to the cohort's at most."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=40, help_text="For example 4B.")
    roll = models.PositiveIntegerField()

    class Meta:
        ordering = ["cohort", "name"]
        constraints = [models.UniqueConstraint(fields=["cohort", "name"], name="one_group_a_name")]

    def __str__(self) -> str:
        return f"{self.name}, {self.cohort}"

    def clean(self) -> None:
        """Raises ValidationError if the classes would hold more pupils than the year group."""
        super().clean()
        if self.cohort_id is None or self.roll is None:
            return
        others = self.cohort.groups.exclude(pk=self.pk).aggregate(models.Sum("roll"))["roll__sum"] or 0
        most = max(self.cohort.roll - others, 0)
        if self.roll > most:
            raise ValidationError(
                {
                    "roll": f"The year group has {self.cohort.roll} pupils, {others} of them in other classes. "
                    f"Type {most} or fewer."
                }
            )
