from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def forget_passwords(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Nobody signs in by password any more. This ends their sessions, too: they sign in by code."""
    User = apps.get_model("accounts", "User")
    for user in User.objects.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX):
        User.objects.filter(pk=user.pk).update(password=make_password(None))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                ("value", models.TextField()),
                ("expires", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.RunPython(forget_passwords, migrations.RunPython.noop),
    ]
