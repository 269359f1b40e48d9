"""Applications to become a partner: kept, decided once, told to who applied."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import ModelLogEntry

from accounts.invitations import accept_invitation
from engagement.retention import apply_retention
from notices.models import Notice
from partners import applications, people, selectors
from partners.models import Partner, PartnerApplication, PartnerInvitation, PartnerMembership
from tests.factories import OfficerFactory, PartnerApplicationFactory, PartnerFactory, PartnerMemberFactory, SiteFactory
from tests.links import messages_to, secret_sent_to
from tests.side_by_side import at_once

pytestmark = pytest.mark.django_db
INES = "ines@tallowgate.example"


def sent(**fields: object) -> PartnerApplication:
    return applications.apply(PartnerApplicationFactory.build(email=INES, **fields))


def test_an_application_is_kept_and_acknowledged_without_a_word_of_it() -> None:
    application = sent(name="Buy gold at evil.example", person_name="Click evil.example")
    assert application.state == "waiting"
    notice = Notice.objects.get(address=INES)
    assert notice.kind == "application-received"
    assert "evil" not in notice.subject + notice.text + notice.html


def test_sent_twice_it_is_one() -> None:
    first = sent()
    assert sent(name="TALLOW GATE PRINTING") == first
    assert messages_to(INES) == ["application-received"]
    assert sent(name="Another Press") != first


def test_accepted_it_becomes_a_draft_whose_owner_is_invited() -> None:
    officer = OfficerFactory.create()
    application = sent(idea="Print. " * 60)
    partner = applications.accept(application, officer)
    assert not partner.live
    assert partner not in selectors.public()
    assert len(partner.summary) <= 200
    assert [site.postcode for site in partner.sites.all()] == ["E1 1AA"]
    user = accept_invitation(PartnerInvitation, secret_sent_to(INES), people.join)
    assert PartnerMembership.objects.get(partner=partner, user=user).role == "owner"
    application.refresh_from_db()
    assert (application.state, application.decided_by, application.partner) == ("accepted", officer, partner)
    entry = ModelLogEntry.objects.filter(object_id=str(application.pk), action="partners.application_accepted").get()
    assert entry.user == officer


@pytest.mark.parametrize(("has_owner", "role"), [(True, "member"), (False, "owner")])
def test_merged_it_invites_into_the_partner_that_is_here(has_owner: bool, role: str) -> None:
    partner = PartnerFactory.create()
    if has_owner:
        PartnerMemberFactory.create(partner=partner, partner__role="owner")
    applications.merge(sent(), partner, OfficerFactory.create())
    assert Partner.objects.count() == 1
    assert PartnerInvitation.objects.get().role == role


def test_declined_it_says_why() -> None:
    application = sent()
    applications.decline(application, "You sell to schools only.", OfficerFactory.create())
    notice = Notice.objects.get(address=INES, kind="application-declined")
    assert "You sell to schools only." in notice.text
    application.refresh_from_db()
    assert application.reason == "You sell to schools only."
    assert not Partner.objects.exists()


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_without_a_reason_nothing_is_declined(reason: str) -> None:
    with pytest.raises(ValidationError):
        applications.decline(sent(), reason, OfficerFactory.create())
    assert messages_to(INES) == ["application-received"]


def test_it_is_decided_once() -> None:
    application, officer = sent(), OfficerFactory.create()
    applications.accept(application, officer)
    for decide in (
        lambda: applications.accept(application, officer),
        lambda: applications.merge(application, PartnerFactory.create(), officer),
        lambda: applications.decline(application, "No.", officer),
    ):
        with pytest.raises(ValidationError, match="decided already"):
            decide()
    assert PartnerInvitation.objects.count() == 1


def test_the_person_is_forgotten_a_month_after_the_decision_and_all_of_it_after_a_year() -> None:
    application = sent()
    applications.decline(application, "No.", OfficerFactory.create())
    apply_retention(timezone.now() + timedelta(days=31))
    application.refresh_from_db()
    assert (application.email, application.person_name, application.telephone, application.postcode) == ("",) * 4
    apply_retention(timezone.now() + timedelta(days=366))
    assert not PartnerApplication.objects.exists()


def test_only_partners_that_the_public_sees_are_named_to_who_applies() -> None:
    public = PartnerFactory.create(name="Tallow Gate Printing")
    PartnerFactory.create(name="Tallow Gate Printers", live=False)
    PartnerFactory.create(name="Tallow Gate Printing Co", suspended_at=timezone.now())
    SiteFactory.create(partner=public, postcode="E1 1AA")
    shown = applications.public_candidates("Tallow Gate Printing", "", "E1 1AA")
    assert [(each.key, each.reasons) for each in shown] == [(public.pk, ("Name nearly the same", "Same postcode"))]
    assert len(applications.all_candidates(PartnerApplicationFactory.create())) == 3


def test_comparing_takes_two_queries_however_many_partners_there_are(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(12):
        SiteFactory.create()
    with django_assert_num_queries(2):
        applications.public_candidates("Tallow Gate Printing", "", "E1 1AA")


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_decide_at_the_same_moment_one_does() -> None:
    application, one, other = sent(), OfficerFactory.create(), OfficerFactory.create()
    came = at_once(
        lambda: applications.accept(application, one), lambda: applications.decline(application, "No.", other)
    )
    assert sum(isinstance(each, ValidationError) for each in came) == 1
    assert messages_to(INES)[0] == "application-received"
    assert len(messages_to(INES)) == 2
