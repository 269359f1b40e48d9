"""Sessions in the CMS, and choosing among a hundred thousand."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from opportunities import services
from opportunities.models import Opportunity, Session
from partners.models import Partner
from tests.cms import Desk, Form, address_of
from tests.factories import (
    CohortFactory,
    EditorFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    SchoolFactory,
    SessionFactory,
    SiteFactory,
)

pytestmark = pytest.mark.django_db

LIST = "/admin/opportunities/sessions/"


@pytest.fixture
def desk() -> Desk:
    return Desk(OfficerFactory.create())


def edit(session: Session) -> str:
    return reverse("session:edit", args=[session.pk])


def filled(form: Form, **fields: Any) -> Form:
    starts = timezone.localtime().replace(hour=10, minute=0) + timedelta(days=30)
    given = {
        "starts": f"{starts:%Y-%m-%d %H:%M}",
        "ends": f"{starts + timedelta(hours=2):%Y-%m-%d %H:%M}",
        "capacity": 30,
    }
    for name, value in {**given, **fields}.items():
        form[name] = value
    return form


class TestAdding:
    """From the opportunity's own page, with the opportunity chosen."""

    def test_plain(self, desk: Desk) -> None:
        opportunity = OpportunityFactory.create(availability="dated")
        add = f"{reverse('session:add')}?opportunity={opportunity.pk}"
        assert add in str(desk.open(address_of(Opportunity, "edit", opportunity)).page)
        form = desk.form(add)
        assert form["opportunity"] == str(opportunity.pk)
        assert desk.send(filled(form, taken=30, waiting=2, label="Relaxed session")).errors == {}
        session = Session.objects.get()
        assert (session.opportunity, session.capacity, session.taken, session.waiting) == (opportunity, 30, 30, 2)
        assert "Added a session" in desk.open(address_of(Opportunity, "history", opportunity)).page.text

    def test_refused_by_the_field(self, desk: Desk) -> None:
        form = desk.form(f"{reverse('session:add')}?opportunity={OpportunityFactory.create().pk}")
        answer = desk.send(filled(form, taken=31))
        assert "31 places are taken already" in answer.errors["capacity"][0]
        answer = desk.send(filled(form, taken=0, ends="2020-01-01 10:00"))
        assert "ends before it starts" in answer.errors["ends"][0]
        desk.send(filled(form))
        assert "already exists" in desk.send(filled(form)).errors[""][0]
        assert Session.objects.count() == 1

    @pytest.mark.parametrize("value", ["nonsense", "999999", "9" * 30, "-1"])
    def test_an_address_that_names_nothing_chooses_nothing(self, desk: Desk, value: str) -> None:
        assert desk.form(f"{reverse('session:add')}?opportunity={value}&capacity=x&nothing=1")["opportunity"] in (
            "",
            value,
        )

    def test_a_choice_that_is_none_is_refused(self, desk: Desk) -> None:
        form = filled(desk.form(reverse("session:add")), opportunity="nonsense")
        answer = desk.send(form)
        assert answer.status == 200
        assert "opportunity" in answer.errors


class TestChanging:
    """Only what was typed anew is written; people's places are safe."""

    def test_a_form_that_was_open_long_does_not_take_back_what_others_did(self, desk: Desk) -> None:
        session = SessionFactory.create(capacity=30)
        form = desk.form(edit(session))
        services.set_places(session, capacity=30, taken=12)
        form["label"] = "Relaxed session"
        assert desk.send(form).errors == {}
        session.refresh_from_db()
        assert (session.taken, session.label) == (12, "Relaxed session")

    def test_it_is_shown_again_where_others_were_quicker(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        """Places are sold after the form was read and found good, before it is written."""
        session = SessionFactory.create(capacity=30)
        form = desk.form(edit(session))
        form["capacity"] = 10

        def slow(held: Session, changes: Any, user: Any) -> Session:
            Session.objects.filter(pk=held.pk).update(taken=12)
            return services.edit_session(held, changes, user)

        monkeypatch.setattr("opportunities.forms.edit_session", slow)
        answer = desk.send(form)
        assert answer.status == 200
        assert "12 places are taken already" in " ".join(answer.errors[""])

    def test_a_session_stays_with_its_opportunity(self, desk: Desk) -> None:
        session = SessionFactory.create()
        form = desk.form(edit(session))
        form["opportunity"] = OpportunityFactory.create().pk
        assert "stays with its opportunity" in desk.send(form).errors["opportunity"][0]

    def test_deleting_is_refused_while_somebody_has_a_place(self, desk: Desk) -> None:
        taken, free = SessionFactory.create(taken=1), SessionFactory.create()
        assert "Places are taken in this session" in desk.post(reverse("session:delete", args=[taken.pk])).said
        assert "deleted" in desk.post(reverse("session:delete", args=[free.pk])).said
        assert list(Session.objects.all()) == [taken]

    def test_a_cancelled_one_is_neither_changed_nor_deleted(self, desk: Desk) -> None:
        session = services.cancel_session(SessionFactory.create(), "The press is broken.")
        form = desk.form(edit(session))
        form["capacity"] = 60
        assert "has been cancelled" in str(desk.send(form).page)
        desk.send(desk.form(reverse("session:delete", args=[session.pk])))
        assert Session.objects.get().capacity == 30

    def test_a_copy_is_another_session(self, desk: Desk) -> None:
        session = SessionFactory.create(capacity=25, label="Relaxed session")
        form = desk.form(reverse("session:copy", args=[session.pk]))
        assert form["capacity"] == "25"
        desk.send(filled(form, capacity=25))
        assert Session.objects.filter(capacity=25, label="Relaxed session").count() == 2


class TestLists:
    """Searched, narrowed, exported."""

    def test_by_opportunity_day_and_words(self, desk: Desk) -> None:
        mine = SessionFactory.create(in_days=3, opportunity__title="Set, ink, pull")
        other = SessionFactory.create(in_days=30)

        def listed(query: str) -> list[Session]:
            return list(desk.client.get(f"{LIST}?{query}").context["object_list"])

        assert listed("") == [mine, other]
        assert listed(f"opportunity={mine.opportunity_id}") == [mine]
        assert listed(f"starts__gte={timezone.localdate() + timedelta(days=10)}") == [other]
        assert listed("q=ink") == [mine]
        assert set(listed("opportunity=nonsense&starts__gte=never")) == {mine, other}

    def test_exports_read_what_rows_point_to_at_once(self, desk: Desk) -> None:
        def queries() -> int:
            with CaptureQueriesContext(connection) as done:
                desk.exported(f"{LIST}?export=csv")
            return len(done)

        SessionFactory.create_batch(2)
        few = queries()
        SessionFactory.create_batch(10)
        assert queries() == few


class TestChoosingAmongMany:
    """No form lists all there is: choosers find by words, a page at a time, for those who may see the list."""

    CHOOSERS: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("session:add", "opportunity", {}),
        ("safeguarding_decision:add", "opportunity", {}),
        ("site:add", "partner", {}),
        ("assurance:add", "partner", {}),
        ("relationship:add", "partner", {}),
        ("partner_membership:add", "partner", {}),
        ("cohort:add", "school", {}),
        ("school_group:add", "cohort", {}),
        ("term_period:add", "school", {}),
        ("school_membership:add", "school", {}),
    )

    @pytest.mark.parametrize(("page", "field", "_"), CHOOSERS, ids=str)
    def test_forms_do_not_list_them(self, desk: Desk, page: str, field: str, _: Any) -> None:
        form = desk.form(reverse(page))
        assert form.tag(field).name == "input"
        assert form.tag(field)["type"] == "hidden"

    def test_nor_does_the_form_of_an_opportunity(self, desk: Desk) -> None:
        opportunity = OpportunityFactory.create(
            with_partners=[PartnerFactory.create()], leads_to=[OpportunityFactory.create()]
        )
        form = desk.form(Opportunity, opportunity)
        for field in ("offered_by", "hosted_by", "site", "co_offers-0-partner", "leads_to-0-target"):
            assert form.tag(field).get("type") == "hidden", field
        assert form.tag("outward_code").get("type") == "text"

    @pytest.mark.parametrize("page", ["partner_membership:add", "school_membership:add", "relationship:add"])
    def test_people_are_typed(self, desk: Desk, page: str) -> None:
        form = desk.form(reverse(page))
        field = "owner" if page.startswith("relationship") else "user"
        assert form.tag(field)["type"] == "email"

    def test_pages_stay_as_small_with_a_thousand_more(self, desk: Desk) -> None:
        opportunity = OpportunityFactory.create(title="A", leads_to=OpportunityFactory.create_batch(25))
        addresses = [
            address_of(Opportunity, "edit", opportunity),
            address_of(Opportunity, "list"),
            reverse("session:add"),
            LIST,
        ]

        def sizes() -> list[tuple[int, int]]:
            found = []
            for address in addresses:
                with CaptureQueriesContext(connection) as done:
                    length = len(desk.client.get(address).content)
                found.append((len(done), length))
            return found

        sizes()
        before = sizes()
        partners = Partner.objects.bulk_create(
            [Partner(name=f"P{n}", kind="cultural", summary="One.") for n in range(1000)]
        )
        Opportunity.objects.bulk_create(
            [
                Opportunity(title=f"Z{n}", kind="visit", offered_by=partner, summary="One.")
                for n, partner in enumerate(partners)
            ]
        )
        # A list shows twenty of them; nothing else grows.
        for (few_queries, short), (queries, length) in zip(before, sizes(), strict=True):
            assert queries <= few_queries + 2
            assert length < short + 60_000

    @pytest.mark.parametrize(
        ("chooser", "words"),
        [
            ("wagtailsnippetchoosers_opportunities_opportunity", "foundry ink"),
            ("wagtailsnippetchoosers_partners_partner", "foundry"),
            ("site_chooser", "works foundry"),
            ("school_chooser", "aldgate"),
            ("cohort_chooser", "aldgate 2026"),
        ],
    )
    def test_words_find_it(self, desk: Desk, chooser: str, words: str) -> None:
        partner = PartnerFactory.create(name="Foundry Lane Press")
        OpportunityFactory.create(title="Set, ink, pull", offered_by=partner)
        SiteFactory.create(name="The works", partner=partner)
        CohortFactory.create(school=SchoolFactory.create(name="Aldgate School"), academic_year=2026)
        PartnerFactory.create(name="Other")
        OpportunityFactory.create(title="Other")
        results = reverse(f"{chooser}:choose_results")
        rows = desk.open(f"{results}?q={words}").page.select("tbody tr")
        assert len(rows) == 1
        assert not desk.open(f"{results}?q={words} nonsense").page.select("tbody tr")
        assert desk.client.get(reverse(f"{chooser}:choose")).status_code == 200
        assert desk.client.get(f"{results}?p=nonsense").status_code == 404

    def test_who_may_not_see_the_list_may_not_choose_from_it(self) -> None:
        editor = Desk(EditorFactory.create())
        partner = PartnerFactory.create(name="Secret draft", live=False)
        names = (
            "wagtailsnippetchoosers_partners_partner",
            "wagtailsnippetchoosers_opportunities_opportunity",
            "site_chooser",
            "school_chooser",
            "cohort_chooser",
        )
        for name in names:
            for view, things in (
                ("choose", []),
                ("choose_results", []),
                ("chosen", [partner.pk]),
                ("chosen_multiple", []),
            ):
                answer = editor.open(reverse(f"{name}:{view}", args=things))
                assert answer.address == "/admin/", f"{name}:{view}"
