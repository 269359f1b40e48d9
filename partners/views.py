"""Views of the CMS that several rooms use."""

from typing import Any

from wagtail.admin.views.generic import CreateView


class PrefilledCreateView(CreateView):
    """Adds something that belongs to something: `?partner=7` chooses it already."""

    def get_initial(self) -> dict[str, Any]:
        """Takes from the address what the form has a field for; anything else is left out."""
        initial: dict[str, Any] = super().get_initial()
        fields = self.get_form_class().base_fields
        return initial | {name: value for name, value in self.request.GET.items() if name in fields and value.isdigit()}
