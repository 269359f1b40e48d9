from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from engagement.reporting import lines, report
from partners.models import Partner


class Command(BaseCommand):
    """Prints how searches led to views and actions, by surface."""

    help = "Prints how many searches there were between two days, how they ended, and what was done."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Adds --from, --to and --partner."""
        parser.add_argument("--from", dest="starts", metavar="DAY", required=True, help="first day, like 2026-11-01")
        parser.add_argument("--to", dest="ends", metavar="DAY", required=True, help="last day, like 2026-11-30")
        parser.add_argument("--partner", metavar="NUMBER", help="only for this partner: the number in its address")

    def handle(self, *_: Any, **options: Any) -> None:
        """Prints the report, or says which argument is wrong."""
        starts, ends = _day(options["starts"], "--from"), _day(options["ends"], "--to")
        if ends < starts:
            raise CommandError("The last day is before the first. Change --from or --to.")
        partner = _partner(options["partner"])
        whose = f" for {partner}" if partner else ""
        self.stdout.write(f"Engagement from {starts} to {ends}{whose}")
        if ends >= timezone.localdate():
            self.stdout.write("Today is not over: its figures will grow.")
        for line in lines(report(starts, ends, partner.pk if partner else None), of_partner=partner is not None):
            self.stdout.write(line)


def _day(text: str | date, option: str) -> date:
    if isinstance(text, date):
        return text
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"{option}: “{text}” is not a day. Write it like 2026-11-30.") from None


def _partner(number: str | int | None) -> Partner | None:
    if number is None:
        return None
    text = str(number)
    found = Partner.objects.filter(pk=int(text)).first() if text.isdecimal() and len(text) < 19 else None
    if found is None:
        raise CommandError(
            f"--partner: there is no partner with the number “{text}”. It stands in the partner’s address."
        )
    return found
