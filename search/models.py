"""What editors keep for search."""

from django.core.exceptions import ValidationError
from django.db import models

from search.text import plain_words


class Synonym(models.Model):
    """Words and what else they mean, so that people find what is called something else."""

    words = models.CharField(max_length=80, unique=True, help_text="As people type it, for example WEX.")
    equivalents = models.TextField(help_text="What it also means, one on each line, for example work experience.")
    both_ways = models.BooleanField(
        "works both ways",
        default=True,
        help_text="Ticked: each of them finds all the others. Unticked: only the words find the equivalents.",
    )
    active = models.BooleanField(default=True, help_text="Untick to switch it off without losing it.")

    class Meta:
        ordering = ["words"]

    def __str__(self) -> str:
        return f"{self.words} {'↔' if self.both_ways else '→'} {', '.join(self.equivalent_list)}"

    @property
    def equivalent_list(self) -> list[str]:
        """The equivalents, one by one."""
        return [line.strip() for line in self.equivalents.splitlines() if line.strip()]

    def clean(self) -> None:
        """Raises ValidationError if there is nothing to search by on one of the two sides."""
        super().clean()
        if not plain_words(self.words):
            raise ValidationError({"words": "Type at least one letter or number."})
        if not self.equivalent_list or not all(plain_words(line) for line in self.equivalent_list):
            raise ValidationError({"equivalents": "Type at least one letter or number on each line."})
