"""What a partner's table cannot reach: other partners' things, the officers' columns, and what a hostile file is after."""

import pytest
from django.test import Client

from opportunities.importing import services
from opportunities.models import ImportRun, Opportunity
from tests.directory.reading import Page
from tests.factories import (
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    SiteFactory,
    UserFactory,
)
from tests.factories.tables import as_csv
from tests.people import sign_in
from tests.portal.uploads import SITE, Sender, files, outcomes, own_placement_row, own_row, results
from tests.taxonomy.test_import_files import HOSTILE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("private_folder")]


class TestOnlyTheirs:
    """Nothing in a table reaches what is another's, or what only officers say."""

    def test_columns_that_are_not_theirs_mean_nothing(self, sender: Sender) -> None:
        other = PartnerFactory.create(reference="P1", name="Longshore Voices")
        row = own_row(partner="P1") | {
            "host": "P1", "with_partners": "P1", "sourcing_team": "x", "campaign": "x", "live": "yes", "publish": "yes",
            "offered_by": str(other.pk),
        }  # fmt: skip
        run = sender.upload([row])
        draft = Opportunity.objects.get().get_latest_revision_as_object()
        assert (draft.offered_by, draft.hosted_by, draft.co_offers.count(), draft.live) == (
            sender.partner,
            None,
            0,
            False,
        )
        assert "These columns mean nothing here and were left out: partner, host" in sender.page(run).text

    def test_another_s_opportunity_is_not_changed_by_its_reference_or_looks(self, sender: Sender) -> None:
        other = OpportunityFactory.create(reference="O1", title="Set, ink, pull 2")
        marked = OpportunityFactory.create(reference="P1/O3")
        before = list(Opportunity.objects.order_by("pk").values())
        run = sender.upload([own_row(), own_row(2), own_row(3, reference="P1/O3"), own_row(4, leads_to="O1;P1/O3;O2")])
        assert outcomes(run) == ["new"] * 4
        assert list(Opportunity.objects.filter(pk__in=[other.pk, marked.pk]).order_by("pk").values()) == before
        assert Opportunity.objects.filter(offered_by=sender.partner).count() == 4
        last = Opportunity.objects.get(offered_by=sender.partner, title__endswith="4").get_latest_revision_as_object()
        targets = set(last.leads_to.values_list("target__offered_by", flat=True))
        assert targets == {sender.partner.pk}

    def test_another_s_site_is_not_there(self, sender: Sender) -> None:
        SiteFactory.create(name="Secret stage")
        run = sender.send([own_row() | {"site": "Secret stage"}])
        [problem] = results(run)[0]["problems"]
        assert problem["reason"] == f"You have no site of this name. You have “{SITE}”."

    def test_a_yes_to_a_safeguarding_question_is_a_draft_that_is_held(self, sender: Sender) -> None:
        run = sender.upload([own_placement_row(under_16="yes")])
        assert "Held: a safeguarding question" in sender.page(run).text
        assert not Opportunity.objects.get().live


class TestWhoMay:
    def addresses(self, sender: Sender, run: ImportRun) -> list[str]:
        steps = ("", "template.csv", "template.xlsx", f"{run.pk}/", f"{run.pk}/confirm/", f"{run.pk}/discard/")
        return [f"{sender.address}{step}" for step in steps]

    def test_nobody_else_finds_it_officers_included(self, sender: Sender, client: Client) -> None:
        run = sender.send([own_row()])
        for user in (PartnerMemberFactory.create(), UserFactory.create(), OfficerFactory.create()):
            sign_in(client, user)
            for address in self.addresses(sender, run):
                assert client.get(address).status_code == 404
                assert client.post(address).status_code in {404, 405}
        client.logout()
        for address in self.addresses(sender, run):
            assert client.get(address).status_code == 302
        run.refresh_from_db()
        assert run.state == ImportRun.State.READ

    def test_a_run_is_not_found_below_another_partner(self, sender: Sender, client: Client) -> None:
        run = sender.send([own_row()])
        other = Sender(client)
        for step in ("", "confirm/", "discard/"):
            assert client.post(f"{other.address}{run.pk}/{step}").status_code in {404, 405}
            assert client.get(f"{other.address}{run.pk}/{step}").status_code in {404, 405}
        assert "offers.csv" not in Page(client.get(other.address)).text
        run.refresh_from_db()
        assert run.state == ImportRun.State.READ

    def test_the_officers_import_shows_and_touches_only_what_officers_sent(
        self, sender: Sender, client: Client
    ) -> None:
        run = sender.send([own_row()])
        sign_in(client, OfficerFactory.create())
        assert "offers.csv" not in client.get("/admin/import/").content.decode()
        assert client.get(f"/admin/import/{run.pk}/").status_code == 404
        for step in ("confirm", "discard"):
            assert client.post(f"/admin/import/{run.pk}/{step}/").status_code == 404

    def test_a_colleague_of_the_same_partner_sees_it(self, sender: Sender, client: Client) -> None:
        run = sender.send([own_row()])
        sign_in(client, PartnerMemberFactory.create(partner=sender.partner))
        assert sender.page(run).status == 200
        assert "offers.csv" in Page(client.get(sender.address)).text


class TestHostileFiles:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_it_is_refused_with_a_reason_and_nothing_is_kept(self, sender: Sender, name: str) -> None:
        make, _ = HOSTILE[name]
        page = Page(sender.post(make()))
        assert page.status == 200
        assert "There is a problem" in page.text
        assert not ImportRun.objects.exists()
        assert files() == []

    def test_more_than_the_limits_is_refused(self, sender: Sender, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(services, "UPLOAD_MAX_ROWS", 2)
        assert "has 3 rows. Send at most 2 at a time" in Page(sender.post(as_csv([own_row(n) for n in range(3)]))).text
        monkeypatch.setattr(services, "UPLOAD_MAX_BYTES", 1024 * 1024)
        assert "larger than 1 MB" in Page(sender.post(b"title\n" + b"x" * 1024 * 1024)).text
        assert files() == []

    @pytest.mark.parametrize(
        "name", ["../../etc/passwd.csv", "C:\\x\\..\\y.csv", "<img src=x>.csv", "a\x00b.csv", ".csv"]
    )
    def test_names_of_files_lead_nowhere_and_are_shown_as_text(self, sender: Sender, name: str) -> None:
        response = sender.post(as_csv([own_row()]), name)
        assert response.status_code in {200, 302}
        for run in ImportRun.objects.all():
            assert ".." not in run.stored_as
            assert "<img" not in sender.page(run).html
        assert all(path.parent == services.folder() for path in files())

    def test_what_stands_in_a_row_is_shown_as_text_and_never_run(self, sender: Sender) -> None:
        run = sender.send(
            [own_row(title="<script>alert(1)</script>"), own_row(2, summary="=1+1"), own_row(3, kind="<b>")]
        )
        page = sender.page(run)
        assert "<script>alert(1)" not in page.html
        assert "<b>”" not in page.html
        assert "It begins like a formula" in page.text

    def test_no_file_is_asked_for(self, sender: Sender) -> None:
        assert "Choose a file." in Page(sender.client.post(sender.address, {})).text
        assert "Choose a file." in Page(sender.client.post(sender.address, {"file": "text"})).text
