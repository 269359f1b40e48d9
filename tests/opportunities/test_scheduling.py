"""`publish_scheduled`, which runs every minute: what is due goes public, and one that may not keeps no other waiting."""

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page, Revision

from opportunities import scheduling, selectors, services
from opportunities.models import Opportunity
from partners.models import Partner
from tests.cms import Desk, address_of
from tests.factories import OfficerFactory, OpportunityFactory, PartnerFactory

pytestmark = pytest.mark.django_db
HOME = "/admin/"


def schedule(thing: Any, ago: timedelta = timedelta(seconds=30), **fields: Any) -> Revision:
    """A revision that an officer had scheduled, and whose time came `ago`."""
    draft = thing._meta.model.objects.get(pk=thing.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.go_live_at = timezone.now() - ago
    revision: Revision = draft.save_revision(clean=False)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=draft.go_live_at)
    return revision


def again[Thing: (Opportunity, Partner)](thing: Thing) -> Thing:
    return type(thing).objects.get(pk=thing.pk)


def held() -> Opportunity:
    return OpportunityFactory.create(title="Held", kind="placement", under_16=True, live=False)


def three(worst: Opportunity, **fields: Any) -> tuple[Opportunity, Opportunity]:
    """Two that may go public, one due before and one due after the worst."""
    first, last = OpportunityFactory.create_batch(2, live=False)
    for minutes, thing, more in ((9, first, {}), (8, worst, fields), (7, last, {})):
        schedule(thing, timedelta(minutes=minutes), **more)
    return first, last


def test_what_is_due_goes_live_and_what_has_expired_goes() -> None:
    now = timezone.now()
    due = OpportunityFactory.create(title="Before", live=False)
    schedule(due, title="After")
    later = OpportunityFactory.create(live=False)
    schedule(later, timedelta(minutes=-1))
    expiring = OpportunityFactory.create(expire_at=now - timedelta(seconds=1))
    assert not selectors.public().exists(), "expired by the clock before the job runs"
    call_command("publish_scheduled")
    assert set(selectors.public()) == {due}
    assert (again(due).title, again(due).status_string) == ("After", "live")
    assert again(later).status_string == "scheduled"
    assert again(expiring).status_string == "expired"
    assert not again(expiring).live
    actions = ModelLogEntry.objects.values_list("action", flat=True)
    assert {"wagtail.publish.scheduled", "wagtail.unpublish.scheduled"} <= set(actions)


def test_one_that_is_held_keeps_no_other_waiting(caplog: pytest.LogCaptureFixture) -> None:
    worst = held()
    first, last = three(worst)
    with caplog.at_level(logging.WARNING, "opportunities.scheduling"):
        call_command("publish_scheduled")
    assert set(selectors.public()) == {first, last}
    assert (again(worst).live, again(worst).status_string) == (False, "scheduled")
    assert [record.levelname for record in caplog.records] == ["WARNING"]
    assert "must record a decision" in caplog.text


def test_what_was_held_goes_public_by_the_next_run_after_the_decision() -> None:
    opportunity = held()
    schedule(opportunity)
    call_command("publish_scheduled")
    services.decide_safeguarding(again(opportunity), OfficerFactory.create(), accepted=True, reason="Two adults.")
    call_command("publish_scheduled")
    assert opportunity in selectors.public()


def test_one_whose_reference_another_took_meanwhile() -> None:
    OpportunityFactory.create(reference="O1", live=False)
    worst = OpportunityFactory.create(live=False)
    first, last = three(worst, reference="O1")
    call_command("publish_scheduled")
    assert set(selectors.public()) == {first, last}
    assert "Another opportunity has this reference" in scheduling.refusal(scheduling.due().get()).reason


def breaks(_: Any, revision: Revision, *args: Any, **kwargs: Any) -> None:
    raise RuntimeError(f"Revision {revision.pk} fails half-way")


def test_a_fault_of_our_own_is_logged_with_its_trace_and_undone(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    worst = PartnerFactory.create(name="Before", live=False)
    opportunity = OpportunityFactory.create(live=False)
    schedule(worst, timedelta(minutes=9), name="After")
    schedule(opportunity)
    published: Callable[..., None] = Partner.publish

    def breaks_afterwards(partner: Partner, revision: Revision, *args: Any, **kwargs: Any) -> None:
        published(partner, revision, *args, **kwargs)
        breaks(partner, revision)

    monkeypatch.setattr(Partner, "publish", breaks_afterwards)
    with caplog.at_level(logging.WARNING, "opportunities.scheduling"):
        call_command("publish_scheduled")
    assert (again(worst).name, again(worst).live) == ("Before", False)
    assert opportunity in selectors.public()
    assert "fails half-way" in caplog.text
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    assert scheduling.refusal(scheduling.due().get()).reason == scheduling.FAULT
    monkeypatch.undo()
    call_command("publish_scheduled")
    assert again(worst).live


def test_one_that_cannot_be_taken_down_keeps_no_other_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ago = timezone.now() - timedelta(minutes=1)
    partner, opportunity = PartnerFactory.create(expire_at=ago), OpportunityFactory.create(expire_at=ago)

    def fails(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(Opportunity, "unpublish", fails)
    call_command("publish_scheduled")
    assert again(opportunity).live
    assert not again(partner).live


def test_pages_are_published_too() -> None:
    page = Page.objects.filter(depth=2).get().specific
    schedule(page, title="Another title")
    call_command("publish_scheduled")
    assert Page.objects.get(pk=page.pk).title == "Another title"


def test_a_dry_run_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    opportunity = OpportunityFactory.create(live=False)
    schedule(opportunity)
    call_command("publish_scheduled", dryrun=True)
    assert "Revisions to be published" in capsys.readouterr().out
    assert not again(opportunity).live


def test_officers_see_what_is_overdue_and_why() -> None:
    desk = Desk(OfficerFactory.create())
    assert "not published" not in desk.open(HOME).page.get_text()
    opportunity = held()
    schedule(opportunity, timedelta(minutes=4))
    assert "not published" not in desk.open(HOME).page.get_text(), "the job has some minutes"
    schedule(opportunity, timedelta(minutes=6))
    page = desk.open(HOME).page
    assert "Due to go public, and not published: 1" in page.get_text()
    link = page.find("a", href=address_of(Opportunity, "edit", opportunity), string="Held")
    assert link is not None
    assert "must record a decision" in link.parent.get_text()  # type: ignore[union-attr]  # a link stands in something
