"""Sending a file."""

from django import forms

from opportunities.models import ImportRun
from taxonomy.resources.limits import MAX_BYTES


class ImportForm(forms.Form):
    """Which table it is, the file, and whether to publish."""

    table = forms.ChoiceField(label="What does the file hold?", choices=ImportRun.Table.choices)
    file = forms.FileField(
        label="File",
        help_text=f"CSV (UTF-8 or Windows-1252) or an Excel workbook (.xlsx), at most {MAX_BYTES // 1024 // 1024} MB.",
        max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx"}),
        error_messages={"empty": "The file is empty.", "required": "Choose a file."},
    )
    publish = forms.BooleanField(
        label="Publish what may be published",
        help_text="Without this, partners and opportunities become drafts. What waits for a safeguarding decision stays one.",
        required=False,
    )
