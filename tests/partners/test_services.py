"""What happens to partners: drafts, publishing, confirming, suspending; each in the history with who and when."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.models import ModelLogEntry

from opportunities import selectors as opportunities
from partners import selectors, services
from partners.models import AssuranceKind, Contact, Partner
from taxonomy.models import AccessFeature, Sector
from tests.factories import (
    AssuranceFactory,
    DepartmentFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    RelationshipFactory,
    SiteFactory,
    term,
)

pytestmark = pytest.mark.django_db


def new_partner(**fields: object) -> Partner:
    return Partner(**{"name": "Foundry Lane Press", "kind": "business", "summary": "Printers.", **fields})


def history(partner: Partner) -> list[tuple[str, object]]:
    """Action and who, oldest first."""
    entries = ModelLogEntry.objects.filter(object_id=str(partner.pk)).order_by("timestamp", "pk")
    found = [entry for entry in entries if entry.content_type.model_class() is Partner]
    assert all(abs(entry.timestamp - timezone.now()) < timedelta(minutes=1) for entry in found)
    return [(entry.action, entry.user) for entry in found]


class TestDrafts:
    """A draft is kept, and seen by nobody outside."""

    def test_a_new_one_is_not_public(self) -> None:
        officer = OfficerFactory.create()
        partner = new_partner()
        revision = services.save_draft(partner, officer)
        assert not partner.live
        assert partner not in selectors.public()
        assert revision.user == officer
        assert ("wagtail.edit", officer) in history(partner)

    def test_one_of_a_live_partner_changes_nothing_that_is_seen(self) -> None:
        partner = PartnerFactory.create(name="Before", sectors=["law"])
        draft = partner.get_latest_revision_as_object()
        draft.name = "After"
        draft.sectors.set([term(Sector, "performing-arts")])
        services.save_draft(draft)
        seen = Partner.objects.get(pk=partner.pk)
        assert seen.name == "Before"
        assert [sector.slug for sector in seen.sectors.all()] == ["law"]
        assert seen.has_unpublished_changes
        services.publish(seen.get_latest_revision_as_object())
        seen = Partner.objects.get(pk=partner.pk)
        assert seen.name == "After"
        assert [sector.slug for sector in seen.sectors.all()] == ["performing-arts"]

    def test_what_contradicts_itself_is_not_kept(self) -> None:
        partner = new_partner(has_employees=False)
        with pytest.raises(ValidationError, match="self-employed professionals and volunteer groups"):
            services.save_draft(partner)
        assert not Partner.objects.exists()


class TestPublishing:
    """All of it, or nothing."""

    def test_it_is_public_with_who_and_when(self) -> None:
        officer = OfficerFactory.create()
        partner = new_partner()
        services.publish(partner, officer)
        assert partner.live
        assert partner in selectors.public()
        assert ("wagtail.publish", officer) in history(partner)
        assert str(partner.get_absolute_url()).startswith("/partners/")

    def test_a_failure_leaves_neither_half(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The new sectors are written after the new name; when that fails, the name is not new either."""
        partner = PartnerFactory.create(name="Before", sectors=["law"])
        draft = partner.get_latest_revision_as_object()
        draft.name = "After"
        draft.sectors.set([term(Sector, "performing-arts")])
        revision = services.save_draft(draft)
        revisions = partner.revisions.count()

        def fail(*_: object, **__: object) -> None:
            raise OSError("the disk is full")

        monkeypatch.setattr("wagtail.actions.publish_revision.PublishRevisionAction._after_publish", fail)
        with pytest.raises(OSError, match="the disk is full"):
            revision.publish()
        seen = Partner.objects.get(pk=partner.pk)
        assert (seen.name, [sector.slug for sector in seen.sectors.all()]) == ("Before", ["law"])
        with pytest.raises(OSError, match="the disk is full"):
            services.publish(new_partner(name="Never"))
        assert not Partner.objects.filter(name="Never").exists()
        assert partner.revisions.count() == revisions

    def test_unpublishing_takes_it_and_its_offers_away(self) -> None:
        officer = OfficerFactory.create()
        partner = PartnerFactory.create()
        offered = OpportunityFactory.create(offered_by=partner)
        hosted = OpportunityFactory.create(hosted_by=partner)
        assert set(opportunities.public()) == {offered, hosted}
        services.unpublish(partner, officer)
        assert partner not in selectors.public()
        assert not opportunities.public().exists()
        assert ("wagtail.unpublish", officer) in history(partner)

    def test_expiry_counts_by_the_clock_not_by_the_job(self) -> None:
        now = timezone.now()
        gone = PartnerFactory.create(expire_at=now - timedelta(seconds=1))
        there = PartnerFactory.create(expire_at=now + timedelta(hours=1))
        assert list(selectors.public()) == [there]
        assert [gone.is_public, there.is_public] == [False, True]

    def test_a_reference_stands_for_one_partner(self) -> None:
        PartnerFactory.create(reference="P1")
        with pytest.raises(ValidationError, match="Another partner has this reference"):
            services.publish(new_partner(reference="P1"))
        services.publish(new_partner(reference=""))
        services.publish(new_partner(reference=""))

    @pytest.mark.parametrize("kind", ["self_employed", "charity"])
    def test_some_kinds_may_have_no_employees(self, kind: str) -> None:
        services.publish(new_partner(kind=kind, has_employees=False))


class TestConfirming:
    """Partners say now and then that all is still right."""

    def test_it_notes_today_and_who(self) -> None:
        officer = OfficerFactory.create()
        partner = PartnerFactory.create()
        assert list(selectors.unconfirmed()) == [partner]
        services.confirm(partner, officer)
        assert partner.confirmed_on == timezone.localdate()
        assert not selectors.unconfirmed().exists()
        assert ("partners.confirm", officer) in history(partner)

    def test_it_lasts_180_days(self) -> None:
        today = timezone.localdate()
        oldest = PartnerFactory.create(confirmed_on=today - timedelta(days=181))
        PartnerFactory.create(confirmed_on=today - timedelta(days=180))
        PartnerFactory.create(confirmed_on=today - timedelta(days=400), live=False)
        never = PartnerFactory.create()
        assert set(selectors.unconfirmed()) == {oldest, never}

    def test_publishing_an_older_draft_does_not_forget_it(self) -> None:
        partner = PartnerFactory.create(confirmed_on=date(2026, 1, 5))
        draft = partner.get_latest_revision_as_object()
        draft.summary = "Rewritten."
        services.save_draft(draft)
        services.confirm(Partner.objects.get(pk=partner.pk))
        Partner.objects.get(pk=partner.pk).latest_revision.publish()
        seen = Partner.objects.get(pk=partner.pk)
        assert (seen.summary, seen.confirmed_on) == ("Rewritten.", timezone.localdate())

    def test_nobody_confirms_in_the_future(self) -> None:
        with pytest.raises(ValidationError, match="still to come"):
            services.publish(new_partner(confirmed_on=timezone.localdate() + timedelta(days=1)))


class TestSuspending:
    """An officer can hide a partner at once; only another decision shows it again."""

    def test_it_hides_the_partner_and_all_that_it_offers_or_hosts(self) -> None:
        officer = OfficerFactory.create()
        partner = PartnerFactory.create()
        OpportunityFactory.create(offered_by=partner)
        OpportunityFactory.create(hosted_by=partner)
        services.suspend(partner, officer, "A parent rang.")
        assert partner not in selectors.public()
        assert not partner.is_public
        assert not opportunities.public().exists()
        services.lift_suspension(partner, officer, "It was a mix-up.")
        assert partner in selectors.public()
        assert opportunities.public().count() == 2
        assert history(partner)[-2:] == [("partners.suspend", officer), ("partners.lift_suspension", officer)]
        reasons = [entry.data["reason"] for entry in ModelLogEntry.objects.filter(action__startswith="partners.")]
        assert sorted(reasons) == ["A parent rang.", "It was a mix-up."]

    @pytest.mark.parametrize("reason", ["", "  \n"])
    def test_it_takes_a_reason(self, reason: str) -> None:
        partner = PartnerFactory.create()
        with pytest.raises(ValidationError, match="Say why"):
            services.suspend(partner, OfficerFactory.create(), reason)
        assert Partner.objects.get(pk=partner.pk).suspended_at is None
        services.suspend(partner, OfficerFactory.create(), "A reason.")
        with pytest.raises(ValidationError, match="Say why"):
            services.lift_suspension(partner, OfficerFactory.create(), reason)
        assert Partner.objects.get(pk=partner.pk).suspended_at is not None

    def test_publishing_a_draft_from_before_does_not_lift_it(self) -> None:
        partner = PartnerFactory.create()
        draft = partner.get_latest_revision_as_object()
        draft.summary = "Rewritten."
        revision = services.save_draft(draft)
        services.suspend(Partner.objects.get(pk=partner.pk), OfficerFactory.create(), "A parent rang.")
        revision.publish()
        seen = Partner.objects.get(pk=partner.pk)
        assert seen.summary == "Rewritten."
        assert seen.suspended_at is not None
        assert seen not in selectors.public()

    def test_publishing_a_draft_from_during_it_does_not_bring_it_back(self) -> None:
        officer = OfficerFactory.create()
        partner = PartnerFactory.create()
        services.suspend(partner, officer, "A parent rang.")
        draft = Partner.objects.get(pk=partner.pk).get_latest_revision_as_object()
        draft.summary = "Rewritten."
        revision = services.save_draft(draft)
        services.lift_suspension(Partner.objects.get(pk=partner.pk), officer, "It was a mix-up.")
        revision.publish()
        assert Partner.objects.get(pk=partner.pk) in selectors.public()


class TestKeptBesideIt:
    """Documents, sites, contacts and relationships."""

    def test_a_document_seen_is_in_the_partners_history(self) -> None:
        officer = OfficerFactory.create()
        partner = PartnerFactory.create()
        today = timezone.localdate()
        services.record_assurance(
            partner, AssuranceKind.VETTING, seen_on=today, expires=today, seen_by=officer, note="By telephone."
        )
        kept = partner.assurances.get()
        assert (kept.seen_by, kept.seen_on, kept.note) == (officer, today, "By telephone.")
        assert history(partner) == [("partners.assure", officer)]

    def test_a_document_without_its_last_day_is_refused(self) -> None:
        partner = PartnerFactory.create()
        with pytest.raises(ValidationError, match="last day"):
            services.record_assurance(
                partner, AssuranceKind.VETTING, seen_on=timezone.localdate(), expires=None, seen_by=None
            )
        assert not partner.assurances.exists()
        assert history(partner) == []

    def test_old_documents_are_kept(self) -> None:
        partner = PartnerFactory.create()
        AssuranceFactory.create(partner=partner, in_days=-400)
        AssuranceFactory.create(partner=partner, in_days=30)
        assert partner.assurances.count() == 2

    def test_a_site_is_placed_by_its_postcode(self) -> None:
        site = SiteFactory.create(postcode="e17 4jb")
        assert site.outward_code_id == "E17"
        assert str(site).endswith(", E17")
        with pytest.raises(ValidationError):
            SiteFactory.create(postcode="EC9 1AA")

    def test_what_a_site_has_for_access_is_replaced_whole(self) -> None:
        site = SiteFactory.create(access=["hearing-loop", "captions"])
        services.set_site_access(site, [term(AccessFeature, "step-free")])
        assert [feature.slug for feature in site.access_features.all()] == ["step-free"]

    def test_a_contact_is_not_public_unless_marked_so(self) -> None:
        assert not Contact(partner=PartnerFactory.create(), name="Robin").is_public

    def test_a_relationship_ends_after_it_starts(self) -> None:
        relationship = RelationshipFactory.create(department=DepartmentFactory.create(slug="culture"))
        relationship.started_on, relationship.ended_on = date(2026, 5, 1), date(2026, 4, 1)
        with pytest.raises(ValidationError, match="ends before it starts"):
            relationship.full_clean()
