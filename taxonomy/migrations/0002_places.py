"""Fills boroughs, outward codes and London's neighbourhoods from the data folder."""

import csv
from pathlib import Path

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.utils.text import slugify

DATA = Path(__file__).resolve().parent.parent / "data"
LONDON = "E09"


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    borough_model = apps.get_model("taxonomy", "Borough")
    outward_model = apps.get_model("taxonomy", "OutwardCode")
    place_model = apps.get_model("taxonomy", "Place")
    with (DATA / "gb_outcodes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = {
        row["local_authority_code"]: row["local_authority_name"]
        for row in rows
        if row["local_authority_code"].startswith(LONDON)
    }
    boroughs = {
        code: borough_model.objects.create(code=code, name=name, slug=slugify(name))
        for code, name in sorted(names.items())
    }
    outward_model.objects.bulk_create(
        [
            outward_model(
                code=row["outcode"],
                latitude=float(row["latitude"]),
                longitude=float(row["longitude"]),
                postcodes=int(row["postcodes"]),
                borough=boroughs.get(row["local_authority_code"]),
                local_authority=row["local_authority_name"],
            )
            for row in rows
        ],
        batch_size=500,
    )
    with (DATA / "london_places.csv").open(encoding="utf-8", newline="") as file:
        place_model.objects.bulk_create(
            [place_model(name=row["place"], outward_code_id=row["outcode"]) for row in csv.DictReader(file)]
        )


class Migration(migrations.Migration):
    dependencies = [("taxonomy", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
