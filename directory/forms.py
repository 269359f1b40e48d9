"""What an address of the public site asks for, read leniently.

Nothing that anybody types is an error of the page: a value that makes no sense is left out, the field
says what to do next, and the results without it are shown all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from directory.near import LONGEST_NEAR, Near, read_near, reduced
from directory.paging import page_asked
from partners.models import Partner
from partners.selectors import public as public_partners
from search.criteria import FACET_NAMES, KM_PER_MILE, LAST_PAGE, LONGEST_TEXT, SearchCriteria, Sort

RADII_IN_MILES = (1, 3, 5, 10, 20)
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2099, 12, 31)
DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y")
#: An address may hold whatever it likes; more than this of one kind is nobody's choice.
MOST_VALUES = 50
MOST_REPORTED = 3
LONGEST_REPORTED = 30
#: Digits of a key; a longer number is nobody's.
LONGEST_KEY = 9

#: Facet -> value -> label: every choice that there is, whether or not something is found under it.
Known = Mapping[str, Mapping[str, str]]


class DayField(forms.DateField):
    """A day as a browser sends it or a person types it; shown again as the day that it was taken for."""

    def __init__(self) -> None:
        super().__init__(required=False, input_formats=DATE_FORMATS)
        self.error_messages["invalid"] = "Type the date like 8/12/2026, or choose it from the calendar."

    def to_python(self, value: Any) -> date | None:
        """Raises ValidationError if it is no day, or one that no search can mean."""
        day = super().to_python(value.strip() if isinstance(value, str) else value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise ValidationError("Check the year of this date and type it again.", code="year")
        return day

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the field shows again."""
        try:
            return self.to_python(data)
        except ValidationError:
            return data


class TickField(forms.BooleanField):
    """A box that is ticked by 1, on, yes or true and by nothing else."""

    def __init__(self) -> None:
        super().__init__(required=False, widget=forms.TextInput)

    def to_python(self, value: Any) -> bool:
        """Whether it is ticked."""
        return str(value).strip().lower() in {"1", "on", "yes", "true"}

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the field shows again."""
        return self.to_python(data)


class LenientForm(forms.Form):
    """Reads the parameters of a list; problems are said beside their field and take nothing away.

    `facets` are the chosen values by facet, `left_out` says in words which ones were not known.
    """

    data: QueryDict
    facet_names: tuple[str, ...] = ()
    # What is read as a sentence, or as a place: parameters that may hold a postcode.
    place_names: tuple[str, ...] = ("near", "q")

    q = forms.CharField(required=False, max_length=LONGEST_TEXT)
    near = forms.CharField(required=False, max_length=LONGEST_NEAR)

    def __init__(self, data: QueryDict, known: Known) -> None:
        super().__init__(data)
        self.known = known
        self.facets: dict[str, tuple[str, ...]] = {}
        self.left_out: tuple[str, ...] = ()
        self.place: Near | None = None

    def address_without_postcodes(self) -> str | None:
        """The query string to send the browser on to; None where no full postcode stands in it."""
        shorter = {
            name: short
            for name in self.place_names
            for typed in self.data.getlist(name)
            if (short := reduced(typed)) != typed
        }
        if not shorter:
            return None
        data = self.data.copy()
        for name, value in shorter.items():
            data[name] = value
        return f"?{data.urlencode()}"

    @property
    def page(self) -> int:
        """The page asked for, from 1; what is no number is the first."""
        return page_asked(self.data)

    @property
    def text(self) -> str:
        """What is searched for."""
        self.is_valid()
        return " ".join(str(self.data.get("q", "")).split())[:LONGEST_TEXT]

    def clean(self) -> dict[str, Any]:
        """Reads what stands outside single fields. Raises nothing: what makes no sense is said and left out."""
        if "q" in self.errors:
            self.say(
                "q", f"Search with {LONGEST_TEXT} letters or fewer. These are the results for the first {LONGEST_TEXT}."
            )
        self._read_facets()
        self._read_near()
        return self.cleaned_data

    def say(self, field: str, message: str) -> None:
        """Puts one sentence beside a field, in place of what stands there."""
        self.errors[field] = self.error_class([message])

    def _read_near(self) -> None:
        typed = str(self.data.get("near", "")).strip()
        if not typed:
            return
        try:
            self.place = read_near(typed)
        except ValidationError as problem:
            self.say("near", problem.messages[0])

    def _read_facets(self) -> None:
        unknown: list[str] = []
        for name in self.facet_names:
            values = list(dict.fromkeys(value for value in self.data.getlist(name) if value))
            known = self.known.get(name, {})
            self.facets[name] = tuple(value for value in values if value in known)[:MOST_VALUES]
            unknown += [value for value in values if value not in known]
        shown = [f"“{value[:LONGEST_REPORTED]}”" for value in unknown[:MOST_REPORTED]]
        if len(unknown) > MOST_REPORTED:
            shown.append("others")
        self.left_out = tuple(shown)


class SearchForm(LenientForm):
    """The parameters of the search page: q, near, within, from, to, open, partner, sort, page, as_typed and the facets."""

    facet_names = FACET_NAMES

    within = forms.TypedChoiceField(
        required=False,
        choices=[(miles, miles) for miles in RADII_IN_MILES],
        coerce=int,
        empty_value=None,
        error_messages={"invalid_choice": "Choose one of these distances."},
    )
    open = TickField()
    sort = forms.CharField(required=False)

    def __init__(self, data: QueryDict, known: Known) -> None:
        super().__init__(data, known)
        #: The partner among whose offers is searched, if any.
        self.partner: Partner | None = None
        #: Whether one was asked for that the public does not see now.
        self.partner_gone = False
        # The words of the address are words of the language too.
        self.fields["from"] = DayField()
        self.fields["to"] = DayField()

    @property
    def carried(self) -> tuple[tuple[str, str], ...]:
        """Parameters that no field of the page shows."""
        self.is_valid()
        partner = (("partner", str(self.partner.pk)),) if self.partner else ()
        return (*(("as_typed", key) for key in sorted(self._undone)), *partner)

    @property
    def _undone(self) -> frozenset[str]:
        return frozenset(key[:LONGEST_TEXT] for key in self.data.getlist("as_typed")[:MOST_VALUES] if key)

    def criteria(self) -> SearchCriteria:
        """What is asked for, without whatever makes no sense."""
        self.is_valid()
        miles = self.cleaned_data.get("within")
        return SearchCriteria(
            text=self.text,
            **self.facets,
            date_from=self.cleaned_data.get("from"),
            date_to=self.cleaned_data.get("to"),
            near=self.place.outcode if self.place else None,
            radius_km=miles * KM_PER_MILE if miles and self.place else None,
            open_only=self.cleaned_data.get("open", False),
            partner=self.partner.pk if self.partner else None,
            sort=self._sort,
            page=min(self.page, LAST_PAGE),
            undone=self._undone,
        )

    @property
    def _sort(self) -> Sort:
        typed = self.data.get("sort", "")
        return Sort(typed) if typed in Sort and (typed != Sort.NEAREST or self.place) else Sort.RELEVANCE

    def clean(self) -> dict[str, Any]:
        """Besides what every list reads: days in order, and a place for the order by distance."""
        super().clean()
        self._read_partner()
        first, last = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if first and last and last < first:
            del self.cleaned_data["to"]
            self.say("to", "The last date is before the first. Change one of them.")
        if self.data.get("sort") == Sort.NEAREST and not self.place and "near" not in self.errors:
            self.say("near", "Type a postcode or a part of London here to see the nearest first.")
        return self.cleaned_data

    def _read_partner(self) -> None:
        """One that the public does not see, or what is no number, is left out; the page says so."""
        typed = self.data.get("partner", "").strip()
        if not typed:
            return
        if typed.isdecimal() and len(typed) <= LONGEST_KEY:
            self.partner = public_partners().filter(pk=int(typed)).only("name").first()
        self.partner_gone = self.partner is None


class PartnerSearchForm(LenientForm):
    """The parameters of the list of partners: q, near, sort, page, kind, sector and borough."""

    facet_names = ("kind", "sector", "borough")
    SORTS = ("nearest", "name", "newest")

    sort = forms.CharField(required=False)

    @property
    def order(self) -> str:
        """The order in force: nearest where a place is given, else A to Z, unless another is asked for."""
        self.is_valid()
        typed = self.data.get("sort", "")
        if typed in self.SORTS and (typed != "nearest" or self.place):
            return typed
        return "nearest" if self.place else "name"
