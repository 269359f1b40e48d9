"""Addresses of joining: applications, invitations, and what a school's office is asked."""

from django.urls import URLPattern, path

from portal.views import invitation, joining

urlpatterns: list[URLPattern] = [
    path("join/", joining.join, name="join"),
    path("join/thanks/", joining.join_thanks, name="join-thanks"),
    path("join/school/", joining.join_school, name="join-school"),
    path("join/school/thanks/", joining.join_school_thanks, name="join-school-thanks"),
    path("join/school/<int:pk>/", joining.join_this_school, name="join-this-school"),
    path("join/office/", joining.school_office, name="school-office"),
    path("join/office/thanks/", joining.school_office_thanks, name="school-office-thanks"),
    path("invitation/", invitation.invitation, name="invitation"),
    path("invitation/accepted/", invitation.invitation_accepted, name="invitation-accepted"),
]
