"""What no form would send: the CMS says by the field what is wrong, and never answers with a fault."""

from collections.abc import Callable
from typing import Any

import pytest
from django.forms import ModelChoiceField
from django.urls import reverse

from opportunities.models import Opportunity
from partners.models import Partner
from tests.cms import Desk, Form, address_of
from tests.factories import OfficerFactory, OpportunityFactory, PartnerFactory, SiteFactory

pytestmark = pytest.mark.django_db

NO_IDS = ("x", "9" * 40, "²")
EDITED: dict[str, Callable[[], str]] = {
    "partner": lambda: address_of(Partner, "edit", PartnerFactory.create()),
    "opportunity": lambda: address_of(Opportunity, "edit", OpportunityFactory.create()),
    "site": lambda: reverse("site:edit", args=[SiteFactory.create().pk]),
}


@pytest.fixture
def desk() -> Desk:
    return Desk(OfficerFactory.create())


def choosing(desk: Desk, form: Form) -> list[str]:
    """Every field of a form that points to something, and those of the first new row of each of its panels."""
    found: Any = desk.open(form.address).response.context["form"]
    rows = [formset.empty_form for formset in getattr(found, "formsets", {}).values()]
    return [
        row.add_prefix(name).replace("__prefix__", "0")
        for row in (found, *rows)
        for name, field in row.fields.items()
        if isinstance(field, ModelChoiceField) and name != "id"
    ]


@pytest.mark.parametrize("what", EDITED)
@pytest.mark.parametrize("value", NO_IDS)
def test_what_is_no_id_is_refused_by_the_field(desk: Desk, what: str, value: str) -> None:
    form = desk.form(EDITED[what]())
    names = choosing(desk, form)
    for rows in {name.partition("-")[0] for name in names if "-" in name}:
        form.add(rows)
    for name in names:
        form[name] = value
    answer = desk.send(form)
    assert answer.status == 200
    assert len(names) > 1
    assert set(names) == set(answer.errors)


@pytest.mark.parametrize("what", ["partner", "opportunity"])
def test_the_form_comes_back_with_no_picture_chosen(desk: Desk, what: str) -> None:
    form = desk.form(EDITED[what]())
    form["image"] = "x"
    answer = desk.send(form)
    assert answer.errors == {"image": ["Select a valid choice. That choice is not one of the available choices."]}
    assert Form(answer.page, form.address)["image"] == ""
