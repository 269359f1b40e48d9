"""A partner's documents are read by its own people and by officers, at addresses that nobody guesses."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from partners.models import AssuranceDocument, Partner
from tests.cms import Desk
from tests.factories import (
    AdministratorFactory,
    AssuranceDocumentFactory,
    EditorFactory,
    OfficerFactory,
    PartnerFactory,
    PartnerMemberFactory,
    TeacherFactory,
)
from tests.people import sign_in
from tests.portal.sending import next_year, place_of
from tests.visitors import BROWSER

pytestmark = pytest.mark.django_db


def check(document: AssuranceDocument, step: str = "") -> str:
    return f"/admin/documents-to-check/{document.key}/{step}"


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


@pytest.fixture
def partner() -> Partner:
    return PartnerFactory.create(name="Foundry Lane Press")


@pytest.fixture
def document(partner: Partner, private: Path) -> AssuranceDocument:
    return AssuranceDocumentFactory.create(partner=partner)


def addresses(document: AssuranceDocument, partner: Partner) -> list[str]:
    name = document.file.name
    return [
        reverse("portal-document-file", args=[partner.pk, document.key]),
        check(document, "file/"),
        f"/media/{name}", f"/media/images/{name}", f"/private/{name}", f"/static/{name}", f"/documents/{document.pk}/{name}",
        f"/media/../private/{name}", f"/media/images/..%2f..%2fprivate%2f{name}", f"/portal/{partner.pk}/documents/{document.pk}/file/",
    ]  # fmt: skip


def test_its_own_people_and_officers_read_it(client: Client, partner: Partner, document: AssuranceDocument) -> None:
    sign_in(client, PartnerMemberFactory.create(partner=partner))
    for who in (client, Desk(OfficerFactory.create()).client, Desk(AdministratorFactory.create()).client):
        answers = [who.get(address) for address in addresses(document, partner)]
        read = [answer for answer in answers if answer.status_code == 200]
        assert [content_of(answer) for answer in read] == [b"\xff\xd8\xff\xd9"]


def test_everybody_else_finds_nothing(partner: Partner, document: AssuranceDocument) -> None:
    other = PartnerFactory.create()
    strangers: list[User | None] = [
        None,
        PartnerMemberFactory.create(partner=other, partner__role="owner"),
        TeacherFactory.create(),
        EditorFactory.create(),
    ]
    for user in strangers:
        client = Client(headers=BROWSER)
        if user is not None:
            sign_in(client, user)
        for address in [*addresses(document, partner), *addresses(document, other)]:
            answer = client.get(address)
            assert answer.status_code in (301, 302, 403, 404), f"{user} at {address}"
            assert b"\xff\xd8" not in (b"" if answer.streaming else answer.content)
        take_back = reverse("portal-document-take-back", args=[partner.pk, document.key])
        assert client.post(take_back).status_code in (302, 404)
        for step in ("accept/", "give-back/", "delete-dbs/"):
            assert client.post(check(document, step), {"reason": "x", "expires": next_year()}).status_code in (
                302,
                403,
            )
    document.refresh_from_db()
    assert document.state == "waiting"


def test_a_suspended_partner_reads_its_own_no_longer(
    client: Client, partner: Partner, document: AssuranceDocument
) -> None:
    sign_in(client, PartnerMemberFactory.create(partner=partner))
    address = reverse("portal-document-file", args=[partner.pk, document.key])
    assert client.get(address).status_code == 200
    partner.suspended_at = timezone.now()
    partner.save()
    assert client.get(address).status_code == 404


def test_it_is_kept_by_no_cache_and_nothing_in_it_runs(
    client: Client, partner: Partner, document: AssuranceDocument
) -> None:
    sign_in(client, PartnerMemberFactory.create(partner=partner))
    shown = client.get(reverse("portal-document-file", args=[partner.pk, document.key]))
    assert "no-store" in shown["Cache-Control"]
    assert "private" in shown["Cache-Control"]
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert shown["Content-Security-Policy"] == "default-src 'none'; sandbox; frame-ancestors 'none'"
    assert shown["Content-Disposition"].startswith("inline")
    AssuranceDocument.objects.update(media_type="application/pdf")
    saved = Desk(OfficerFactory.create()).client.get(check(document, "file/"))
    assert saved["Content-Disposition"].startswith('attachment; filename="public-liability-')
    assert saved["Content-Type"] == "application/pdf"
    assert saved["Cache-Control"] == "private, no-store"
    assert "sandbox" in saved["Content-Security-Policy"]


def test_a_key_that_there_is_not_and_a_file_that_is_gone(
    client: Client, partner: Partner, document: AssuranceDocument
) -> None:
    sign_in(client, PartnerMemberFactory.create(partner=partner))
    assert client.get(reverse("portal-document-file", args=[partner.pk, uuid4()])).status_code == 404
    place_of(document).unlink()
    assert client.get(reverse("portal-document-file", args=[partner.pk, document.key])).status_code == 404
