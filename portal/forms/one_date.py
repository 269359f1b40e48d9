"""What somebody types to add one date."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from opportunities.recurrence import Every, Rule

from .sessions import Day, SessionForm


class OneDateForm(SessionForm):
    """One date to be added. Once it is valid, `changes` are its fields."""

    day = Day("Date")

    def clean(self) -> dict[str, Any]:
        """Puts the times together. Raises nothing: what is wrong is said of its field."""
        day = self.cleaned_data.get("day")
        if day and day < timezone.localdate():
            self.add_error("day", "This day is past. Type today or a later day.")
        data = super().clean()
        if not self.errors and self.changes["starts"] <= timezone.now():
            self.add_error("start", "This time is past. Type a later time, or a later date.")
        return data

    @property
    def rule(self) -> Rule:
        """The rule that makes this date alone; its times are those of a valid form."""
        data = self.cleaned_data
        last = data["last_day"] or data["day"]
        running = (last - data["day"]).days + 1
        return Rule(frozenset(), Every.ONCE, data["day"], last, data["start"], data["end"], running)
