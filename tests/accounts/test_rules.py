"""Who may: each role is what it is and no more."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from accounts.models import User
from accounts.rules import is_administrator, is_adviser, is_editor, is_officer, signed_in
from partners.rules import is_partner_member
from schools.rules import is_verified_school_staff
from tests.factories import (
    AdministratorFactory,
    AdviserFactory,
    DepartmentMemberFactory,
    EditorFactory,
    OfficerFactory,
    PartnerFactory,
    PartnerMemberFactory,
    TeacherFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

CITY = {"administrator": is_administrator, "officer": is_officer, "editor": is_editor, "adviser": is_adviser}


def roles(user: User | AnonymousUser) -> set[str]:
    return {name for name, rule in CITY.items() if rule(user)}


def test_each_role_holds_for_its_own_people() -> None:
    assert roles(OfficerFactory.create()) == {"officer"}
    assert roles(EditorFactory.create()) == {"editor"}
    assert roles(AdministratorFactory.create()) == {"administrator", "officer", "editor"}
    assert roles(AdviserFactory.create()) == {"adviser"}
    assert roles(UserFactory.create(is_superuser=True)) == {"administrator", "officer", "editor"}


def test_nobody_else_has_one() -> None:
    for user in (
        AnonymousUser(),
        UserFactory.create(),
        UserFactory.create(is_staff=True),
        PartnerMemberFactory.create(),
        TeacherFactory.create(),
        DepartmentMemberFactory.create(),
    ):
        assert roles(user) == set()


@pytest.mark.parametrize("factory", [OfficerFactory, EditorFactory, AdministratorFactory, AdviserFactory])
def test_a_role_ends_with_the_account(factory: type[UserFactory]) -> None:
    assert roles(factory.create(is_active=False)) == set()


def test_members_act_for_their_own_partner_only() -> None:
    partner, other = PartnerFactory.create_batch(2)
    member = PartnerMemberFactory.create(partner=partner)
    assert is_partner_member(member, partner)
    assert not is_partner_member(member, other)
    assert not is_partner_member(member, None)
    assert not is_partner_member(OfficerFactory.create(), partner)
    assert not is_partner_member(AnonymousUser(), partner)
    member.is_active = False
    assert not is_partner_member(member, partner)


def test_school_staff_count_once_the_school_has_confirmed_them() -> None:
    assert is_verified_school_staff(TeacherFactory.create())
    assert not is_verified_school_staff(TeacherFactory.create(school__verified=False))
    assert not is_verified_school_staff(TeacherFactory.create(is_active=False))
    assert not is_verified_school_staff(OfficerFactory.create())
    assert not is_verified_school_staff(AnonymousUser())


def test_a_visitor_is_not_signed_in() -> None:
    user = UserFactory.create()
    assert signed_in(user) is user
    with pytest.raises(PermissionDenied):
        signed_in(AnonymousUser())
