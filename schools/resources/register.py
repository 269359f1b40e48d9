"""Schools as the national register of schools publishes them, in its own column names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from accounts.models import User
from schools import services
from schools.models import School
from taxonomy.postcodes import parse_postcode
from taxonomy.resources import CellError, Column, NumberCell, PhoneCell, TableResource, TextCell, WebsiteCell, longest
from taxonomy.resources.cells import Cell, fold
from taxonomy.validators import validate_full_postcode

# Words in the register's type of establishment -> our kind. The first that is found counts.
KINDS: tuple[tuple[str, School.Kind], ...] = (
    ("special", School.Kind.SPECIAL),
    ("pupil referral", School.Kind.ALTERNATIVE),
    ("alternative provision", School.Kind.ALTERNATIVE),
    ("16 to 19", School.Kind.COLLEGE),
    ("16 19", School.Kind.COLLEGE),
    ("post 16", School.Kind.COLLEGE),
    ("sixth form", School.Kind.COLLEGE),
    ("further education", School.Kind.COLLEGE),
    ("independent", School.Kind.INDEPENDENT),
    ("free school", School.Kind.FREE),
    ("studio school", School.Kind.FREE),
    ("academy", School.Kind.ACADEMY),
    ("technical college", School.Kind.ACADEMY),
    ("technology college", School.Kind.ACADEMY),
    ("community school", School.Kind.COMMUNITY),
    ("foundation school", School.Kind.COMMUNITY),
    ("voluntary", School.Kind.COMMUNITY),
    ("local authority nursery", School.Kind.COMMUNITY),
)

PHASES: Mapping[str, School.Phase] = {
    "nursery": School.Phase.NURSERY,
    "primary": School.Phase.PRIMARY,
    "middle deemed primary": School.Phase.PRIMARY,
    "secondary": School.Phase.SECONDARY,
    "middle deemed secondary": School.Phase.SECONDARY,
    "all through": School.Phase.ALL_THROUGH,
    "16 plus": School.Phase.SIXTEEN_PLUS,
    "not applicable": School.Phase.OTHER,
}

STATUSES: Mapping[str, bool] = {
    "open": True,
    "open, but proposed to close": True,
    "closed": False,
    "proposed to open": False,
}


class KindCell(Cell):
    """The register's type of establishment, as one of our kinds."""

    def parse(self, text: str) -> Any:
        found = next((kind for words, kind in KINDS if words in fold(text)), None)
        if found is None:
            raise CellError("This type of establishment is not kept here. Leave the row out.")
        return found.value


class WordCell(Cell):
    """One of the register's words, as what it means here."""

    def __init__(self, words: Mapping[str, Any], *, required: bool = False, empty: Any = "") -> None:
        super().__init__(required=required, empty=empty)
        self.words = {fold(word): value for word, value in words.items()}

    def parse(self, text: str) -> Any:
        if fold(text) not in self.words:
            raise CellError(f"Type one of: {', '.join(word.capitalize() for word in self.words)}.")
        return self.words[fold(text)]


class PostcodeCell(Cell):
    """A full postcode."""

    def parse(self, text: str) -> Any:
        try:
            validate_full_postcode(text)
        except ValidationError as error:
            raise CellError(error.messages[0]) from error
        return str(parse_postcode(text))


class RegisterPhoneCell(PhoneCell):
    """A telephone number, whose first 0 a spreadsheet may have eaten."""

    def parse(self, text: str) -> str:
        digits = text.replace(" ", "")
        return super().parse(f"0{text}" if len(digits) == 10 and digits.isdigit() and digits[0] in "1237" else text)


@dataclass
class SchoolRecord:
    """One attribute for each column that is kept."""

    urn: int | None = None
    name: str = ""
    kind: str = ""
    phase: str = School.Phase.OTHER.value
    age_from: int | None = None
    age_to: int | None = None
    postcode: str = ""
    website: str = ""
    telephone: str = ""
    open: bool = True


class SchoolResource(TableResource[SchoolRecord, School]):
    """Schools, found again by their number in the register."""

    noun = "school"
    record_class = SchoolRecord
    labels = ("urn", "name")

    urn = Column("urn", NumberCell(1, 9_999_999, required=True), "Its number in the register.", "URN")
    name = Column("name", TextCell(longest(School, "name"), required=True), "Its name.", "EstablishmentName")
    kind = Column(
        "kind", KindCell(required=True), "Its type, from which its kind follows.", "TypeOfEstablishment (name)"
    )
    phase = Column("phase", WordCell(PHASES, empty="other"), "Its phase.", "PhaseOfEducation (name)")
    age_from = Column("age_from", NumberCell(0, 25), "Its lowest age.", "StatutoryLowAge")
    age_to = Column("age_to", NumberCell(0, 99), "Its highest age.", "StatutoryHighAge")
    postcode = Column("postcode", PostcodeCell(required=True), "Its postcode.", "Postcode")
    website = Column("website", WebsiteCell(), "Its website.", "SchoolWebsite")
    telephone = Column("telephone", RegisterPhoneCell(), "Its telephone number.", "TelephoneNum")
    open = Column(
        "open",
        WordCell(STATUSES, empty=True),
        "Whether it is open; a closed one is not added.",
        "EstablishmentStatus (name)",
    )

    user: User | None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._lines: dict[int | None, int] = {}

    def find(self, row: Mapping[str, str]) -> School | None:
        """By its number."""
        return School.objects.filter(urn=self.value(row, "urn") or 0).first()

    def record_of(self, instance: School) -> SchoolRecord:
        """What is there."""
        return SchoolRecord(**{name: getattr(instance, name) for name in self.fields})

    def duplicate(self, record: SchoolRecord) -> str:
        """Looks among the lines above."""
        if record.urn in self._lines:
            return f"Line {self._lines[record.urn]} has the same URN."
        self._lines[record.urn] = self.row.line
        return ""

    def check(self, record: SchoolRecord) -> None:
        """Asks the school's own rules. Raises ValidationError."""
        if self.instance is None and not record.open:
            raise ValidationError({"open": "It is not open, so it is not added."})
        self._school = self.instance or School()
        for name in self.fields:
            setattr(self._school, name, getattr(record, name))
        if self.dry_run:
            self._school.full_clean(exclude=["outward_code"])  # else saving it does

    def write(self, record: SchoolRecord) -> School:
        """Saves the school."""
        return services.save_school(self._school, self.user)
