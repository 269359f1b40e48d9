"""Puts our home page at the root, in place of Wagtail's welcome page, with a list of guides under it."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def make_home(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    content_types = apps.get_model("contenttypes", "ContentType")
    page_model = apps.get_model("wagtailcore", "Page")
    site_model = apps.get_model("wagtailcore", "Site")
    home_model = apps.get_model("pages", "HomePage")
    index_model = apps.get_model("pages", "GuidanceIndexPage")
    locale = apps.get_model("wagtailcore", "Locale").objects.first()

    page_model.objects.filter(depth=2, slug="home").delete()
    home_type, _ = content_types.objects.get_or_create(app_label="pages", model="homepage")
    index_type, _ = content_types.objects.get_or_create(app_label="pages", model="guidanceindexpage")
    home = home_model.objects.create(
        title="Find Fusion",
        draft_title="Find Fusion",
        slug="home",
        content_type=home_type,
        path="00010001",
        depth=2,
        numchild=1,
        url_path="/home/",
        show_in_menus=False,
        locale=locale,
        lead="Visits, placements, mentors and courses across London.",
    )
    index_model.objects.create(
        title="Guides",
        draft_title="Guides",
        slug="guides",
        content_type=index_type,
        path="000100010001",
        depth=3,
        numchild=0,
        url_path="/home/guides/",
        locale=locale,
        lead="How to plan, offer, moderate and take part, step by step.",
    )
    page_model.objects.filter(depth=1).update(numchild=1)
    site_model.objects.update_or_create(
        is_default_site=True,
        defaults={"hostname": "localhost", "root_page_id": home.pk, "site_name": "Find Fusion"},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("pages", "0001_initial"),
        ("wagtailcore", "0054_initial_locale"),
        ("wagtailcore", "0001_initial"),
    ]
    operations = [migrations.RunPython(make_home, migrations.RunPython.noop)]
