"""Signing in and out."""

from django.contrib.auth.views import LoginView

from .forms import SignInForm


class SignInView(LoginView):
    """For officers, editors and administrators; goes on to the page that asked."""

    template_name = "accounts/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = False

    def get_default_redirect_url(self) -> str:
        """Staff go to the CMS; everybody else to the home page."""
        user = self.request.user
        return "/admin/" if user.has_perm("wagtailadmin.access_admin") else "/"
