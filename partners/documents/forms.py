"""What an officer says of a document."""

from django import forms
from wagtail.admin.widgets import AdminAutoHeightTextInput, AdminDateInput


class AcceptForm(forms.Form):
    """Until when it holds, as it stands on the document."""

    expires = forms.DateField(
        label="The last day on which it holds",
        required=False,
        widget=AdminDateInput,
        help_text="As it stands on the document, whatever the partner typed. Empty only for risks stated without a date.",
        error_messages={"invalid": "Type the date like 2027-03-31."},
    )


class GiveBackForm(forms.Form):
    """What is wrong, for the partner."""

    reason = forms.CharField(
        label="What is wrong, and what should they send?",
        widget=AdminAutoHeightTextInput,
        max_length=1000,
        help_text="The partner reads this. Name nobody who stands on the document.",
        error_messages={
            "required": "Say what is wrong and what to send instead: the partner reads it.",
            "max_length": "Say it in at most 1,000 characters.",
        },
    )
