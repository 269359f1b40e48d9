"""Whatever holds somebody's name or how to reach them says how long it is kept, or stands here with the reason why not yet."""

import pytest
from django.apps import apps
from django.db.models import EmailField, Model

from figures.retention import Retention
from tests.architecture.house import ROOT_PACKAGES

pytestmark = pytest.mark.engine_only

#: Words in the names of fields that hold a person's name, or how to reach one.
TELLING = ("email", "e_mail", "phone", "first_name", "last_name", "full_name", "contact_name", "person_name")
#: Fields whose name says less than they hold.
NAMES_OF_PEOPLE = {"partners.Contact.name"}
#: Kept as long as somebody has a part in the site; the rules for when that ends come with the issue that builds it.
RULES_COME_LATER = {
    "partners.Contact": "whom to ask at a partner: kept by the partner, gone with it",
    "partners.Partner": "how to reach an organisation, which is public",
    "schools.School": "how to reach a school, which is public",
}


def tells_of_somebody(model: type[Model]) -> bool:
    return any(
        isinstance(field, EmailField)
        or any(word in field.name for word in TELLING)
        or f"{model._meta.label}.{field.name}" in NAMES_OF_PEOPLE
        for field in model._meta.fields
    )


def ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in ROOT_PACKAGES]


def test_what_tells_of_somebody_says_how_long_it_is_kept() -> None:
    telling = {model._meta.label: model for model in ours() if tells_of_somebody(model)}
    silent = {label for label, model in telling.items() if not getattr(model, "retention", ())}
    assert silent == set(RULES_COME_LATER), "declare `retention` (figures/retention.py), or say here why not yet"
    assert {"directory.WantedNote", "directory.ProblemReport"} <= set(telling) - silent


def test_each_rule_names_fields_that_there_are() -> None:
    for model in ours():
        for rule in getattr(model, "retention", ()):
            assert isinstance(rule, Retention)
            names = {field.name for field in model._meta.fields}
            assert {rule.since, *rule.clears} <= names
            assert rule.days >= 0
