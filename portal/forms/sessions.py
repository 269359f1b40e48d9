"""What somebody types about dates: a rule for many, one of them, and the words when one is cancelled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from directory.forms import DayField
from directory.notes_forms import WordsField
from opportunities.models import Session
from opportunities.recurrence import FURTHEST, MOST, Every, LeaveOut, Rule, TooManyDatesError, days, moment

WEEKDAYS = tuple(enumerate(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")))
MOST_PLACES = 100_000
LONGEST_RUN = 31  # days in a row
LONGEST_LABEL = 60
LONGEST_WORDS = 400
THERE_ALREADY = "There is a date already that starts then. Type another time, or say what sets this one apart."
CLOCK_SHOWN = "%H:%M"
CLOCK_FORMATS = (CLOCK_SHOWN, "%H:%M:%S", "%H.%M", "%I%p", "%I.%M%p", "%I:%M%p", "%I %p", "%I.%M %p", "%I:%M %p")


class DayInput(forms.DateInput):
    """A day, for browsers that show a calendar."""

    input_type = "date"


class ClockInput(forms.TimeInput):
    """A time of day, for browsers that show a clock."""

    input_type = "time"


class Day(DayField):
    """A day that is shown again as a browser reads it."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.label, self.widget = label, DayInput()

    def bound_data(self, data: Any, initial: Any) -> Any:
        """What the field shows again."""
        day = super().bound_data(data, initial)
        return day.isoformat() if isinstance(day, date) else day

    def prepare_value(self, value: Any) -> Any:
        """What the field shows at first."""
        return value.isoformat() if isinstance(value, date) else value


class Clock(forms.TimeField):
    """A time of day as a browser sends it or a person types it: 14:30, 2.30pm, 10am."""

    def __init__(self, label: str) -> None:
        super().__init__(label=label, required=False, input_formats=CLOCK_FORMATS, widget=ClockInput())
        self.error_messages["invalid"] = "Type the time like 10:00 or 2.30pm."

    def prepare_value(self, value: Any) -> Any:
        """What the field shows."""
        return value if value is None or isinstance(value, str) else value.strftime(CLOCK_SHOWN)


class Places(forms.IntegerField):
    """How many may come; empty when any number may."""

    def __init__(self, label: str) -> None:
        super().__init__(
            label=label,
            required=False,
            min_value=1,
            max_value=MOST_PLACES,
            widget=forms.TextInput(),
            error_messages={
                "invalid": "Type a whole number, or leave this empty when any number may come.",
                "min_value": "Type 1 or more, or leave this empty when any number may come.",
                "max_value": f"Type {MOST_PLACES:,} or fewer, or leave this empty when any number may come.",
            },
        )


class Label(WordsField):
    """What sets a date apart, on one line."""

    def __init__(self) -> None:
        super().__init__(LONGEST_LABEL, label="What sets it apart (optional)", required=False)

    def to_python(self, value: Any) -> str:
        """The words on one line."""
        return " ".join(super().to_python(value).split())


class DatesForm(forms.Form):
    """What the forms of this part share."""

    def __init__(self, data: QueryDict | None = None, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=dict(initial or {}), auto_id="%s")

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is to be mended, in the order of the form: the id of the field, the message."""
        # Of several boxes, the first has the name with its own value behind it.
        first = {"on": "on-0", "skip": "skip-school"}
        named = [(first.get(field.name, field.name), str(message)) for field in self for message in field.errors]
        return [*named, *(("main", str(message)) for message in self.non_field_errors())]

    def missing(self, **messages: str) -> None:
        """Says of each of these fields, if it is empty and not wrong already, what to do."""
        for name, message in messages.items():
            if self.cleaned_data.get(name) in (None, "", []) and name not in self.errors:
                self.add_error(name, message)


class RuleForm(DatesForm):
    """Many dates at once. Once it is valid, `rule` is what was asked for."""

    on = forms.MultipleChoiceField(
        label="On these days",
        required=False,
        choices=WEEKDAYS,
        error_messages={"invalid_choice": "Tick days from Monday to Sunday."},
    )
    every = forms.ChoiceField(
        label="How often",
        choices=[(each.value, each.label) for each in Every if each is not Every.ONCE],
        error_messages={"invalid_choice": "Choose how often.", "required": "Choose how often."},
    )
    first = Day("First date")
    last = Day("Last date")
    start = Clock("Starts at")
    end = Clock("Ends at")
    places = Places("Places on each date")
    running = forms.IntegerField(
        label="Days in a row",
        required=False,
        min_value=1,
        max_value=LONGEST_RUN,
        widget=forms.TextInput(),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), f"Type how many days each takes, from 1 to {LONGEST_RUN}."
        ),
    )
    label = Label()
    skip = forms.MultipleChoiceField(
        label="Leave out",
        required=False,
        choices=[(each.value, each.value) for each in LeaveOut],
        error_messages={"invalid_choice": "Tick what to leave out."},
    )
    terms = forms.ChoiceField(
        label="Whose school holidays",
        required=False,
        error_messages={"invalid_choice": "Choose whose school holidays to leave out."},
    )

    rule: Rule

    def __init__(
        self, data: QueryDict | None, terms: Sequence[tuple[str, str]], initial: Mapping[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial)
        field = self.fields["terms"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(terms)

    @property
    def leave_out(self) -> list[LeaveOut]:
        """The kinds of days to leave out."""
        return [LeaveOut(value) for value in self.cleaned_data["skip"]]

    def clean(self) -> dict[str, Any]:
        """Puts the rule together. Raises nothing: what is wrong is said of its field."""
        data = self.cleaned_data
        self.missing(
            on="Tick at least one day of the week.",
            first="Type the first date.",
            last="Type the last date.",
            start="Type when it starts.",
            end="Type when it ends.",
        )
        first, last = data.get("first"), data.get("last")
        if first and first < timezone.localdate():
            self.add_error("first", "This day is past. Type today or a later day.")
        self._check_length(first, last)
        running = data.get("running") or 1
        if data.get("start") and data.get("end") and running == 1 and data["end"] <= data["start"]:
            self.add_error("end", "It ends before it starts. Check both times.")
        if not self.errors:
            assert first is not None  # said above
            assert last is not None
            on = frozenset(int(day) for day in data["on"])
            self.rule = Rule(on, Every(data["every"]), first, last, data["start"], data["end"], running)
            self._check_count()
        return data

    def _check_length(self, first: date | None, last: date | None) -> None:
        if first is None or last is None:
            return
        if last < first:
            self.add_error("last", "It lies before the first date. Type a later one.")
        elif last - first > FURTHEST:
            self.add_error("last", "Type a last date within two years of the first, and add the rest afterwards.")

    def _check_count(self) -> None:
        try:
            found = days(self.rule)
        except TooManyDatesError:
            message = f"This makes more than {MOST} dates. Type an earlier last date, and add the rest afterwards."
            self.add_error("last", message)
        else:
            if not found:
                self.add_error("last", "No such day lies between the first and the last date. Type a later last date.")


class SessionForm(DatesForm):
    """One date. Once it is valid, `changes` are its fields as they shall be."""

    day = Day("Day")
    last_day = Day("Last day (only if it takes several)")
    start = Clock("Starts at")
    end = Clock("Ends at")
    places = Places("Places")
    label = Label()

    changes: dict[str, Any]

    @classmethod
    def of(cls, session: Session, data: QueryDict | None = None) -> SessionForm:
        """The form of a session as it stands, or as it was sent."""
        starts, ends = timezone.localtime(session.starts), timezone.localtime(session.ends)
        several = ends.date() > starts.date()
        shown = {
            "day": starts.date(),
            "last_day": ends.date() if several else None,
            "start": starts.time(),
            "end": ends.time(),
            "places": session.capacity,
            "label": session.label,
        }
        return cls(data, initial=shown)

    def clean(self) -> dict[str, Any]:
        """Puts the times together. Raises nothing: what is wrong is said of its field."""
        data = self.cleaned_data
        self.missing(day="Type the day.", start="Type when it starts.", end="Type when it ends.")
        if self.errors:
            return data
        day, last_day = data["day"], data["last_day"] or data["day"]
        if last_day < day:
            self.add_error("last_day", "It lies before the first day. Type a later one, or leave this empty.")
        elif last_day - day >= timedelta(days=366):
            self.add_error("last_day", "Type a last day within a year of the first.")
        starts, ends = self._moment("start", day), self._moment("end", last_day)
        if starts and ends and ends <= starts and "last_day" not in self.errors:
            self.add_error("end", "It ends before it starts. Check both times.")
        if not self.errors:
            self.changes = {"starts": starts, "ends": ends, "capacity": data["places"], "label": data["label"]}
        return data

    def _moment(self, name: str, day: date) -> datetime | None:
        found = moment(day, self.cleaned_data[name])
        if found is None:
            self.add_error(name, "The clocks skip this time on that day. Type another.")
        return found

    def take(self, error: ValidationError) -> None:
        """Says what the service refused, beside the field that it is about."""
        fields = {"starts": "start", "ends": "end", "capacity": "places", "label": "label"}
        by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, messages in by_field.items():
            for message in messages:
                if "already exists" in message:
                    self.add_error("start", THERE_ALREADY)
                else:
                    self.add_error(fields.get(name), message)


class CancelForm(DatesForm):
    """What schools read when a date is cancelled."""

    because = WordsField(
        LONGEST_WORDS,
        label="What should schools read?",
        widget=forms.Textarea(),
        error_messages={"required": "Say in a sentence what schools should read."},
    )
