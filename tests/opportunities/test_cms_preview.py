"""Drafts drawn beside the form as their public pages will be, finished or not, under the CMS's policy."""

import pytest

from opportunities.models import Opportunity
from partners.models import Partner
from tests.cms import Desk, Form, address_of
from tests.factories import EditorFactory, OfficerFactory, OpportunityFactory, PartnerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk(OfficerFactory.create())


def previewed(desk: Desk, form: Form, address: str) -> str:
    answer = desk.client.post(address, form.fields)
    assert answer.json()["is_valid"], answer.content
    page = desk.client.get(f"{address}?in_preview_panel=true")
    assert page.status_code == 200
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    return page.content.decode()


def test_what_is_typed_is_drawn_and_nothing_is_saved(desk: Desk) -> None:
    for model, thing, name in (
        (Opportunity, OpportunityFactory.create(kind="placement", skills=["creativity"]), "title"),
        (Partner, PartnerFactory.create(), "name"),
    ):
        form = desk.form(model, thing)
        form[name] = "Typed just now"
        assert "Typed just now" in previewed(desk, form, address_of(model, "preview_on_edit", thing))
        assert not model._default_manager.get(pk=thing.pk).has_unpublished_changes


@pytest.mark.parametrize("kind", ["", "visit", "job"])
def test_one_that_says_almost_nothing_is_drawn_too(desk: Desk, kind: str) -> None:
    form = desk.form(Opportunity)
    form["title"], form["kind"] = "Barely begun", kind
    response = desk.client.post(address_of(Opportunity, "preview_on_add"), form.fields)
    assert response.status_code == 200
    if response.json()["is_valid"]:
        page = desk.client.get(f"{address_of(Opportunity, 'preview_on_add')}?in_preview_panel=true")
        assert page.status_code == 200


def test_a_revision_under_review_and_an_old_one_are_drawn(desk: Desk) -> None:
    opportunity = OpportunityFactory.create(title="Reviewed", live=False)
    revision = opportunity.save_revision()
    state = opportunity.get_workflow().start(opportunity, desk.user)
    task = state.current_task_state.task
    for address in (
        address_of(Opportunity, "workflow_preview", opportunity, task.pk),
        address_of(Opportunity, "revisions_view", opportunity, revision.pk),
    ):
        page = desk.client.get(address)
        assert page.status_code == 200
        assert "Reviewed" in page.content.decode()


def test_who_may_not_change_it_is_shown_no_draft() -> None:
    opportunity = OpportunityFactory.create(title="Secret draft", live=False)
    revision = opportunity.save_revision()
    desk = Desk(EditorFactory.create())
    for address in (
        address_of(Opportunity, "preview_on_edit", opportunity),
        address_of(Opportunity, "revisions_view", opportunity, revision.pk),
    ):
        response = desk.client.get(address)
        assert response.status_code != 200 or "Secret draft" not in response.content.decode()
