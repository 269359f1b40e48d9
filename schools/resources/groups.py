"""Year groups and classes with their rolls, for one academic year."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from figures.academic_years import AcademicYear
from schools import services
from schools.models import Cohort, Group, School
from taxonomy.models import YEAR_NAMES
from taxonomy.resources import CellError, Column, NumberCell, TableResource, TextCell, longest
from taxonomy.resources.cells import Cell

from .family import UrnCell

LETTERS = {"n": -1, "nursery": -1, "r": 0, "reception": 0}
LARGEST = 5_000

Key = tuple[int | None, int | None]  # URN and year group


class YearGroupCell(Cell):
    """A year group: N or -1, R or 0, 1 to 13."""

    def __init__(self) -> None:
        super().__init__(required=True, empty=None)

    def refuse_formula(self, text: str) -> None:
        """Nursery is -1."""

    def parse(self, text: str) -> Any:
        word = text.lower().removeprefix("year").strip()
        number = LETTERS.get(word, int(word) if word.removeprefix("-").isdecimal() and len(word) < 4 else None)
        if number not in YEAR_NAMES:
            raise CellError("Type a year group from 1 to 13, R for Reception or N for Nursery.")
        return number


@dataclass
class GroupRecord:
    """One attribute for each column."""

    urn: int | None = None
    year_group: int | None = None
    roll: int | None = None
    group: str = ""
    group_roll: int | None = None


class GroupResource(TableResource[GroupRecord, Group | Cohort]):
    """Classes, found again by school, year group and name; a row without a class gives the year group alone."""

    noun = "class"
    record_class = GroupRecord
    labels = ("urn", "year_group", "group")
    columns_of_fields = {"name": "group"}

    urn = Column("urn", UrnCell(), "The number of the school in the register.", "URN")
    year_group = Column("year_group", YearGroupCell(), "1 to 13, R or N.")
    roll = Column(
        "roll", NumberCell(0, LARGEST, required=True), "Pupils in the whole year group; the same on each of its lines."
    )
    group = Column("group", TextCell(longest(Group, "name")), "The name of the class, like 4B.")
    group_roll = Column("group_roll", NumberCell(0, LARGEST), "Pupils in the class.")

    user: User | None

    def __init__(self, *, year: AcademicYear, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.year = year
        self._rolls: dict[Key, tuple[int | None, int]] = {}
        self._classes: dict[Key, dict[str, int]] = {}
        self._lines: dict[tuple[int | None, int | None, str], int] = {}

    @cached_property
    def _cohorts(self) -> dict[Key, Cohort]:
        """The year groups of that academic year, with their classes; grows with the import."""
        of_year = Cohort.objects.filter(academic_year=self.year.start_year)
        cohorts = of_year.select_related("school").prefetch_related("groups__cohort__school")
        return {(cohort.school.urn, cohort.year_group): cohort for cohort in cohorts}

    def find(self, row: Mapping[str, str]) -> Group | Cohort | None:
        """The class, or the year group where the row names no class."""
        cohort = self._cohorts.get((self.value(row, "urn"), self.value(row, "year_group")))
        name = self.text(row, "group")
        if cohort is None or not name:
            return cohort
        return next((group for group in cohort.groups.all() if group.name == name), None)

    def record_of(self, instance: Group | Cohort) -> GroupRecord:
        """What is there."""
        cohort = instance.cohort if isinstance(instance, Group) else instance
        record = GroupRecord(cohort.school.urn, cohort.year_group, cohort.roll)
        if isinstance(instance, Group):
            record.group, record.group_roll = instance.name, instance.roll
        return record

    def duplicate(self, record: GroupRecord) -> str:
        """Looks among the lines above."""
        same = (record.urn, record.year_group, record.group)
        if same in self._lines:
            return f"Line {self._lines[same]} is the same class."
        self._lines[same] = self.row.line
        return ""

    def check(self, record: GroupRecord) -> None:
        """Raises ValidationError if the lines contradict each other, or the classes hold more than the year group."""
        if record.group and record.group_roll is None:
            raise ValidationError({"group_roll": "Say how many pupils the class has."})
        cohort = (record.urn, record.year_group)
        roll, line = self._rolls.setdefault(cohort, (record.roll, self.row.line))
        if roll != record.roll:
            raise ValidationError({"roll": f"Line {line} says {roll} for the same year group. Write the same on both."})
        if record.group:
            classes = self._classes.setdefault(cohort, self._stored_classes(cohort))
            total = sum(classes.values()) - classes.get(record.group, 0) + (record.group_roll or 0)
            if total > (record.roll or 0):
                raise ValidationError(
                    {"group_roll": f"The classes would have {total} pupils, and the year group has {record.roll}."}
                )
            classes[record.group] = record.group_roll or 0

    def write(self, record: GroupRecord) -> Group | Cohort:
        """Saves the year group's roll, then the class."""
        assert record.year_group is not None  # required columns
        assert record.roll is not None
        key = (record.urn, record.year_group)
        cohort = self._cohorts.get(key)
        if cohort is None or cohort.roll != record.roll:
            school = cohort.school if cohort else School.objects.get(urn=record.urn or 0)
            cohort = services.save_cohort(school, self.year, record.year_group, roll=record.roll, user=self.user)
        saved = (
            cohort
            if not record.group
            else services.save_group(cohort, record.group, roll=record.group_roll or 0, user=self.user)
        )
        self._cohorts[key] = cohort  # only now: a class that cannot be saved takes its year group with it
        return saved

    def _stored_classes(self, key: Key) -> dict[str, int]:
        cohort = self._cohorts.get(key)
        return {group.name: group.roll for group in cohort.groups.all()} if cohort else {}
