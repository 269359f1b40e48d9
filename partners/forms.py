"""Forms on partners."""

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from taxonomy.forms import ChoosesTerms, TermsField
from taxonomy.models import Sector


class PartnerForm(WagtailAdminModelForm, ChoosesTerms):
    """A partner in the CMS."""

    sectors = TermsField(Sector, label="Sectors")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.keep_held_terms(self.instance)
