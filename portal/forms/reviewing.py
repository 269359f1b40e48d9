"""What an officer decides on one thing: accept it, or ask for changes, with comments by aspect."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import QueryDict

from directory.notes_forms import WordsField
from opportunities.aspects import OPPORTUNITY_ASPECTS
from partners.aspects import PARTNER_ASPECTS, Aspect
from partners.moderation import LONGEST_COMMENT

ACCEPT, ALONE, RETURN = "accept", "accept-alone", "return"
COMMENT = "comment-"
UNDECIDED = "Choose whether to accept it or to send it back."


def _words(label: str) -> WordsField:
    return WordsField(LONGEST_COMMENT, label=label, required=False, widget=forms.Textarea(attrs={"rows": 2}))


def typed_words(sent: QueryDict) -> list[tuple[str, str]]:
    """All that an officer has typed, whether it could be used or not: what it is about, and the words."""
    titles = {aspect.slug: aspect.title for aspect in (*PARTNER_ASPECTS, *OPPORTUNITY_ASPECTS)}
    fields = {f"{COMMENT}{slug}": title for slug, title in titles.items()}
    fields |= {"other_comment": titles.get(sent.get("other", ""), "Something else"), "say": "To the partner"}
    found = [(title, sent.get(name, "").strip()) for name, title in fields.items()]
    return [(title, words) for title, words in found if words]


class VerdictForm(forms.Form):
    """The decision on one revision, whose number the form carries. There is a comment for each aspect that is shown."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    other = forms.ChoiceField(
        required=False, label="What is it about?", error_messages={"invalid_choice": "Choose one from the list."}
    )
    other_comment = _words("What should they do?")
    verdict = forms.ChoiceField(
        choices=((ACCEPT, "Accept all of it"), (ALONE, "Accept it alone"), (RETURN, "Send back")),
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), UNDECIDED),
    )
    say = _words("A line to the partner")

    def __init__(
        self,
        shown: Iterable[Aspect],
        others: Iterable[Aspect],
        data: QueryDict | None = None,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial, auto_id="%s")
        self.shown = tuple(shown)
        other: Any = self.fields["other"]
        other.choices = [("", "Choose"), *((aspect.slug, aspect.title) for aspect in others)]
        for aspect in self.shown:
            self.fields[f"{COMMENT}{aspect.slug}"] = _words(f"What should they do? {aspect.title}")

    def clean(self) -> dict[str, Any]:
        """Asks what a comment on something else is about, and what is asked of what was chosen."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("other_comment") and not cleaned.get("other"):
            self.add_error("other", "Choose what this is about.")
        if cleaned.get("other") and not cleaned.get("other_comment"):
            self.add_error("other_comment", "Say what they should do, or choose nothing above.")
        if cleaned.get("verdict") in {ACCEPT, ALONE} and self.comments:
            self.add_error("verdict", "You ask for a change: send it back, or empty what you asked.")
        return cleaned

    @property
    def comments(self) -> dict[str, str]:
        """What is asked for, by the slug of an aspect; empty ones left out."""
        cleaned = self.cleaned_data
        asked = {aspect.slug: cleaned.get(f"{COMMENT}{aspect.slug}", "") for aspect in self.shown}
        if cleaned.get("other"):
            asked[cleaned["other"]] = cleaned.get("other_comment", "")
        return {slug: words for slug, words in asked.items() if words.strip()}

    def add_errors(self, errors: dict[str, list[str]]) -> None:
        """Puts what a service refused by the fields that it is about."""
        for name, messages in errors.items():
            field = name if name in self.fields else f"{COMMENT}{name}"
            self.add_error(field if field in self.fields else None, messages)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is to be mended, in the order of the page: the id of the field, the message."""
        found = [("verdict_1", str(message)) for message in self.non_field_errors()]
        order = [*(f"{COMMENT}{aspect.slug}" for aspect in self.shown), "other", "other_comment", "verdict", "say"]
        for name in order:
            where = "verdict_1" if name == "verdict" else name
            found += [(where, str(message)) for message in self.errors.get(name, ())]
        return found
