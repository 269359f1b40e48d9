"""A partner's table of opportunities: read first, row by row; then drafts; never anything of others, never public."""

import io
from datetime import timedelta
from typing import Any

import openpyxl
import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from opportunities.importing import services
from opportunities.models import ImportRun, Opportunity
from opportunities.resources import PartnerOpportunityResource
from opportunities.selectors import public
from opportunities.services import publish
from partners.services import submit
from portal.views import upload
from tests.directory.reading import Page
from tests.factories import (
    OfficerFactory,
    OpportunityFactory,
    SiteFactory,
)
from tests.factories.tables import as_csv, as_workbook, everything
from tests.numbers import full
from tests.portal.uploads import SITE, Sender, files, outcomes, own_placement_row, own_row, results, work

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_folder")]


def titles(sender: Sender) -> list[str]:
    return sorted(each.title for each in Opportunity.objects.filter(offered_by=sender.partner))


class TestFromFileToDrafts:
    def test_nothing_is_made_before_somebody_has_seen_it_and_said_yes(self, sender: Sender) -> None:
        run = sender.send([own_row(), own_row(2, kind="palace"), own_placement_row(3, tasks="")])
        page = sender.page(run)
        assert "This is what would happen" in page.text
        assert "Make two drafts" in page.text
        assert "“palace”. Type one of: visit, outdoor" in page.text
        assert "Before it can be published: tasks" in page.text
        assert not Opportunity.objects.exists()
        assert [stored.stat().st_mode & 0o077 for stored in files()] == [0]

        sender.confirm(run)
        assert titles(sender) == ["Set, ink, pull 1", "Set, ink, pull 3"]
        assert not Opportunity.objects.filter(live=True).exists()
        assert not public().exists()
        page = sender.page(run)
        assert "Your drafts are there" in page.text
        assert "1 row: left out, with something to mend" in page.text
        assert files() == []

    def test_a_draft_says_what_its_row_says_and_who_made_it(self, sender: Sender) -> None:
        sender.upload([own_row(themes="oracy")])
        draft = Opportunity.objects.get().get_latest_revision_as_object()
        assert (draft.offered_by, draft.hosted_by, draft.site.name) == (sender.partner, None, SITE)
        assert (draft.year_from, draft.year_to, draft.group_max) == (7, 9, 30)
        assert [item.tag.slug for item in draft.theme_items.all()] == ["oracy"]
        assert ModelLogEntry.objects.filter(user=sender.user, object_id=str(draft.pk)).exists()

    def test_the_state_changes_once_whoever_clicks_twice(self, sender: Sender) -> None:
        run = sender.send([own_row()])
        for _ in range(2):
            sender.client.post(f"{sender.address}{run.pk}/confirm/")
        work()
        assert Opportunity.objects.count() == 1
        page = Page(sender.client.post(f"{sender.address}{run.pk}/discard/", follow=True))
        assert "dealt with already" in page.text
        assert ImportRun.objects.get().state == ImportRun.State.DONE

    def test_what_is_thrown_away_leaves_nothing(self, sender: Sender) -> None:
        run = sender.send([own_row()])
        page = Page(sender.client.post(f"{sender.address}{run.pk}/discard/", follow=True))
        assert "was thrown away. Nothing was made of it." in page.text
        sender.confirm(run)
        assert not Opportunity.objects.exists()
        assert files() == []
        assert "Thrown away" in sender.page(run).text

    def test_looking_changes_nothing(self, sender: Sender) -> None:
        run = sender.send([own_row()])
        before = everything()
        sender.page(run)
        sender.client.get(sender.address)
        for step in ("confirm", "discard"):
            assert sender.client.get(f"{sender.address}{run.pk}/{step}/").status_code == 405
        assert everything() == before

    def test_a_workbook_is_read_too(self, sender: Sender) -> None:
        response = sender.post(as_workbook([own_row()]), "offers.xlsx")
        assert response.status_code == 302
        assert "Make one draft" in sender.page(ImportRun.objects.get()).text


class TestProgress:
    @pytest.fixture(autouse=True)
    def _by_the_worker(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(upload, "READ_AT_ONCE", 1)
        monkeypatch.setattr(services, "PROGRESS_EVERY", timedelta(0))

    def test_a_long_table_is_read_by_the_worker_and_the_page_asks_again(self, sender: Sender) -> None:
        run = sender.send([own_row(n) for n in range(3)])
        page = sender.page(run)
        assert "0 of 3" in page.text
        assert "Look again" in page.links
        address = f"{sender.address}{run.pk}/"
        piece = sender.client.get(address, headers={"HX-Request": "true"})
        assert "<html" not in piece.content.decode()
        assert f'hx-get="{address}"' in piece.content.decode()
        ImportRun.objects.update(rows_done=2)
        assert "2 of 3" in sender.client.get(address, headers={"HX-Request": "true"}).content.decode()
        work()
        done = sender.client.get(address, headers={"HX-Request": "true"})
        assert (done["HX-Refresh"], done.content) == ("true", b"")
        page = sender.page(run)
        assert "Make three drafts" in page.text
        assert "htmx" not in page.html

    def test_one_table_at_a_time(self, sender: Sender) -> None:
        run = sender.send([own_row(n) for n in range(3)])
        refused = Page(sender.post(as_csv([own_row(9), own_row(8)])))
        assert "Another file of yours is still being read." in refused.text
        assert len(files()) == 1
        ImportRun.objects.update(moved_at=timezone.now() - timedelta(minutes=11))
        assert "Nothing has moved for ten minutes" in sender.page(run).text
        assert sender.send([own_row(9), own_row(8)]).pk != run.pk

    def test_a_fault_is_told_in_plain_words(self, sender: Sender) -> None:
        run = sender.send([own_row(n) for n in range(3)])
        for path in files():
            path.unlink()
        work()
        assert "fault in Find Fusion" in sender.page(run).text
        assert not Opportunity.objects.exists()

    def test_nothing_is_made_for_a_partner_that_was_suspended_meanwhile(self, sender: Sender) -> None:
        run = sender.send([own_row(n) for n in range(3)])
        work()
        sender.client.post(f"{sender.address}{run.pk}/confirm/")
        sender.partner.suspended_at = timezone.now()
        sender.partner.save()
        work()
        run.refresh_from_db()
        assert (run.state, Opportunity.objects.count(), files()) == (ImportRun.State.FAILED, 0, [])


class TestSentAgain:
    def test_the_same_table_makes_nothing_twice(self, sender: Sender) -> None:
        rows = [own_row(), own_row(2, reference=""), own_row(3, leads_to="O1")]
        sender.upload(rows)
        before = everything()
        run = sender.send(rows)
        assert set(outcomes(run)) == {"unchanged"}
        assert "There is nothing to make of this table." in sender.page(run).text
        ImportRun.objects.all().delete()
        after = everything()
        before.pop("opportunities.ImportRun"), after.pop("opportunities.ImportRun")
        assert after == before

    def test_a_changed_row_changes_its_draft(self, sender: Sender) -> None:
        sender.upload([own_row(), own_row(2)])
        sender.upload([own_row(title="Now in colour"), own_row(2)])
        drafts = {each.get_latest_revision_as_object().title for each in Opportunity.objects.all()}
        assert drafts == {"Now in colour", "Set, ink, pull 2"}

    def test_what_is_public_stays_as_it_is(self, sender: Sender) -> None:
        sender.upload([own_row()])
        publish(Opportunity.objects.get().get_latest_revision_as_object(), OfficerFactory.create())
        sender.upload([own_row(title="Now in colour")])
        live = Opportunity.objects.get()
        assert (live.title, live.live, live.has_unpublished_changes) == ("Set, ink, pull 1", True, True)

    def test_references_are_each_partner_s_own(self, sender: Sender, client: Client) -> None:
        sender.upload([own_row()])
        other = Sender(client, name="Longshore Voices")
        other.upload([own_row(title="Another thing altogether")])
        references = set(Opportunity.objects.values_list("reference", flat=True))
        assert references == {f"P{sender.partner.pk}/O1", f"P{other.partner.pk}/O1"}
        assert titles(sender) == ["Set, ink, pull 1"]

    def test_a_reference_that_officers_gave_is_found_and_kept(self, sender: Sender) -> None:
        own = OpportunityFactory.create(offered_by=sender.partner, reference="O1", live=False)
        run = sender.upload([own_row()])
        assert outcomes(run) == ["changed"]
        assert own.get_latest_revision_as_object().reference == "O1"
        own.refresh_from_db()
        assert own.get_latest_revision_as_object().title == "Set, ink, pull 1"

    def test_doubles_within_a_table_and_without_a_reference_are_left_out(self, sender: Sender) -> None:
        run = sender.send([own_row(), own_row(title="Other"), own_row(2, title="Set, ink, pull 1", reference="")])
        assert outcomes(run) == ["new", "duplicate", "duplicate"]
        assert "Line 2 has the same reference." in Page(sender.client.get(f"{sender.address}{run.pk}/")).text

    def test_what_is_with_the_officers_is_left_alone(self, sender: Sender) -> None:
        sender.upload([own_row()])
        submit(Opportunity.objects.get(), sender.user)
        run = sender.send([own_row(title="Now in colour")])
        assert outcomes(run) == ["refused"]
        assert "officers" in results(run)[0]["problems"][0]["reason"]


class TestTemplates:
    def test_both_hold_the_columns_of_a_partner_and_no_others(self, sender: Sender) -> None:
        headings = [column.heading for column in PartnerOpportunityResource.fields.values()]
        assert not {"partner", "host", "with_partners", "campaign", "sourcing_team"} & set(headings)
        text = sender.client.get(f"{sender.address}template.csv").content.decode("utf-8-sig")
        assert text.strip().split(",") == headings
        assert sender.client.get(f"{sender.address}template.exe").status_code == 404

    def test_the_workbook_explains_and_offers_choices_its_own_sites_among_them(self, sender: Sender) -> None:
        SiteFactory.create(name="Another's stage")
        response = sender.client.get(f"{sender.address}template.xlsx")
        assert response["Content-Disposition"] == 'attachment; filename="opportunities.xlsx"'
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        rows, meaning, choices = book.worksheets
        assert all(row[2].value for row in meaning.iter_rows(min_row=2))
        said = [(row[0].value, row[1].value) for row in choices.iter_rows(min_row=2)]
        assert ("kind", "placement") in said
        assert ("skills", "creativity") in said
        assert [value for heading, value in said if heading == "site"] == [SITE]
        assert rows.data_validations.dataValidation

    def test_a_template_filled_in_is_read(self, sender: Sender) -> None:
        book = openpyxl.load_workbook(io.BytesIO(sender.client.get(f"{sender.address}template.xlsx").content))
        headings = [cell.value for cell in book.worksheets[0][1]]
        for place, heading in enumerate(headings, 1):
            book.worksheets[0].cell(2, place, own_row().get(str(heading), ""))
        out = io.BytesIO()
        book.save(out)
        assert sender.post(out.getvalue(), "offers.xlsx").status_code == 302
        assert "Make one draft" in sender.page(ImportRun.objects.get()).text


def mixed_rows(count: int) -> list[dict[str, str]]:
    """Rows of which every tenth is wrong in a way of its own."""
    wrong: list[dict[str, str]] = [{"kind": "palace"}, {"years": "9-7"}, {"title": ""}, {"skills": "juggling | Balls"}]
    return [own_row(n, **(wrong[n // 10 % len(wrong)] if n % 10 == 0 else {})) for n in range(count)]


@pytest.mark.prove
@pytest.mark.engine_only
def test_a_table_of_many_rows_comes_in_with_progress_and_each_refused_row_is_explained(
    sender: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = full(500, 5_000)
    noted: list[int] = []
    monkeypatch.setattr(services, "PROGRESS_EVERY", timedelta(0))
    moved = ImportRun.objects.none().__class__.update

    def watched(queryset: Any, **fields: Any) -> int:
        if queryset.model is ImportRun and "rows_done" in fields and "state" not in fields:
            noted.append(fields["rows_done"])
        return moved(queryset, **fields)

    monkeypatch.setattr(ImportRun.objects.none().__class__, "update", watched)
    run = sender.upload(mixed_rows(count))
    became = outcomes(run)
    assert (became.count("new"), became.count("refused")) == (count - count // 10, count // 10)
    assert Opportunity.objects.filter(offered_by=sender.partner, live=False).count() == count - count // 10
    for row in results(run):
        assert (row["outcome"] == "refused") == bool(row["problems"])
        assert all(problem["column"] and problem["reason"] for problem in row["problems"])
    assert noted == [*range(1, count + 1), *range(1, count + 1)]
    page = sender.page(run)
    assert "There is no fusion skill of this name." in page.text
    assert sender.page(run, page="2").status == 200


def test_files_and_reports_do_not_stay(sender: Sender) -> None:
    run = sender.send([own_row()])
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        services.clear()
        run.refresh_from_db()
        assert (run.state, files()) == (ImportRun.State.DISCARDED, [])
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        services.clear()
    assert not ImportRun.objects.exists()
