"""Partners in the CMS: drafted, moderated, published, scheduled, returned, compared, exported."""

from datetime import timedelta
from io import BytesIO

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.models import TaskState

from partners import selectors
from partners.models import Partner
from taxonomy.models import Sector
from tests.cms import Desk, address_of
from tests.factories import (
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    SiteFactory,
    UserFactory,
    term,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/snippets/partners/partner/"


@pytest.fixture
def desk() -> Desk:
    return Desk(OfficerFactory.create())


@pytest.fixture
def checker() -> Desk:
    """Another officer, who checks what the first one sent."""
    return Desk(OfficerFactory.create())


def again(partner: Partner) -> Partner:
    return Partner.objects.get(pk=partner.pk)


def draft(desk: Desk, **fields: object) -> Partner:
    """A partner drafted through the form."""
    form = desk.form(Partner)
    for name, value in {"name": "Foundry Lane Press", "kind": "business", "summary": "Printers.", **fields}.items():
        form[name] = value
    answer = desk.send(form)
    assert answer.errors == {}
    return Partner.objects.latest("pk")


class TestTheWayToThePublic:
    """Draft, submit, approve."""

    def test_a_draft_is_kept_and_not_public(self, desk: Desk) -> None:
        partner = draft(desk, sectors=[term(Sector, "law").pk])
        assert (partner.name, partner.live, partner.status_string) == ("Foundry Lane Press", False, "draft")
        assert [sector.slug for sector in partner.sectors.all()] == ["law"]
        assert partner not in selectors.public()

    def test_a_draft_may_lack_what_publishing_needs_but_a_name_and_a_kind(self, desk: Desk) -> None:
        form = desk.form(Partner)
        answer = desk.send(form)
        assert set(answer.errors) == {"name", "kind"}
        form["name"], form["kind"] = "Foundry Lane Press", "business"
        assert desk.send(form).errors == {}
        form = desk.form(Partner, Partner.objects.get())
        answer = desk.send(form, "action-publish")
        assert set(answer.errors) == {"summary"}
        assert not Partner.objects.get().live

    def test_submitted_approved_public(self, desk: Desk, checker: Desk) -> None:
        partner = draft(desk)
        form = desk.form(Partner, partner)
        assert "submitted for moderation" in desk.send(form, "action-submit").said
        assert again(partner).status_string == "in moderation"
        assert "Foundry Lane Press" in checker.open("/admin/").page.text
        form = checker.form(Partner, partner)
        checker.send(form, "action-workflow-action", **{"workflow-action-name": "approve"})
        found = again(partner)
        assert (found.live, found.status_string) == (True, "live")
        assert found in selectors.public()
        assert not found.has_unpublished_changes

    def test_approved_with_changes_of_the_moderators_own(self, desk: Desk, checker: Desk) -> None:
        partner = draft(desk)
        desk.send(desk.form(Partner, partner), "action-submit")
        form = checker.form(Partner, partner)
        form["summary"] = "Printers in the City."
        checker.send(form, "action-workflow-action", **{"workflow-action-name": "approve"})
        found = again(partner)
        assert (found.live, found.summary, found.status_string) == (True, "Printers in the City.", "live")
        state = TaskState.objects.get()
        assert state.revision == found.live_revision, "the history names the revision that was accepted"

    def test_approved_from_the_list_without_opening_the_form(self, desk: Desk, checker: Desk) -> None:
        partner = draft(desk)
        desk.send(desk.form(Partner, partner), "action-submit")
        state = again(partner).current_workflow_task_state
        checker.post(address_of(Partner, "workflow_action", partner, "approve", state), comment="")
        assert again(partner) in selectors.public()

    def test_returned_with_a_comment_changed_and_sent_again(self, desk: Desk) -> None:
        partner = draft(desk)
        desk.send(desk.form(Partner, partner), "action-submit")
        state = again(partner).current_workflow_task_state
        desk.post(address_of(Partner, "workflow_action", partner, "reject", state), comment="Say what you print.")
        assert not again(partner).live
        page = desk.open(address_of(Partner, "edit", partner)).page
        assert "Say what you print." in page.text or "Say what you print." in str(page)
        form = desk.form(Partner, partner)
        form["summary"] = "Printers of posters."
        desk.send(form, "action-submit")
        assert again(partner).status_string == "in moderation"
        assert again(partner).current_workflow_task_state.revision.as_object().summary == "Printers of posters."

    def test_published_at_once_by_who_may(self, desk: Desk) -> None:
        partner = draft(desk)
        assert "published" in desk.send(desk.form(Partner, partner), "action-publish").said
        assert again(partner) in selectors.public()
        desk.post(address_of(Partner, "unpublish", partner))
        assert again(partner) not in selectors.public()

    def test_changes_of_a_live_partner_wait_for_publishing(self, desk: Desk) -> None:
        partner = PartnerFactory.create(name="Before", sectors=["law"])
        form = desk.form(Partner, partner)
        form["name"], form["sectors"] = "After", [term(Sector, "performing-arts").pk]
        desk.send(form)
        assert (again(partner).name, again(partner).status_string) == ("Before", "live + draft")
        desk.send(desk.form(Partner, partner), "action-publish")
        assert again(partner).name == "After"
        assert [sector.slug for sector in again(partner).sectors.all()] == ["performing-arts"]


class TestByTheClock:
    """Publishing and expiry on a day to come, by `publish_scheduled`."""

    def test_goes_live_and_expires(self, desk: Desk) -> None:
        partner = draft(desk)
        form = desk.form(Partner, partner)
        now = timezone.localtime()
        form["go_live_at"] = f"{now + timedelta(hours=1):%Y-%m-%d %H:%M}"
        form["expire_at"] = f"{now + timedelta(hours=3):%Y-%m-%d %H:%M}"
        assert "scheduled for publishing" in desk.send(form, "action-publish").said
        assert again(partner).status_string == "scheduled"
        call_command("publish_scheduled")
        assert not again(partner).live
        with time_machine.travel(now + timedelta(hours=2), tick=False):
            call_command("publish_scheduled")
            assert again(partner) in selectors.public()
        with time_machine.travel(now + timedelta(hours=3, minutes=1), tick=False):
            assert again(partner) not in selectors.public(), "before the job has run"
            call_command("publish_scheduled")
            assert again(partner).status_string == "expired"

    def test_dates_the_wrong_way_round_are_refused(self, desk: Desk) -> None:
        form = desk.form(Partner, draft(desk))
        now = timezone.localtime()
        form["go_live_at"] = f"{now + timedelta(hours=3):%Y-%m-%d %H:%M}"
        form["expire_at"] = f"{now + timedelta(hours=1):%Y-%m-%d %H:%M}"
        assert set(desk.send(form, "action-publish").errors) == {"go_live_at", "expire_at"}


class TestRules:
    """What is refused is refused by the field, in words."""

    def test_no_employees_without_being_a_sole_trader(self, desk: Desk) -> None:
        form = desk.form(Partner, draft(desk))
        form["has_employees"] = False
        assert "Only self-employed professionals" in desk.send(form).errors["has_employees"][0]

    def test_a_reference_of_another(self, desk: Desk) -> None:
        PartnerFactory.create(reference="P1")
        form = desk.form(Partner, draft(desk))
        form["reference"] = "P1"
        assert desk.send(form, "action-publish").errors == {
            "reference": ["Another partner has this reference. Give each its own, or none."]
        }

    def test_a_confirmation_is_not_taken_back(self, desk: Desk) -> None:
        today = timezone.localdate()
        partner = PartnerFactory.create(confirmed_on=today)
        form = desk.form(Partner, partner)
        for earlier in ("", f"{today - timedelta(days=1)}"):
            form["confirmed_on"] = earlier
            assert "They confirmed on" in desk.send(form).errors["confirmed_on"][0]
        form["confirmed_on"] = f"{today + timedelta(days=1)}"
        assert "still to come" in desk.send(form).errors["confirmed_on"][0]

    def test_a_retired_sector_stays_where_it_is_held_and_is_not_offered_anew(self, desk: Desk) -> None:
        law, sport = term(Sector, "law"), term(Sector, "sport-leisure")
        holding, other = PartnerFactory.create(sectors=["law"]), PartnerFactory.create()
        Sector.objects.filter(pk__in=[law.pk, sport.pk]).update(active=False)
        form = desk.form(Partner, holding)
        assert str(law.pk) in form.offered("sectors")
        assert str(sport.pk) not in form.offered("sectors")
        assert form.fields["sectors"] == [str(law.pk)]
        desk.send(form, "action-publish")
        assert [sector.slug for sector in again(holding).sectors.all()] == ["law"]
        form = desk.form(Partner, other)
        assert str(law.pk) not in form.offered("sectors")
        form["sectors"] = [law.pk]
        assert "sectors" in desk.send(form, "action-publish").errors


class TestActions:
    """Confirming and suspending are pages with one button: opening one changes nothing."""

    def test_confirming(self, desk: Desk) -> None:
        partner = PartnerFactory.create()
        address = address_of(Partner, "confirm", partner)
        assert address in str(desk.open(address_of(Partner, "edit", partner)).page)
        assert desk.open(address).status == 200
        assert again(partner).confirmed_on is None
        assert "is confirmed as of today" in desk.send(desk.form(address)).said
        assert again(partner).confirmed_on == timezone.localdate()

    def test_suspending_and_lifting(self, desk: Desk) -> None:
        partner = PartnerFactory.create()
        suspend, lift = address_of(Partner, "suspend", partner), address_of(Partner, "lift_suspension", partner)
        edit = desk.open(address_of(Partner, "edit", partner))
        assert suspend in str(edit.page)
        assert lift not in str(edit.page)
        form = desk.form(suspend)
        assert "Say why" in desk.send(form).errors["reason"][0]
        assert again(partner) in selectors.public()
        form["reason"] = "A parent rang."
        whom_to_ring = desk.send(form)
        assert "whom-to-ring" in whom_to_ring.address
        assert "Suspended" in whom_to_ring.page.text
        assert again(partner) not in selectors.public()
        assert lift in str(desk.open(address_of(Partner, "edit", partner)).page)
        history = desk.open(address_of(Partner, "history", partner)).page.text
        assert "Suspended" in history
        form = desk.form(lift)
        form["reason"] = "It was a mix-up."
        desk.send(form)
        assert again(partner) in selectors.public()

    def test_a_partner_that_is_not_there(self, desk: Desk) -> None:
        assert desk.open(reverse(Partner.snippet_viewset.get_url_name("suspend"), args=[999])).status == 404


class TestDeleting:
    """Officers delete no partners. Who may is told why not, where others depend on it."""

    @pytest.fixture
    def root(self) -> Desk:
        return Desk(UserFactory.create(is_superuser=True))

    def test_one_that_hosts_what_others_offer(self, root: Desk) -> None:
        host = PartnerFactory.create(name="Host")
        OpportunityFactory.create(title="Set, ink, pull", hosted_by=host)
        answer = root.post(address_of(Partner, "delete", host))
        assert answer.status == 200
        assert "“Host” cannot be deleted while it is used by “Set, ink, pull”" in answer.said
        assert again(host)

    def test_many_at_once_with_such_a_one_among_them(self, root: Desk) -> None:
        free, host = PartnerFactory.create(), PartnerFactory.create(name="Host")
        OpportunityFactory.create(title="Set, ink, pull", hosted_by=host)
        bulk = reverse("wagtail_bulk_action", args=["partners", "partner", "delete"])
        answer = root.post(f"{bulk}?id={free.pk}&id={host.pk}&next={LIST}")
        assert answer.status == 200
        assert "cannot be deleted" in answer.said
        assert Partner.objects.filter(pk__in=[free.pk, host.pk]).count() == 2
        root.post(f"{bulk}?id={free.pk}&next={LIST}")
        assert not Partner.objects.filter(pk=free.pk).exists()

    def test_one_that_nobody_depends_on(self, root: Desk) -> None:
        partner = PartnerFactory.create()
        SiteFactory.create(partner=partner)
        OpportunityFactory.create(offered_by=partner)
        assert "deleted" in root.post(address_of(Partner, "delete", partner)).said
        assert not Partner.objects.filter(pk=partner.pk).exists()

    def test_officers_delete_none(self, desk: Desk) -> None:
        partner = PartnerFactory.create()
        desk.post(address_of(Partner, "delete", partner))
        assert again(partner)


class TestLists:
    """Searched, narrowed, exported, compared."""

    def test_search(self, desk: Desk) -> None:
        PartnerFactory.create(name="Foundry Lane Press")
        PartnerFactory.create(name="Guildhall Archive")
        page = desk.open(f"{LIST}?q=foundry").page.text
        assert "Foundry Lane Press" in page
        assert "Guildhall Archive" not in page

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("kind=livery", {"Livery"}),
            ("sector={law}", {"Lawyers"}),
            ("live=false", {"Draft"}),
            ("stale=true", {"Livery", "Lawyers"}),
            ("stale=false", {"Fresh", "Draft"}),
            ("kind=nonsense", {"Livery", "Lawyers", "Draft", "Fresh"}),
        ],
    )
    def test_filters(self, desk: Desk, query: str, found: set[str]) -> None:
        PartnerFactory.create(name="Livery", kind="livery")
        PartnerFactory.create(name="Lawyers", sectors=["law"])
        PartnerFactory.create(name="Draft", live=False)
        PartnerFactory.create(name="Fresh", confirmed_on=timezone.localdate())
        response = desk.client.get(f"{LIST}?{query.format(law=term(Sector, 'law').pk)}")
        assert response.status_code == 200
        assert {partner.name for partner in response.context["object_list"]} == found

    def test_exports(self, desk: Desk) -> None:
        PartnerFactory.create(name="Foundry Lane Press", reference="P1")
        lines = desk.exported(f"{LIST}?export=csv").decode().splitlines()
        assert lines[0].startswith("Reference,Name,Kind")
        assert lines[1].startswith("P1,Foundry Lane Press,")
        sheet = load_workbook(BytesIO(desk.exported(f"{LIST}?export=xlsx"))).active
        assert sheet is not None
        assert [cell.value for cell in sheet[2]][:2] == ["P1", "Foundry Lane Press"]

    def test_history_compare_and_an_older_version(self, desk: Desk) -> None:
        partner = draft(desk, sectors=[term(Sector, "law").pk])
        form = desk.form(Partner, partner)
        form["summary"], form["sectors"] = "Printers of posters.", [term(Sector, "performing-arts").pk]
        desk.send(form)
        first, second = again(partner).revisions.order_by("created_at", "pk").values_list("pk", flat=True)[:2]
        history = desk.open(address_of(Partner, "history", partner))
        assert history.status == 200
        assert str(desk.user) in history.page.text
        compared = desk.open(address_of(Partner, "revisions_compare", partner, first, second))
        assert compared.status == 200
        assert "posters" in compared.page.text
        form = desk.form(address_of(Partner, "revisions_revert", partner, first))
        assert form["summary"] == "Printers."
        desk.send(form)
        assert again(partner).get_latest_revision_as_object().summary == "Printers."

    def test_locked_by_one_closed_to_others(self, desk: Desk) -> None:
        partner = draft(desk)
        desk.post(address_of(Partner, "lock", partner))
        other = Desk(OfficerFactory.create())
        form = desk.form(Partner, partner)
        form["summary"] = "Mine."
        assert desk.send(form).errors == {}
        answer = other.send(form)
        assert "locked" in answer.said
        assert again(partner).get_latest_revision_as_object().summary == "Mine."
        other.post(address_of(Partner, "unlock", partner))
        assert not again(partner).locked
