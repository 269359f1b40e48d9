"""Panels of the CMS for rows that point to terms."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import InlinePanel

from .forms import HeldTermsFormSet, HoldsTerms


class TermsInlinePanel(InlinePanel):
    """Rows of an object that each choose a term: an active one, or a retired one that the object holds."""

    def get_form_options(self) -> dict[str, Any]:
        """Lets the rows' forms know what is held."""
        options: dict[str, Any] = super().get_form_options()
        rows = options["formsets"][self.relation_name]
        form = rows.get("form", WagtailAdminModelForm)
        rows["form"] = type(form)("HeldTermsForm", (HoldsTerms, form), {})
        rows["formset"] = HeldTermsFormSet
        return options
