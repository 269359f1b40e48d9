"""Where somebody goes who has signed in and did not come from a page."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import User
from partners.selectors import served_by


def landing_page(user: User | AnonymousUser) -> str:
    """The CMS for those who work there, the portal for those who publish for a partner, else the home page."""
    if user.has_perm("wagtailadmin.access_admin"):
        return "/admin/"
    if isinstance(user, User) and served_by(user).exists():
        return reverse("portals")
    return "/"
