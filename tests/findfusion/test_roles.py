"""The groups of the CMS have just the rights of `findfusion.roles`: what is allowed works, all else is refused."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
)

from accounts.models import ADMINISTRATORS, EDITORS, OFFICERS, User
from findfusion import roles
from opportunities.models import OfficerApproval, Opportunity
from partners.models import Partner
from taxonomy.models import Sector
from tests.cms import Desk, address_of
from tests.factories import (
    AdministratorFactory,
    EditorFactory,
    OfficerFactory,
    OpportunityFactory,
    PartnerFactory,
    PartnerMemberFactory,
    UserFactory,
    term,
)
from tests.people import sign_in

pytestmark = pytest.mark.django_db

PEOPLE = {OFFICERS: OfficerFactory, EDITORS: EditorFactory, ADMINISTRATORS: AdministratorFactory}
MAY = {OFFICERS: roles.OFFICERS_MAY, EDITORS: roles.EDITORS_MAY, ADMINISTRATORS: roles.ADMINISTRATORS_MAY}


def permissions(group: str) -> set[str]:
    found = Group.objects.get(name=group).permissions.select_related("content_type")
    return {f"{one.content_type.app_label}.{one.codename}" for one in found}


def state() -> list[Any]:
    """All that the roles write."""
    return [
        sorted((name, *sorted(permissions(name))) for name in MAY),
        sorted(GroupPagePermission.objects.values_list("group__name", "page", "permission__codename")),
        sorted(GroupCollectionPermission.objects.values_list("group__name", "collection", "permission__codename")),
        sorted(OfficerApproval.objects.values_list("name", "groups__name")),
        sorted(Workflow.objects.values_list("name", flat=True)),
        sorted(Group.objects.values_list("name", flat=True)),
    ]


class TestWhatIsWritten:
    """Exactly what the module says, however often it is applied."""

    @pytest.mark.parametrize("group", MAY)
    def test_each_group_has_exactly_its_permissions(self, group: str) -> None:
        wanted = {
            f"{label.split('.')[0]}.{action}_{label.split('.')[1]}"
            for label, actions in MAY[group].items()
            for action in actions
        }
        assert permissions(group) == wanted | {"wagtailadmin.access_admin", *roles.EXTRA.get(group, ())}

    def test_every_label_names_a_model_and_every_permission_is_there(self) -> None:
        for label in {label for may in MAY.values() for label in may}:
            assert apps.get_model(label)

    def test_applying_it_again_changes_nothing(self) -> None:
        before = state()
        roles.sync_roles()
        assert state() == before

    def test_what_somebody_gave_by_hand_is_taken_back(self) -> None:
        before = state()
        editors = Group.objects.get(name=EDITORS)
        editors.permissions.add(Permission.objects.get(codename="change_partner"))
        GroupPagePermission.objects.create(
            group=Group.objects.get(name=OFFICERS),
            page=Page.get_first_root_node(),
            permission=Permission.objects.get(codename="change_page"),
        )
        GroupCollectionPermission.objects.create(
            group=Group.objects.get(name=OFFICERS),
            collection=Collection.get_first_root_node(),
            permission=Permission.objects.get(codename="add_document"),
        )
        assert state() != before
        roles.sync_roles()
        assert state() == before

    def test_a_group_of_moderators_made_later_is_left_alone(self) -> None:
        Group.objects.create(name="Moderators")
        roles.sync_roles()
        assert Group.objects.filter(name="Moderators").exists()

    def test_partners_and_opportunities_go_through_officers_and_pages_through_administrators(self) -> None:
        task = OfficerApproval.objects.get()
        assert {group.name for group in task.groups.all()} == {OFFICERS, ADMINISTRATORS}
        for model in (Partner, Opportunity):
            workflow = model.get_default_workflow()
            assert [one.name for one in workflow.tasks] == [roles.WORKFLOW]
        for of_pages in GroupApprovalTask.objects.all():
            assert {group.name for group in of_pages.groups.all()} == {ADMINISTRATORS}

    def test_nobody_may_delete_terms_partners_or_decisions(self) -> None:
        for group in MAY:
            found = permissions(group)
            assert not {one for one in found if ".delete_" in one and one.startswith("taxonomy.")}
            assert not found & {
                *("partners.delete_partner", "opportunities.delete_opportunity"),
                *("opportunities.delete_safeguardingdecision", "opportunities.change_safeguardingdecision"),
            }


def reached(user: User, address: str) -> bool:
    """Whether somebody gets the page they ask for."""
    client = Client()
    sign_in(client, user)
    response = client.get(address)
    assert response.status_code in (200, 302, 403), f"{address} answers {response.status_code}"
    return response.status_code == 200


OFFICE = [
    "/admin/snippets/partners/partner/",
    "/admin/snippets/opportunities/opportunity/",
    "/admin/partners/contacts/",
    "/admin/opportunities/safeguarding-decisions/new/",
    "/admin/schools/people/",
]
WORDS = ["/admin/vocabularies/sector/", "/admin/vocabularies/fusionskill/new/"]
PAGES = ["/admin/pages/"]
DOCUMENTS = ["/admin/documents/"]
PEOPLE_AND_TEAMS = ["/admin/users/", "/admin/users/new/", "/admin/teams/departments/"]
NOBODYS = ["/admin/workflows/list/", "/admin/collections/", "/admin/groups/new/"]


@pytest.mark.parametrize(
    ("group", "allowed"),
    [
        (OFFICERS, [*OFFICE, "/admin/images/"]),
        (EDITORS, [*WORDS, *PAGES, *DOCUMENTS, "/admin/images/"]),
        (ADMINISTRATORS, [*OFFICE, *WORDS, *PAGES, *DOCUMENTS, *PEOPLE_AND_TEAMS, "/admin/images/"]),
    ],
)
def test_each_role_reaches_its_own_desks_and_no_others(group: str, allowed: list[str]) -> None:
    user = PEOPLE[group].create()
    everything = [*OFFICE, *WORDS, *PAGES, *DOCUMENTS, *PEOPLE_AND_TEAMS, *NOBODYS, "/admin/images/"]
    assert [address for address in everything if reached(user, address)] == [
        address for address in everything if address in allowed
    ]


def test_members_of_partners_have_no_business_in_the_cms() -> None:
    partner = PartnerFactory.create()
    member = PartnerMemberFactory.create(partner=partner)
    for address in ("/admin/", address_of(Partner, "edit", partner), *OFFICE):
        assert not reached(member, address)


class TestByPost:
    """What is not offered is refused when it is sent all the same."""

    def test_an_editor_changes_no_partner(self) -> None:
        partner = PartnerFactory.create(name="Before")
        form = Desk(OfficerFactory.create()).form(Partner, partner)
        form["name"] = "After"
        for action in ("", "action-publish"):
            Desk(EditorFactory.create()).send(form, action)
        partner.refresh_from_db()
        assert (partner.name, partner.has_unpublished_changes) == ("Before", False)
        desk = Desk(EditorFactory.create())
        desk.post(address_of(Partner, "suspend", partner), reason="Mischief.")
        desk.post(address_of(Partner, "confirm", partner))
        partner.refresh_from_db()
        assert (partner.suspended_at, partner.confirmed_on) == (None, None)

    def test_an_officer_changes_no_page_and_no_words(self) -> None:
        officer = Desk(OfficerFactory.create())
        root = Page.get_first_root_node()
        child = root.get_children().first()
        assert child is not None
        officer.post(reverse("wagtailadmin_pages:edit", args=[child.pk]), title="Mischief", slug="mischief")
        child.refresh_from_db()
        assert child.title != "Mischief"
        law = term(Sector, "law")
        officer.post(reverse("sector:edit", args=[law.pk]), name="Mischief", order="0")
        law.refresh_from_db()
        assert law.name != "Mischief"

    def test_an_officer_deletes_neither_partners_nor_opportunities(self) -> None:
        officer = Desk(OfficerFactory.create())
        opportunity = OpportunityFactory.create()
        officer.post(address_of(Opportunity, "delete", opportunity))
        officer.post(address_of(Partner, "delete", opportunity.offered_by))
        bulk = reverse("wagtail_bulk_action", args=["opportunities", "opportunity", "delete"])
        officer.post(f"{bulk}?id={opportunity.pk}")
        assert Opportunity.objects.filter(pk=opportunity.pk).exists()

    def test_nobody_deletes_a_term(self) -> None:
        law = term(Sector, "law")
        for user in (EditorFactory.create(), AdministratorFactory.create(), UserFactory.create(is_superuser=True)):
            answer = Desk(user).post(reverse("sector:delete", args=[law.pk]))
            assert answer.status == 200
            assert Sector.objects.filter(pk=law.pk).exists()

    def test_an_editor_renames_and_retires_a_term(self) -> None:
        editor = Desk(EditorFactory.create())
        form = editor.form(reverse("sector:edit", args=[term(Sector, "law").pk]))
        form["name"], form["active"] = "Law and justice", False
        assert editor.send(form).errors == {}
        law = term(Sector, "law")
        assert (law.name, law.active) == ("Law and justice", False)
        form = editor.form(reverse("sector:add"))
        form["name"] = "Craft and making"
        assert editor.send(form).errors == {}
        assert term(Sector, "craft-and-making").active


class TestAdministrators:
    """They look after people, but give nobody more than they have themselves."""

    def test_they_add_a_user_who_can_sign_in(self) -> None:
        desk = Desk(AdministratorFactory.create())
        form = desk.form("/admin/users/new/")
        assert "is_superuser" not in form.fields
        for name, value in {"email": "New.Officer@Example.org", "first_name": "New", "last_name": "Officer"}.items():
            form[name] = value
        assert not [name for name in form.fields if "password" in name]
        form["groups"] = [Group.objects.get(name=OFFICERS).pk]
        assert desk.send(form).errors == {}
        user = User.objects.get(email="new.officer@example.org")
        assert user.groups.get().name == OFFICERS
        assert list(EmailAddress.objects.filter(user=user).values_list("email", "verified")) == [(user.email, True)]

    def test_an_address_that_is_taken_in_other_letters_is_refused_in_words(self) -> None:
        UserFactory.create(email="sam@example.org")
        desk = Desk(AdministratorFactory.create())
        form = desk.form("/admin/users/new/")
        for name, value in {"email": "SAM@example.org", "first_name": "Sam", "last_name": "Two"}.items():
            form[name] = value
        answer = desk.send(form)
        assert answer.status == 200
        assert "email" in answer.errors

    def test_they_make_nobody_a_superuser(self) -> None:
        desk = Desk(AdministratorFactory.create())
        user = UserFactory.create()
        form = desk.form(f"/admin/users/edit/{user.pk}/")
        assert "is_superuser" not in form.fields
        form["is_superuser"] = True
        desk.send(form)
        user.refresh_from_db()
        assert not user.is_superuser

    def test_they_do_not_touch_a_superuser(self) -> None:
        root = UserFactory.create(email="root@example.org", is_superuser=True)
        mine = Desk(UserFactory.create(is_superuser=True)).form(f"/admin/users/edit/{root.pk}/")
        mine["email"] = "taken.over@example.org"
        desk = Desk(AdministratorFactory.create())
        desk.send(mine)
        desk.post(f"/admin/users/delete/{root.pk}/")
        bulk = reverse("wagtail_bulk_action", args=["accounts", "user", "set_active_state"])
        answer = desk.post(f"{bulk}?id={root.pk}&next=/admin/users/", mark_as_active="False")
        assert "Only somebody with every permission" in answer.said
        root.refresh_from_db()
        assert (root.email, root.is_active) == ("root@example.org", True)

    def test_a_superuser_may(self) -> None:
        desk = Desk(UserFactory.create(is_superuser=True))
        user = UserFactory.create()
        form = desk.form(f"/admin/users/edit/{user.pk}/")
        form["is_superuser"] = True
        assert desk.send(form).errors == {}
        user.refresh_from_db()
        assert user.is_superuser

    def test_they_moderate_like_officers(self) -> None:
        opportunity = OpportunityFactory.create(live=False)
        opportunity.save_revision()
        opportunity.get_workflow().start(opportunity, UserFactory.create())
        desk = Desk(AdministratorFactory.create())
        form = desk.form(Opportunity, opportunity)
        desk.send(form, "action-workflow-action", **{"workflow-action-name": "approve"})
        opportunity.refresh_from_db()
        assert opportunity.live
