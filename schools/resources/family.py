"""The Family of Schools: the City's own, with the pupil premium that the register does not publish."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from accounts.models import User
from schools import services
from schools.models import School
from taxonomy.resources import CellError, Column, DateCell, NumberCell, TableResource, TextCell, longest


class UrnCell(NumberCell):
    """The number of a school that is there."""

    def __init__(self) -> None:
        super().__init__(1, 9_999_999, required=True)

    @cached_property
    def _known(self) -> set[int]:
        return set(School.objects.values_list("urn", flat=True))

    def parse(self, text: str) -> int:
        urn = int(super().parse(text))
        if urn not in self._known:
            raise CellError("There is no school with this URN. Import the schools first.")
        return urn


@dataclass
class FamilyRecord:
    """One attribute for each column; shares in per cent of pupils."""

    urn: int | None = None
    pupil_premium_share: Decimal | None = None
    pupil_premium_source: str = ""
    pupil_premium_on: date | None = None
    send_share: Decimal | None = None
    family_of_schools: bool = True


class FamilyResource(TableResource[FamilyRecord, School]):
    """Marks schools as the City's own. Schools that the file does not name stay as they are."""

    noun = "school"
    record_class = FamilyRecord
    labels = ("urn",)

    urn = Column("urn", UrnCell(), "The number of the school in the register.", "URN")
    pupil_premium_share = Column(
        "pupil_premium_share", NumberCell(0, 100, places=1), "Per cent of pupils; empty for independent schools."
    )
    pupil_premium_source = Column(
        "pupil_premium_source", TextCell(longest(School, "pupil_premium_source")), "Where that figure comes from."
    )
    pupil_premium_on = Column("pupil_premium_on", DateCell(), "Of which date it is.", "pupil_premium_date")
    send_share = Column(
        "send_share",
        NumberCell(0, 100, places=1),
        "Per cent of pupils with an education, health and care plan or SEN support.",
    )

    user: User | None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._lines: dict[int | None, int] = {}

    def find(self, row: Mapping[str, str]) -> School | None:
        """By its number."""
        return School.objects.filter(urn=self.value(row, "urn") or 0).first()

    def record_of(self, instance: School) -> FamilyRecord:
        """What is there."""
        return FamilyRecord(**{name: getattr(instance, name) for name in FamilyRecord.__dataclass_fields__})

    def import_instance(self, record: FamilyRecord, row: Mapping[str, str], **kwargs: object) -> None:
        """Being in the file is what makes a school one of the family."""
        super().import_instance(record, row, **kwargs)
        record.family_of_schools = True

    def duplicate(self, record: FamilyRecord) -> str:
        """Looks among the lines above."""
        if record.urn in self._lines:
            return f"Line {self._lines[record.urn]} has the same URN."
        self._lines[record.urn] = self.row.line
        return ""

    def check(self, record: FamilyRecord) -> None:
        """Asks the school's own rules. Raises ValidationError."""
        assert self.instance is not None  # the cell has looked
        for name in FamilyRecord.__dataclass_fields__:
            setattr(self.instance, name, getattr(record, name))
        self.instance.full_clean(exclude=["outward_code"])

    def write(self, record: FamilyRecord) -> School:
        """Saves the school."""
        assert self.instance is not None
        return services.save_school(self.instance, self.user)
