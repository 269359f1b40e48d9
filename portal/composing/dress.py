"""The classes of the look on the fields of a form."""

from django import forms

# How long fields of few words look; the others fill their column.
SHORT = frozenset({"deadline", "outward_code", "when"})
ROWS = {"description": 6, "tasks": 4, "access_route": 4}


def dress(form: forms.BaseForm) -> None:
    """Gives each field's widget its class and size."""
    for name, field in form.fields.items():
        widget = field.widget
        if isinstance(widget, forms.Textarea):
            widget.attrs |= {"class": "govuk-textarea", "rows": ROWS.get(name, 3)}
            widget.attrs.pop("cols", None)
        elif isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple | forms.CheckboxInput):
            continue
        elif isinstance(widget, forms.FileInput):
            widget.attrs["class"] = "govuk-file-upload"
        elif isinstance(widget, forms.Select):
            widget.attrs["class"] = "govuk-select"
        elif isinstance(field, forms.IntegerField | forms.DecimalField):
            widget.attrs["class"] = "govuk-input govuk-input--width-5"
        else:
            widget.attrs["class"] = "govuk-input govuk-input--width-10" if name in SHORT else "govuk-input"
