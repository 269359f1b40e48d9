"""What visitors of the demonstration left for the officers: notes of what is missing, and a report of a problem."""

from __future__ import annotations

import tomllib
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from directory.models import ProblemReport, WantedNote
from directory.services import leave_wanted_note, report_problem
from opportunities.models import Opportunity
from taxonomy.models import Audience

from .people import DOMAIN

FILE = Path(__file__).parent / "data" / "notes.toml"


def load() -> int:
    """Leaves all of it, unless anything was left. Returns how many."""
    if WantedNote.objects.exists() or ProblemReport.objects.exists():
        return 0
    told, now = tomllib.loads(FILE.read_text(encoding="utf-8")), timezone.now()
    with transaction.atomic():
        for note in told["wanted"]:
            audience = Audience.objects.get(slug=note["audience"])
            leave_wanted_note(note["what"], audience, note["when"], _address(note["from"]), now)
        problems = [(each, _about(each["about"])) for each in told["problems"]]
        found = [(each, opportunity) for each, opportunity in problems if opportunity is not None]
        for each, opportunity in found:
            report_problem(each["kind"], each["what"], _address(each["from"]), opportunity, now)
    return len(told["wanted"]) + len(found)


def _address(name: str) -> str:
    return f"{name}@{DOMAIN}" if name else ""


def _about(reference: str) -> Opportunity | None:
    return Opportunity.objects.filter(reference=reference).first()
