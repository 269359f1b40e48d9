"""The cells of an opportunity's row that name other things or hold several lines."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from opportunities.models import Opportunity, OpportunityAccess, OpportunitySkill, TimetableItem
from partners.models import Partner
from taxonomy.models import AccessFeature, Borough, FusionSkill
from taxonomy.resources import CellError, LinesCell, NamesCell, TermCell, TextCell, find_term, longest
from taxonomy.resources.cells import Cell, fold
from taxonomy.resources.lists import gather, split
from taxonomy.selectors import find_outward_code

from .record import TIMES, AccessLine, Residence, SkillLine, TimetableLine


class PartnerCell(Cell):
    """A partner, by its reference or its exact name; its value is the id."""

    def __init__(self, *, required: bool = False) -> None:
        super().__init__(required=required, empty=None)

    @cached_property
    def _known(self) -> tuple[dict[str, int], dict[str, list[int]]]:
        by_reference: dict[str, int] = {}
        by_name: dict[str, list[int]] = {}
        for pk, reference, name in Partner.objects.values_list("pk", "reference", "name"):
            by_name.setdefault(fold(name), []).append(pk)
            if reference:
                by_reference[reference] = pk
        return by_reference, by_name

    def parse(self, text: str) -> Any:
        return self.find(" ".join(text.split()))

    def find(self, text: str) -> int:
        """The id of the partner. Raises CellError."""
        by_reference, by_name = self._known
        if text in by_reference:
            return by_reference[text]
        named = by_name.get(fold(text), [])
        if len(named) > 1:
            raise CellError("Several partners have this name. Give the reference of the one that is meant.", text)
        if not named:
            raise CellError("There is no partner with this reference or name. Import the partners first.", text)
        return named[0]


class PartnersCell(PartnerCell):
    """Several partners, with semicolons between them."""

    def __init__(self) -> None:
        super().__init__()
        self.empty = ()

    def parse(self, text: str) -> tuple[int, ...]:
        return gather(split(text), self.find)


class NamedCell(Cell):
    """One row of a model that has slug and name; its value is the id."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(empty=None)
        self.model = model

    @cached_property
    def _known(self) -> dict[str, int]:
        rows = self.model._default_manager.values_list("pk", "slug", "name")
        return {fold(word): pk for pk, slug, name in rows for word in (slug, name)}

    def parse(self, text: str) -> Any:
        return find_term(text, self._known, str(self.model._meta.verbose_name))


class OutwardCodeCell(Cell):
    """The first half of a postcode that exists."""

    def __init__(self) -> None:
        super().__init__(empty=None)

    def parse(self, text: str) -> Any:
        try:
            return find_outward_code(text).code
        except ValidationError as error:
            raise CellError(error.messages[0]) from error


class TimesCell(NamesCell):
    """Any of daytime, evening, weekend; always in this order."""

    def parse(self, text: str) -> tuple[str, ...]:
        named = super().parse(text)
        return tuple(name for name in TIMES if name in named)

    def read(self, part: str) -> str:
        if part.lower() not in TIMES:
            raise CellError(f"Type any of: {', '.join(TIMES)}.")
        return part.lower()


class ResidenceCell(NamesCell):
    """`anywhere`, `london`, or names of boroughs with semicolons between them."""

    def __init__(self) -> None:
        super().__init__()
        self.empty = Residence()

    @cached_property
    def _boroughs(self) -> dict[str, str]:
        rows = Borough.objects.values_list("slug", "name")
        return {fold(word): slug for slug, name in rows for word in (slug, name)}

    def parse(self, text: str) -> Any:
        if text.lower() in {Opportunity.Residence.ANYWHERE, Opportunity.Residence.LONDON}:
            return Residence(text.lower())
        return Residence(Opportunity.Residence.BOROUGHS.value, tuple(sorted(super().parse(text))))

    def read(self, part: str) -> Any:
        return find_term(part, self._boroughs, "London borough")


class SkillsCell(LinesCell):
    """`skill | how it is practised`."""

    names = ("slug", "practice")
    key = "slug"

    def __init__(self) -> None:
        super().__init__()
        self.term = TermCell(FusionSkill)
        self.practice = TextCell(longest(OpportunitySkill, "practice"))

    def read(self, slug: str, practice: str) -> SkillLine:
        return SkillLine(self.term.find(slug), self.practice.clean(practice))


class TimetableCell(LinesCell):
    """`when | title | text`."""

    names = ("when", "title", "text")

    def __init__(self) -> None:
        super().__init__()
        self.when = TextCell(longest(TimetableItem, "when"), required=True)
        self.title = TextCell(longest(TimetableItem, "title"), required=True)
        self.text = TextCell()

    def read(self, when: str, title: str, text: str) -> TimetableLine:
        if not title:
            raise CellError("Write each line as: 10:00 | Title | text.")
        return TimetableLine(self.when.clean(when), self.title.clean(title), self.text.clean(text))


class AccessCell(LinesCell):
    """`+feature | note` for what is there, `-feature | note` for what is missing."""

    names = ("feature", "note")
    key = "slug"
    unguarded = ("feature",)

    def __init__(self) -> None:
        super().__init__()
        self.term = TermCell(AccessFeature)
        self.note = TextCell(longest(OpportunityAccess, "note"))

    def read(self, feature: str, note: str) -> AccessLine:
        sign, slug = feature[:1], feature[1:].strip()
        if sign not in {"+", "-", "−", "–"}:
            raise CellError("Begin the line with + for what is there, or - for what is missing.")
        return AccessLine(self.term.find(slug), sign == "+", self.note.clean(note))
