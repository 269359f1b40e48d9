"""Sending a table of opportunities."""

from __future__ import annotations

from django import forms

from opportunities.importing.services import UPLOAD_MAX_BYTES, UPLOAD_MAX_ROWS

MEGABYTES = UPLOAD_MAX_BYTES // 1024 // 1024


class UploadForm(forms.Form):
    """The file."""

    file = forms.FileField(
        label="Your table",
        help_text=f"An Excel workbook (.xlsx) or CSV, at most {UPLOAD_MAX_ROWS:,} rows and {MEGABYTES} MB.",
        max_length=200,
        error_messages={
            "required": "Choose a file.",
            "empty": "The file is empty. Choose another.",
            "invalid": "Choose a file.",
            "missing": "Choose a file.",
            "max_length": "The name of the file is too long. Rename it and choose it again.",
        },
    )

    @property
    def problems(self) -> list[tuple[str, str]]:
        """What is to be mended: the id of the field, the message."""
        return [("file", str(message)) for messages in self.errors.values() for message in messages]
