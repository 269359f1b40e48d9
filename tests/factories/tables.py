"""Rows and files as others send them, for tests of importing."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from django.db import models

from changes.models import Change
from changes.services import open_feed
from taxonomy.resources import Report, TableResource

Row = Mapping[str, str]


def partner_row(number: int = 1, **cells: str) -> dict[str, str]:
    """A partner that lacks nothing, unlike every other number."""
    return {
        "reference": f"P{number}",
        "name": f"Print room {number}",
        "kind": "cultural",
        "summary": "A working print shop.",
        "description": "Eleven hand presses.\n\nFive printers and a bookbinder.",
        "website": f"https://www.print{number}.example",
        "email": f"hello@print{number}.example",
        "phone": "020 7946 0112",
        "sectors": "creative-design;media-publishing",
        "sites": f"Print room {number} | 9 Tallow Yard, London | E1 4ZQ | step-free, hearing-loop",
        "contacts": "Bookings desk | Learning | learning@print.example | +44 20 7946 0112 | public",
        "relationships": "",
        "assurances": "public_liability | 2026-01-10 | 2027-01-09 | Certificate",
        "recognitions": "arts-award | 2027-06-30",
        "has_employees": "yes",
        "confirmed_on": "2026-05-01",
    } | cells


def opportunity_row(number: int = 1, **cells: str) -> dict[str, str]:
    """An opportunity of the partner P1 that lacks nothing, unlike every other number."""
    return {
        "reference": f"O{number}",
        "title": f"Set, ink, pull {number}",
        "kind": "visit",
        "partner": "P1",
        "summary": "Set a line of metal type and print it.",
        "description": "A day at the press.",
        "format": "in_person",
        "place": "partner_site",
        "site": "Print room 1",
        "availability": "dated",
        "times": "daytime;weekend",
        "years": "7-9",
        "ages": "11-14",
        "audiences": "ks3",
        "skills": "creativity | Choose words and defend the choice.\ncollaboration | One press takes two.",
        "sectors": "creative-design",
        "themes": "london-history",
        "subjects": "art-design;english",
        "group_size": "10-30",
        "adult_ratio": "10",
        "timetable": "10:00 | Meet the press | See a sheet printed.\n13:00 | Ink and pull | Four prints each.",
        "cost": "paid",
        "cost_amount": "4.00",
        "cost_unit": "pupil",
        "family_price": "0.00",
        "access": "+step-free | From the street\n-scent-free | Ink",
        "leads_to": "",
    } | cells


def placement_row(number: int = 1, **cells: str) -> dict[str, str]:
    """A placement whose safeguarding questions are all answered with no."""
    needed = {
        "kind": "placement",
        "years": "10-13",
        "ages": "14-18",
        "audiences": "ks4;16-18",
        "placement_type": "block",
        "tasks": "Print a poster for the shop.",
        "supervisor_role": "Senior printer",
        "days_and_hours": "Monday to Friday, 9.30am to 4pm",
        "expenses": "Travel and lunch",
        "private_home": "no",
        "alone_with_one_adult": "no",
        "under_16": "no",
    }
    return opportunity_row(number, **(needed | cells))


def session_row(day: str = "2026-12-08", **cells: str) -> dict[str, str]:
    """A session of O1 with 30 places."""
    return {
        "opportunity": "O1",
        "starts": f"{day} 10:00",
        "ends": f"{day} 14:30",
        "capacity": "30",
        "taken": "12",
        "waiting": "0",
        "label": "",
    } | cells


def as_csv(rows: Sequence[Row], encoding: str = "utf-8") -> bytes:
    """The rows as a CSV file, with every column that any of them has."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(dict.fromkeys(name for row in rows for name in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def as_workbook(rows: Sequence[Mapping[str, Any]]) -> bytes:
    """The rows as an Excel workbook; text that begins with = is a formula there."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "remove_timezone": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        sheet.write_row(0, 0, list(rows[0]))
        for line, row in enumerate(rows, 1):
            for place, value in enumerate(row.values()):
                if hasattr(value, "year"):
                    sheet.write_datetime(line, place, value, day)
                else:
                    sheet.write(line, place, value)
    return out.getvalue()


def run(
    resource_class: type[TableResource[Any, Any]], rows: Sequence[Row], *, dry_run: bool = False, **options: Any
) -> Report:
    """Imports the rows as a CSV file."""
    resource = resource_class(**options)
    return resource.run(resource_class.read("rows.csv", as_csv(rows)), dry_run=dry_run)


def watch() -> None:
    """From here on every change is recorded in the outbox."""
    open_feed("tests")


def everything() -> dict[str, list[dict[str, Any]]]:
    """What the database holds of our rooms and of Wagtail's history: nothing may differ where nothing was to change."""
    from django.apps import apps

    ours = {"accounts", "changes", "opportunities", "partners", "schools", "wagtailcore", "pages", "engagement"}
    found = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in ours]
    return {model._meta.label: _rows(model) for model in found if not model._meta.proxy}


def _rows(model: type[models.Model]) -> list[dict[str, Any]]:
    return list(model._default_manager.order_by("pk").values())


def outbox() -> set[tuple[str, int]]:
    """The objects that the outbox names."""
    return set(Change.objects.values_list("model", "object_id"))
