"""Views of the CMS on sessions."""

from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpResponse
from wagtail.admin.views.generic import DeleteView, EditView

from accounts.rules import signed_in
from taxonomy.views import PrefilledCreateView, RefusesProtected

from .services import delete_session


class AsksAgain:
    """What others changed while the form was open may forbid what was typed: then the form is shown again."""

    def form_valid(self, form: ModelForm) -> HttpResponse:
        """Saves, or says why not."""
        try:
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of the view this is mixed into
        except ValidationError as error:
            form.add_error(None, error.messages)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            response = self.form_invalid(form)  # type: ignore[attr-defined]
        return response


class SessionCreateView(AsksAgain, PrefilledCreateView):
    """Adds a session."""


class SessionEditView(AsksAgain, EditView):
    """Changes a session."""


class SessionDeleteView(RefusesProtected, DeleteView):
    """Deletes a session in which nobody has a place."""

    def delete_action(self) -> None:
        """Deletes it under a row lock."""
        delete_session(self.object, signed_in(self.request.user))
