"""Whether documents are in date: what an officer has seen, and the day, decide; nothing else."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from partners import selectors
from partners.assurances import DUE_WITHIN_DAYS, Standing, State, all_in_date, is_exempt, standing, standings
from partners.models import Assurance, AssuranceKind, Partner
from tests.factories import AssuranceFactory, PartnerFactory
from tests.numbers import examples

TODAY = date(2026, 11, 24)
INSURANCE = AssuranceKind.PUBLIC_LIABILITY


@dataclass(frozen=True)
class Seen:
    """What the rules read of a document."""

    kind: str
    expires: date | None


expiries = st.one_of(st.none(), st.dates(TODAY - timedelta(days=400), TODAY + timedelta(days=400)))
documents = st.lists(st.builds(Seen, st.sampled_from(AssuranceKind.values), expiries), max_size=8)


def judged(seen: list[Seen], kind: AssuranceKind = INSURANCE, *, employs: bool = True, today: date = TODAY) -> Standing:
    return standing(Partner(has_employees=employs), kind, cast("Any", seen), today)


@pytest.mark.engine_only
class TestOneKind:
    """The document that lasts longest counts."""

    @pytest.mark.parametrize(
        ("days", "state"),
        [
            (-1, State.LAPSED),
            (0, State.DUE),
            (DUE_WITHIN_DAYS, State.DUE),
            (DUE_WITHIN_DAYS + 1, State.IN_DATE),
        ],
    )
    def test_a_document_holds_through_its_last_day(self, days: int, state: State) -> None:
        found = judged([Seen(INSURANCE, TODAY + timedelta(days=days))])
        assert found.state is state
        assert found.expires == TODAY + timedelta(days=days)

    def test_nothing_seen(self) -> None:
        assert judged([]).state is State.NEVER_SEEN
        assert judged([Seen(AssuranceKind.VETTING, None)]).state is State.NEVER_SEEN

    def test_without_an_expiry_it_never_lapses(self) -> None:
        stated = Seen(AssuranceKind.RISK_ASSESSMENT, None)
        lapsed = Seen(AssuranceKind.RISK_ASSESSMENT, TODAY - timedelta(days=1))
        for seen in ([stated, lapsed], [lapsed, stated]):
            found = judged(seen, AssuranceKind.RISK_ASSESSMENT)
            assert found.state is State.IN_DATE
            assert found.expires is None

    @examples(200, 5000)
    @given(documents, st.sampled_from(AssuranceKind))
    def test_what_counts_is_the_longest_of_its_kind(self, seen: list[Seen], kind: AssuranceKind) -> None:
        found = judged(seen, kind)
        lasting = [document.expires or date.max for document in seen if document.kind == kind]
        if not lasting:
            assert found == Standing(kind, State.NEVER_SEEN)
            return
        last = max(lasting)
        assert (found.state is State.LAPSED) == (last < TODAY)
        assert (found.state is State.DUE) == (TODAY <= last <= TODAY + timedelta(days=DUE_WITHIN_DAYS))
        assert (found.expires or date.max) == last
        assert found.document in cast("Any", seen)

    @examples(100, 3000)
    @given(
        documents, st.sampled_from(AssuranceKind), st.dates(TODAY - timedelta(days=500), TODAY + timedelta(days=500))
    )
    def test_time_only_ever_takes_away(self, seen: list[Seen], kind: AssuranceKind, day: date) -> None:
        """What has lapsed on a day stays lapsed on every later one, unless a document is added."""
        if judged(seen, kind, today=day).state is State.LAPSED:
            assert judged(seen, kind, today=day + timedelta(days=1)).state is State.LAPSED

    @examples(100, 3000)
    @given(documents, st.builds(Seen, st.sampled_from(AssuranceKind.values), expiries), st.sampled_from(AssuranceKind))
    def test_another_document_never_makes_it_worse(self, seen: list[Seen], more: Seen, kind: AssuranceKind) -> None:
        order = [State.NEVER_SEEN, State.LAPSED, State.DUE, State.IN_DATE]
        assert order.index(judged([*seen, more], kind).state) >= order.index(judged(seen, kind).state)


@pytest.mark.engine_only
class TestExemption:
    """Sole traders without employees need no employers' liability insurance, and nothing else is spared them."""

    def test_only_without_employees_and_only_that_kind(self) -> None:
        for kind in AssuranceKind:
            assert is_exempt(Partner(has_employees=False), kind) == (kind == AssuranceKind.EMPLOYERS_LIABILITY)
            assert not is_exempt(Partner(has_employees=True), kind)

    @given(documents)
    def test_it_holds_whatever_was_seen(self, seen: list[Seen]) -> None:
        found = judged(seen, AssuranceKind.EMPLOYERS_LIABILITY, employs=False)
        assert found == Standing(AssuranceKind.EMPLOYERS_LIABILITY, State.EXEMPT)


@pytest.mark.engine_only
class TestAllThatIsNeeded:
    """Each kind that is needed, in a fixed order, and nothing else."""

    @examples(100, 3000)
    @given(documents, st.sets(st.sampled_from(AssuranceKind.values)), st.booleans())
    def test_in_date_means_every_needed_kind(self, seen: list[Seen], needed: set[str], employs: bool) -> None:
        partner = Partner(has_employees=employs)
        held = standings(partner, needed, cast("Any", seen), TODAY)
        assert [one.kind for one in held] == [kind for kind in AssuranceKind if kind in needed]
        bad = {State.LAPSED, State.NEVER_SEEN}
        expected = all(
            standing(partner, kind, cast("Any", seen), TODAY).state not in bad for kind in map(AssuranceKind, needed)
        )
        assert all_in_date(held) == expected

    def test_nothing_needed_is_in_date(self) -> None:
        assert all_in_date([])


@pytest.mark.django_db
class TestRecording:
    """What officers type is held to sense, by the form's rules and by the database."""

    def assurance(self, **fields: object) -> dict[str, list[str]]:
        today = timezone.localdate()
        given = {"kind": INSURANCE, "seen_on": today, "expires": today + timedelta(days=30)}
        try:
            Assurance(partner=PartnerFactory.create(), **{**given, **fields}).full_clean()
        except ValidationError as error:
            return error.message_dict
        return {}

    def test_plain(self) -> None:
        assert self.assurance() == {}
        assert self.assurance(kind=AssuranceKind.RISK_ASSESSMENT, expires=None) == {}

    def test_only_risks_stated_have_no_last_day(self) -> None:
        for kind in set(AssuranceKind) - {AssuranceKind.RISK_ASSESSMENT}:
            assert "last day" in self.assurance(kind=kind, expires=None)["expires"][0]

    def test_nothing_is_seen_in_the_future(self) -> None:
        tomorrow = timezone.localdate() + timedelta(days=1)
        assert "still to come" in self.assurance(seen_on=tomorrow)["seen_on"][0]

    def test_nothing_had_lapsed_when_it_was_seen(self) -> None:
        yesterday = timezone.localdate() - timedelta(days=1)
        assert "had lapsed before it was seen" in self.assurance(expires=yesterday)["expires"][0]
        with pytest.raises(IntegrityError), transaction.atomic():
            AssuranceFactory.create(seen_on=timezone.localdate(), expires=yesterday)

    def test_there_is_no_kind_for_dbs_certificates(self) -> None:
        assert not [kind for kind in AssuranceKind if "dbs" in kind.value or "DBS" in kind.label]
        assert "kind" in self.assurance(kind="dbs")


@pytest.mark.django_db
class TestWhatLapsesSoon:
    """The officers' list: the document that counts of each kind, if it lapses within 60 days or has."""

    def listed(self) -> list[Assurance]:
        return list(selectors.expiring_assurances())

    def test_soonest_first_and_only_what_counts(self) -> None:
        partner = PartnerFactory.create()
        lapsed = AssuranceFactory.create(partner=partner, kind="vetting", in_days=-3)
        due = AssuranceFactory.create(partner=partner, in_days=60)
        AssuranceFactory.create(partner=partner, in_days=-100)  # an older one of the same kind
        AssuranceFactory.create(partner=partner, kind="safeguarding_policy", in_days=61)
        replaced = AssuranceFactory.create(partner=partner, kind="risk_assessment", in_days=5)
        AssuranceFactory.create(partner=partner, kind="risk_assessment", expires=None)
        assert self.listed() == [lapsed, due]
        assert replaced not in self.listed()

    def test_two_that_end_on_the_same_day_are_listed_once(self) -> None:
        partner = PartnerFactory.create()
        AssuranceFactory.create(partner=partner, in_days=10)
        again = AssuranceFactory.create(partner=partner, in_days=10)
        assert self.listed() == [again]

    def test_only_of_partners_that_the_public_sees(self) -> None:
        for partner in (
            PartnerFactory.create(live=False),
            PartnerFactory.create(suspended_at=timezone.now()),
            PartnerFactory.create(expire_at=timezone.now() - timedelta(minutes=1)),
        ):
            AssuranceFactory.create(partner=partner, in_days=1)
        assert self.listed() == []

    def test_nobody_is_asked_for_what_they_are_exempt_from(self) -> None:
        partner = PartnerFactory.create(kind="self_employed", has_employees=False)
        AssuranceFactory.create(partner=partner, kind="employers_liability", in_days=1)
        wanted = AssuranceFactory.create(partner=partner, in_days=1)
        assert self.listed() == [wanted]

    def test_it_works_however_many_there_are(self) -> None:
        """SQLite takes no condition that names each of a thousand documents."""
        today = timezone.localdate()
        partners = Partner.objects.bulk_create(
            [Partner(name=f"Partner {n}", kind="cultural", summary="One.", live=True) for n in range(1100)]
        )
        Assurance.objects.bulk_create(
            [Assurance(partner=partner, kind=INSURANCE, seen_on=today, expires=today) for partner in partners]
        )
        assert selectors.expiring_assurances().count() == 1100

    @examples(25, 500)
    @given(st.lists(st.tuples(st.sampled_from(["vetting", "risk_assessment"]), st.integers(-90, 120)), max_size=6))
    def test_it_lists_exactly_what_the_rules_call_due_or_lapsed(self, seen: list[tuple[str, int]]) -> None:
        Partner.objects.all().delete()
        partner = PartnerFactory.create()
        for kind, days in seen:
            AssuranceFactory.create(partner=partner, kind=kind, in_days=days)
        held = standings(partner, AssuranceKind, partner.assurances.all(), timezone.localdate())
        wanted = {(one.kind, one.expires) for one in held if one.state in {State.DUE, State.LAPSED}}
        assert {(one.kind, one.expires) for one in self.listed()} == wanted
