"""What facts of an opportunity rest on."""

from dataclasses import dataclass
from datetime import datetime

from opportunities.models import Opportunity
from opportunities.visibility import Visibility


@dataclass
class Judged:
    """An opportunity at a moment, with what was judged of its visibility."""

    opportunity: Opportunity
    visibility: Visibility
    now: datetime
