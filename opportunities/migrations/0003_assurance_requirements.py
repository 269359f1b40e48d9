"""Which documents the host of each kind must have shown. Officers change this in the CMS from here on."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

REQUIRED = {
    "visit": ["public_liability", "safeguarding_policy", "risk_assessment"],
    "outdoor": ["public_liability", "safeguarding_policy", "risk_assessment"],
    "placement": ["employers_liability", "public_liability", "safeguarding_policy", "risk_assessment"],
    "workplace": ["public_liability", "safeguarding_policy", "risk_assessment"],
    "internship": ["employers_liability"],
    "apprenticeship": ["employers_liability"],
    "talk": ["safeguarding_policy"],
    "mentoring": ["safeguarding_policy", "vetting"],
    "course": ["public_liability"],
    "volunteering": ["public_liability", "risk_assessment"],
    "job": ["employers_liability"],
    "cpd": ["public_liability"],
}


def fill(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    model = apps.get_model("opportunities", "AssuranceRequirement")
    model.objects.bulk_create(
        [model(opportunity_kind=kind, assurance_kind=need) for kind, needs in REQUIRED.items() for need in needs]
    )


class Migration(migrations.Migration):
    dependencies = [("opportunities", "0002_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
