"""Opportunities drafted through the form of the CMS."""

from typing import Any

from opportunities.models import Opportunity
from tests.cms import Desk, Form
from tests.factories import PartnerFactory

APPROVE = {"workflow-action-name": "approve"}


def again(opportunity: Opportunity) -> Opportunity:
    return Opportunity.objects.get(pk=opportunity.pk)


def new_form(desk: Desk, **fields: Any) -> Form:
    form = desk.form(Opportunity)
    given = {
        "title": "Set, ink, pull",
        "kind": "visit",
        "summary": "Print a poster.",
        "description": "A day of printing.",
    }
    for name, value in {**given, "offered_by": PartnerFactory.create().pk, **fields}.items():
        form[name] = value
    return form


def drafted(desk: Desk, **fields: Any) -> Opportunity:
    answer = desk.send(new_form(desk, **fields))
    assert answer.errors == {}
    return Opportunity.objects.latest("pk")
