"""Importing partners: each row is new, changed, as it was, doubled or refused, and no row stops another."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import transaction
from hypothesis import assume, given
from hypothesis import strategies as st
from wagtail.models import ModelLogEntry

from partners import services
from partners.models import Partner
from partners.resources import PartnerResource
from taxonomy.resources import RefusedFile
from tests.factories import DepartmentFactory, OfficerFactory, PartnerFactory, SiteFactory, UserFactory
from tests.factories.tables import everything, outbox, partner_row, run, watch
from tests.numbers import examples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel("2026-11-24T09:00:00Z", tick=False):
        yield


def problems(report: Any) -> list[tuple[int, str, str]]:
    """Line, column and value of every problem."""
    return [(row.line, one.column, one.value) for row in report.rows for one in row.problems]


def outcomes(report: Any) -> list[str]:
    return [str(row.outcome) for row in report.rows]


def test_a_row_lands_as_a_draft_with_all_that_it_says() -> None:
    report = run(PartnerResource, [partner_row()])
    assert outcomes(report) == ["new"]
    partner = Partner.objects.get()
    assert not partner.live
    assert (partner.name, partner.telephone, str(partner.confirmed_on)) == (
        "Print room 1",
        "020 7946 0112",
        "2026-05-01",
    )
    assert sorted(partner.sectors.slugs()) == ["creative-design", "media-publishing"]
    site = partner.sites.get()
    assert str(site.outward_code) == "E1 (Tower Hamlets)"
    assert sorted(feature.slug for feature in site.access_features.all()) == ["hearing-loop", "step-free"]
    contact = partner.contacts.get()
    assert (contact.telephone, contact.is_public) == ("+44 20 7946 0112", True)
    assert partner.assurances.get().note == "Certificate"
    assert partner.recognitions.get().recognition.slug == "arts-award"


def test_publishing_is_asked_for_and_stands_in_the_history() -> None:
    watch()
    officer = OfficerFactory.create()
    run(PartnerResource, [partner_row()], publish=True, user=officer)
    partner = Partner.objects.get()
    assert partner.live
    assert ("partners.partner", partner.pk) in outbox()
    actions = set(ModelLogEntry.objects.filter(object_id=partner.pk, user=officer).values_list("action", flat=True))
    assert {"wagtail.publish", "partners.assure", "partners.edit_details"} <= actions


@pytest.mark.parametrize("publish", [False, True])
def test_the_same_file_again_changes_nothing(publish: bool) -> None:
    watch()
    DepartmentFactory.create(slug="culture")
    owner = UserFactory.create()
    rows = [
        partner_row(relationships=f"culture | {owner.email} | active | 2024-01-05 |"),
        partner_row(
            2, sites="North | 1 A Street | N1 9ZX |\nSouth | 2 B Street | SE1 9ZX | step-free", has_employees="yes"
        ),
        partner_row(3, reference="", sites="", contacts=""),
    ]
    assert outcomes(run(PartnerResource, rows, publish=publish)) == ["new"] * 3
    before = everything()
    assert outcomes(run(PartnerResource, rows, publish=publish)) == ["unchanged"] * 3
    assert everything() == before


def test_a_dry_run_writes_nothing_and_says_the_same() -> None:
    rows = [partner_row(), partner_row(2, kind="palace"), partner_row(3, name="Print room 1", website="")]
    before = everything()
    dry = run(PartnerResource, rows, dry_run=True)
    assert everything() == before
    assert dry.dry_run
    wet = run(PartnerResource, rows)
    assert outcomes(dry) == outcomes(wet) == ["new", "refused", "duplicate"]
    assert problems(dry) == problems(wet)


def test_a_bad_row_is_reported_by_line_column_and_value_and_stops_nothing() -> None:
    rows = [
        partner_row(1, kind="palace", email="nobody"),
        partner_row(2),
        partner_row(3, sites="Here | 1 A Street | ZZ1 1ZZ |", name="=1+1"),
        partner_row(4, assurances="vetting | 2026-12-24 | 2027-01-01 |\nsafeguarding_policy | 2026-01-01 | |"),
        partner_row(5, relationships="palace | | active | |"),
        partner_row(6, has_employees="no"),
    ]
    report = run(PartnerResource, rows)
    assert outcomes(report) == ["refused", "new", "refused", "refused", "refused", "refused"]
    assert problems(report) == [
        (2, "kind", "palace"),
        (2, "email", "nobody"),
        (8, "name", "=1+1"),
        (8, "sites", "ZZ1 1ZZ"),
        (11, "assurances", "vetting | 2026-12-24 | 2027-01-01 |"),
        (11, "assurances", "safeguarding_policy | 2026-01-01 | |"),
        (15, "relationships", "palace"),
        (18, "has_employees", "no"),
    ]
    assert all(one.reason.endswith((".", "?")) for row in report.rows for one in row.problems)
    assert [partner.reference for partner in Partner.objects.all()] == ["P2"]


def test_a_changed_row_becomes_a_draft_beside_the_public_partner() -> None:
    run(PartnerResource, [partner_row()], publish=True)
    report = run(PartnerResource, [partner_row(summary="A quieter print shop.", sectors="law")])
    assert outcomes(report) == ["changed"]
    partner = Partner.objects.get()
    assert partner.summary == "A working print shop."
    draft = partner.get_latest_revision_as_object()
    assert (draft.summary, [item.tag.slug for item in draft.sector_items.all()]) == ("A quieter print shop.", ["law"])
    assert outcomes(run(PartnerResource, [partner_row(summary="A quieter print shop.", sectors="law")])) == [
        "unchanged"
    ]
    run(PartnerResource, [partner_row(summary="A quieter print shop.", sectors="law")], publish=True)
    assert Partner.objects.get().summary == "A quieter print shop."


def test_what_would_show_at_once_waits_for_publishing() -> None:
    run(PartnerResource, [partner_row()], publish=True)
    moved = partner_row(sites="Print room 1 | 1 New Street | N1 9ZX |", recognitions="artsmark | 2027-01-01")
    report = run(PartnerResource, [moved])
    assert outcomes(report) == ["unchanged"]
    assert "left as they are" in report.rows[0].notes[0]
    assert Partner.objects.get().sites.get().postcode == "E1 4ZQ"
    assert outcomes(run(PartnerResource, [moved], publish=True)) == ["changed"]
    assert Partner.objects.get().sites.get().outward_code_id == "N1"


def test_columns_that_are_not_there_change_nothing() -> None:
    run(PartnerResource, [partner_row()])
    short = {name: cell for name, cell in partner_row().items() if name in ("reference", "name", "kind", "summary")}
    assert outcomes(run(PartnerResource, [short])) == ["unchanged"]
    assert outcomes(run(PartnerResource, [short | {"website": ""}])) == ["changed"]


def test_doubles_are_flagged_and_not_doubled() -> None:
    run(PartnerResource, [partner_row()])
    rows = [
        partner_row(2),
        partner_row(2, name="The same number"),
        partner_row(3, name="PRINT  Room 1", website=""),
        partner_row(4, website="http://print1.example/"),
        partner_row(5, website="https://www.print2.example"),
        partner_row(6, name="Print room 1", website="", sites="Elsewhere | 1 A Street | N1 9ZX |"),
    ]
    report = run(PartnerResource, rows)
    assert outcomes(report) == ["new", "duplicate", "duplicate", "duplicate", "duplicate", "new"]
    notes = [row.notes[0] for row in report.rows if row.notes]
    assert "Line 2" in notes[0]
    assert "same name and place as “Print room 1”, which has the reference P1" in notes[1]
    assert "same website as “Print room 1”" in notes[2]
    assert "same website as line 2" in notes[3]
    assert Partner.objects.count() == 3


def test_a_row_without_reference_never_overwrites() -> None:
    partner = PartnerFactory.create(name="Print room 1", summary="Written by hand.")
    SiteFactory.create(partner=partner, postcode="E1 4ZQ")
    report = run(PartnerResource, [partner_row(reference="")])
    assert outcomes(report) == ["duplicate"]
    assert "no reference" in report.rows[0].notes[0]
    assert Partner.objects.get().summary == "Written by hand."


def test_a_partner_that_confirmed_since_stays_confirmed() -> None:
    run(PartnerResource, [partner_row()], publish=True)
    services.confirm(Partner.objects.get())
    assert outcomes(run(PartnerResource, [partner_row()], publish=True)) == ["unchanged"]
    assert str(Partner.objects.get().confirmed_on) == "2026-11-24"


def test_what_is_locked_or_waits_for_approval_is_left_alone() -> None:
    officer = OfficerFactory.create()
    run(PartnerResource, [partner_row(), partner_row(2)])
    locked, sent = Partner.objects.order_by("reference")
    locked.locked = True
    locked.save()
    sent.get_workflow().start(sent, officer)
    report = run(PartnerResource, [partner_row(summary="New."), partner_row(2, summary="New.")])
    assert outcomes(report) == ["refused", "refused"]
    assert "locked" in report.rows[0].problems[0].reason
    assert "approval" in report.rows[1].problems[0].reason


GARBAGE = st.fixed_dictionaries({name: st.text(max_size=30) for name in partner_row()})
SPOILT = st.builds(
    lambda name, text: partner_row() | {name: text},
    st.sampled_from(sorted(partner_row())),
    st.text(st.characters(codec="utf-8"), max_size=60),
)


@examples(40, 1000)
@given(st.lists(st.one_of(GARBAGE, SPOILT), min_size=1, max_size=3))
def test_no_row_ever_raises_and_a_dry_run_foretells(rows: list[dict[str, str]]) -> None:
    assume(any(cell.strip() for row in rows for cell in row.values()))
    try:
        dry = run(PartnerResource, rows, dry_run=True)
    except RefusedFile:
        return  # the file as a whole
    with transaction.atomic():
        wet = run(PartnerResource, rows)
        transaction.set_rollback(True)
    assert outcomes(dry) == outcomes(wet)
    faults = [one.reason for row in wet.rows for one in row.problems if "fault" in one.reason]
    assert not faults
