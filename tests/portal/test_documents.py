"""A partner's documents: sent, seen by an officer, and read by nobody else."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import ModelLogEntry

from accounts.models import User
from partners.assurances import State, standing
from partners.documents.services import MOST_A_DAY
from partners.models import Assurance, AssuranceDocument, AssuranceKind, Partner
from tests.cms import Answer, Desk, address_of
from tests.factories import (
    AssuranceDocumentFactory,
    AssuranceFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
)
from tests.mail import deliver_all
from tests.people import sign_in
from tests.portal import made_files as made
from tests.portal.sending import lying_in, next_year, only_document, said_of_the_file, send
from tests.visitors import BROWSER

pytestmark = pytest.mark.django_db


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory.create(name="Foundry Lane Press")


@pytest.fixture
def member(client: Client, partner: Partner) -> User:
    return sign_in(client, PartnerMemberFactory.create(partner=partner, email="robin@example.org"))


@pytest.fixture
def desk() -> Desk:
    return Desk(OfficerFactory.create(first_name="Ngozi", last_name="Hartwell"))


def page(client: Client, partner: Partner, query: str = "") -> str:
    return client.get(f"/portal/{partner.pk}/documents/{query}").content.decode()


def check(document: AssuranceDocument, step: str = "") -> str:
    return f"/admin/documents-to-check/{document.key}/{step}"


def said(answer: Answer) -> str:
    return answer.page.get_text(" ", strip=True)


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


class TestSending:
    """What is a PDF or a photograph is taken, and waits for an officer."""

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("certificate.pdf", made.pdf()),
            ("letter.PDF", made.linked_pdf()),
            ("packed.pdf", made.hidden_in_a_stream(b"<< /S /GoTo /D [3 0 R /Fit] >>")),
            ("IMG_0001.JPG", made.picture("JPEG")),
            ("screen.png", made.picture("PNG")),
            ("IMG_0002.HEIC", made.picture("HEIF")),
            ("IMG_0003", made.picture("JPEG")),
            ("dbs-policy.pdf", made.pdf(text="Every adult has an enhanced DBS certificate")),
        ],
    )
    def test_it_is_taken(
        self, client: Client, partner: Partner, member: User, private: Path, name: str, content: bytes
    ) -> None:
        answer = send(client, partner, name, content)
        assert answer.status_code == 302, said_of_the_file(answer)
        document = only_document()
        assert (document.partner, document.sent_by, document.state) == (partner, member, "waiting")
        assert document.media_type == ("application/pdf" if content.startswith(b"%PDF") else "image/jpeg")
        assert [document.size] == [path.stat().st_size for path in lying_in(private)]
        assert "Being checked" in page(client, partner)

    @pytest.mark.usefixtures("member")
    def test_a_photograph_keeps_nothing_but_what_is_seen(self, client: Client, partner: Partner, private: Path) -> None:
        sent = made.photograph_with_a_place()
        assert b"Secret Phone" in sent
        send(client, partner, "IMG_0001.jpg", sent)
        (path,) = lying_in(private)
        kept = path.read_bytes()
        with Image.open(BytesIO(kept)) as image:
            assert image.size == tuple(reversed(made.SIZE)), "upright"
            assert dict(image.getexif()) == {}
            assert not {"exif", "comment", "icc_profile"} & set(image.info)
        assert b"Secret" not in kept
        assert b"home" not in kept
        assert path.stat().st_mode & 0o077 == 0, "for nobody else on the machine"

    @pytest.mark.usefixtures("member")
    def test_the_letter_of_an_insurer_counts_as_employers_liability(
        self, client: Client, partner: Partner, private: Path
    ) -> None:
        send(client, partner, "letter.pdf", made.pdf(), what="insurers_letter")
        document = only_document()
        assert (document.kind, document.is_letter) == ("employers_liability", True)
        assert "Insurer’s letter for work experience" in page(client, partner)

    @pytest.mark.usefixtures("member", "private")
    def test_what_is_missing_is_said_all_at_once_and_nothing_is_kept(self, client: Client, partner: Partner) -> None:
        answer = client.post(f"/portal/{partner.pk}/documents/", {"expires": "never"}).content.decode()
        for problem in ("Choose what it is", "Choose a file", "Type the date like"):
            assert problem in answer
        assert 'value="never"' in answer
        for day, problem in (
            (timezone.localdate() - timedelta(days=1), "has run out"),
            (timezone.localdate() + timedelta(days=9_000), "Check the year"),
            ("", "Type the last day"),
        ):
            assert problem in send(client, partner, "a.pdf", made.pdf(), expires=f"{day}").content.decode()
        assert (
            "Choose what it is" in send(client, partner, "a.pdf", made.pdf(), what="dbs_certificate").content.decode()
        )
        assert not AssuranceDocument.objects.exists()
        send(client, partner, "a.pdf", made.pdf(), what="risk_assessment", expires="")
        assert only_document().expires is None

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.usefixtures("member")
    def test_a_newer_one_takes_the_place_of_one_that_waits(
        self, client: Client, partner: Partner, private: Path
    ) -> None:
        send(client, partner, "a.pdf", made.pdf())
        send(client, partner, "b.jpg", made.picture())
        states = dict(AssuranceDocument.objects.values_list("media_type", "state"))
        assert states == {"application/pdf": "replaced", "image/jpeg": "waiting"}
        assert [path.suffix for path in lying_in(private)] == [".jpg"]

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.usefixtures("member")
    def test_it_can_be_taken_back_until_it_is_decided(
        self, client: Client, partner: Partner, private: Path, desk: Desk
    ) -> None:
        send(client, partner, "a.pdf", made.pdf())
        address = reverse("portal-document-take-back", args=[partner.pk, only_document().key])
        assert client.get(address).status_code == 405
        client.post(address)
        assert only_document().state == "taken_back"
        assert lying_in(private) == []
        assert "no longer waits" in said(desk.post(check(only_document(), "accept/"), expires=next_year()))
        assert not Assurance.objects.exists()

    @pytest.mark.usefixtures("member", "private")
    def test_a_partner_cannot_fill_the_disk(self, client: Client, partner: Partner) -> None:
        AssuranceDocumentFactory.create_batch(MOST_A_DAY, partner=partner, state="replaced", file="")
        assert "Go on tomorrow" in said_of_the_file(send(client, partner, "a.pdf", made.pdf()))
        AssuranceDocument.objects.update(sent_at=timezone.now() - timedelta(days=1, minutes=1))
        assert send(client, partner, "a.pdf", made.pdf()).status_code == 302

    @pytest.mark.usefixtures("private")
    def test_a_form_from_elsewhere_is_refused(self, partner: Partner) -> None:
        """The check of its token stands behind the limit of the upload, and stands."""
        client = Client(headers=BROWSER, enforce_csrf_checks=True)
        sign_in(client, PartnerMemberFactory.create(partner=partner))
        assert send(client, partner, "a.pdf", made.pdf()).status_code == 403
        assert not AssuranceDocument.objects.exists()


class TestHowTheyStand:
    """The page says what is missing for what, and what came of what was sent."""

    @pytest.mark.usefixtures("member")
    def test_what_its_opportunities_need_and_is_missing_comes_first(self, client: Client, partner: Partner) -> None:
        OpportunityFactory.create(offered_by=partner, kind="placement", live=False)
        OpportunityFactory.create(offered_by=partner, hosted_by=PartnerFactory.create(), kind="mentoring")
        AssuranceFactory.create(partner=partner, kind=AssuranceKind.RISK_ASSESSMENT, in_days=30)
        shown = page(client, partner)
        assert "Needed for: work experience placement." in shown
        assert "mentoring" not in shown, "its host's documents count"
        assert shown.index("Employers&#x27; liability insurance") < shown.index("How adults are vetted")
        assert "Renew by" in shown

    @pytest.mark.usefixtures("member")
    def test_who_works_alone_needs_no_employers_liability_insurance(self, client: Client, partner: Partner) -> None:
        OpportunityFactory.create(offered_by=partner, kind="placement")
        partner.has_employees = False
        partner.save()
        assert "Not needed: you work without employees" in page(client, partner)

    @pytest.mark.usefixtures("member", "private")
    def test_who_saw_it_and_when(self, client: Client, partner: Partner, desk: Desk) -> None:
        send(client, partner, "a.pdf", made.pdf())
        desk.post(check(only_document(), "accept/"), expires=next_year())
        shown = page(client, partner)
        assert "Seen by Ngozi Hartwell on" in shown
        assert "In date to" in shown
        assert desk.user.email not in shown
        assert reverse("portal-document-file", args=[partner.pk, only_document().key]) in shown

    @pytest.mark.usefixtures("member")
    def test_dbs_certificates_are_not_offered_and_the_page_says_why(self, client: Client, partner: Partner) -> None:
        shown = page(client, partner, "?what=vetting")
        assert "Never a DBS certificate" in shown
        assert 'value="vetting" checked' in shown
        assert set(AssuranceKind.values) & {"dbs", "dbs_certificate"} == set()


class TestDeciding:
    """An officer looks at a document, and records what it shows or returns it."""

    @pytest.fixture
    def document(self, partner: Partner, private: Path, member: User) -> AssuranceDocument:
        return AssuranceDocumentFactory.create(partner=partner, sent_by=member)

    def test_it_waits_among_the_documents_to_check(self, desk: Desk, document: AssuranceDocument) -> None:
        for address in ("/admin/", "/admin/documents-to-check/"):
            assert check(document) in str(desk.open(address).page)
        assert "public liability insurance never seen" in said(desk.open(check(document)))
        assert content_of(desk.client.get(check(document, "file/"))) == b"\xff\xd8\xff\xd9"

    def test_officers_find_what_a_partner_sent_from_its_page(self, desk: Desk, document: AssuranceDocument) -> None:
        other = AssuranceDocumentFactory.create()
        desk.post(check(document, "give-back/"), reason="Blurred.")
        listed = f"/admin/documents-to-check/?partner={document.partner_id}"
        assert listed in str(desk.open(address_of(Partner, "edit", document.partner)).page)
        page = str(desk.open(listed).page)
        assert check(document) in page
        assert "Returned" in page
        assert check(other) not in page
        for nonsense in ("0", "x", "9" * 30):
            assert check(other) in str(desk.open(f"/admin/documents-to-check/?partner={nonsense}").page)

    def test_accepting_records_the_assurance_as_seen_by_the_officer(
        self, desk: Desk, document: AssuranceDocument, mailoutbox: list[Any]
    ) -> None:
        last_day = timezone.localdate() + timedelta(days=200)
        assert "Accepted" in desk.post(check(document, "accept/"), expires=f"{last_day}").said
        seen = Assurance.objects.get()
        assert (seen.kind, seen.seen_by, seen.seen_on, seen.expires) == (
            document.kind, desk.user, timezone.localdate(), last_day,
        )  # fmt: skip
        held = standing(document.partner, AssuranceKind.PUBLIC_LIABILITY, Assurance.objects.all(), timezone.localdate())
        assert held.state is State.IN_DATE
        document.refresh_from_db()
        assert (document.state, document.assurance, document.expires) == ("accepted", seen, last_day)
        deliver_all()
        assert [(mail.to, "Accepted" in mail.subject) for mail in mailoutbox] == [(["robin@example.org"], True)]
        assert f"/portal/{document.partner_id}/documents/" in mailoutbox[0].body

    def test_a_second_decision_is_too_late(
        self, desk: Desk, document: AssuranceDocument, mailoutbox: list[Any]
    ) -> None:
        desk.post(check(document, "accept/"), expires=next_year())
        assert "no longer waits" in said(desk.post(check(document, "accept/"), expires=next_year()))
        assert "no longer waits" in said(desk.post(check(document, "give-back/"), reason="Blurred."))
        assert Assurance.objects.count() == 1
        deliver_all()
        assert len(mailoutbox) == 1

    def test_a_day_that_has_passed_is_not_recorded(self, desk: Desk, document: AssuranceDocument) -> None:
        yesterday = timezone.localdate() - timedelta(days=1)
        assert "has run out" in said(desk.post(check(document, "accept/"), expires=f"{yesterday}"))
        assert "Type the last day" in said(desk.post(check(document, "accept/")))
        assert not Assurance.objects.exists()

    def test_returning_tells_the_partner_why(
        self, client: Client, desk: Desk, document: AssuranceDocument, mailoutbox: list[Any]
    ) -> None:
        assert desk.post(check(document, "give-back/"), reason=" ").status == 200
        document.refresh_from_db()
        assert document.state == "waiting"
        desk.post(check(document, "give-back/"), reason="The date is cut off & blurred. Photograph all of it.")
        shown = page(client, document.partner)
        assert "The date is cut off &amp; blurred" in shown
        assert "Send another one" in shown
        deliver_all()
        assert [mail.to for mail in mailoutbox] == [["robin@example.org"]]
        assert "The date is cut off" in mailoutbox[0].body

    @pytest.mark.django_db(transaction=True)
    def test_a_dbs_certificate_is_deleted_at_once_and_the_partner_told_what_to_send(
        self, client: Client, desk: Desk, document: AssuranceDocument, private: Path, mailoutbox: list[Any]
    ) -> None:
        assert len(lying_in(private)) == 1
        desk.post(check(document, "delete-dbs/"))
        assert lying_in(private) == []
        document.refresh_from_db()
        assert (document.state, bool(document.file)) == ("refused", False)
        assert desk.client.get(check(document, "file/")).status_code == 404
        assert "What you sent was a DBS certificate. It is deleted." in page(client, document.partner)
        deliver_all()
        assert "statement of how you check adults" in mailoutbox[0].body
        desk.post(check(document, "delete-dbs/"))
        deliver_all()
        assert len(mailoutbox) == 1

    def test_one_that_no_longer_acts_for_the_partner_is_not_written_to(
        self, desk: Desk, document: AssuranceDocument, member: User, mailoutbox: list[Any]
    ) -> None:
        PartnerMemberFactory.create(partner=document.partner, partner__role="owner", email="owner@example.org")
        member.partner_memberships.all().delete()
        desk.post(check(document, "give-back/"), reason="Blurred.")
        deliver_all()
        assert [mail.to for mail in mailoutbox] == [["owner@example.org"]]

    def test_the_history_says_what_happened_by_numbers_alone(self, desk: Desk, document: AssuranceDocument) -> None:
        desk.post(check(document, "give-back/"), reason="Robin Hale is not on it.")
        entry = ModelLogEntry.objects.get(action="partners.document_returned")
        assert (entry.user, entry.data) == (desk.user, {"document": document.pk, "kind": "public_liability"})
        assert "Returned a document" in str(
            desk.open(f"/admin/snippets/partners/partner/history/{document.partner_id}/").page
        )

    def test_what_lasts_longer_stays_and_what_it_outlasts_goes(self, desk: Desk, document: AssuranceDocument) -> None:
        today = timezone.localdate()
        longer, shorter = (
            AssuranceDocumentFactory.create(
                partner=document.partner, state="accepted", expires=today + timedelta(days=days)
            )
            for days in (900, 90)
        )
        desk.post(check(document, "accept/"), expires=next_year())
        longer.refresh_from_db()
        shorter.refresh_from_db()
        assert (longer.state, shorter.state) == ("accepted", "replaced")
        assert shorter.done_at is not None
