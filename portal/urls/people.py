"""Addresses of the portal: people of a partner, and of a school."""

from django.urls import URLPattern, path

from portal.views import people, school_people

urlpatterns: list[URLPattern] = [
    path("portal/<int:partner_pk>/people/", people.people, name="portal-people"),
    path("portal/<int:partner_pk>/people/invite/", people.invite, name="portal-invite"),
    path("portal/<int:partner_pk>/people/leave/", people.leave, name="portal-leave"),
    path("portal/<int:partner_pk>/people/<int:pk>/role/", people.set_role, name="portal-person-role"),
    path("portal/<int:partner_pk>/people/<int:pk>/remove/", people.remove, name="portal-person-remove"),
    path("portal/<int:partner_pk>/people/invitations/<int:pk>/revoke/", people.revoke, name="portal-revoke"),
    path("school/<int:school_pk>/people/", school_people.school_people, name="school-people"),
    path("school/<int:school_pk>/people/invite/", school_people.invite_colleague, name="school-invite"),
    path("school/<int:school_pk>/people/leave/", school_people.leave_school, name="school-leave"),
    path("school/<int:school_pk>/people/<int:pk>/remove/", school_people.remove_colleague, name="school-remove"),
    path(
        "school/<int:school_pk>/people/invitations/<int:pk>/revoke/",
        school_people.revoke_colleague,
        name="school-revoke",
    ),
    path(
        "school/<int:school_pk>/people/applications/<int:pk>/confirm/",
        school_people.confirm_colleague,
        name="school-confirm",
    ),
    path(
        "school/<int:school_pk>/people/applications/<int:pk>/decline/",
        school_people.decline_colleague,
        name="school-decline",
    ),
]
