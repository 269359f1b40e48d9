"""The desks of the CMS at which somebody is invited: written, sent, looked at, taken back; never changed."""

from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, transaction
from django.forms import BaseForm, BooleanField
from django.http import HttpResponse
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, HelpPanel, ObjectList, Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import EditView
from wagtail.admin.viewsets.model import ModelViewSet

from taxonomy.views import PrefilledCreateView, RelatedIndexView

from .invitations import revoke_invitation, send_invitation
from .models import Invitation, User

_SENT = (
    "<p>The person gets a message with a link that works once, for 14 days. An earlier link to the same address stops "
    "working.</p>"
)


class TellsRefusal:
    """What a service refuses is told in the form, and nothing of it is kept."""

    produced_error_code = "validation_error"
    produced_error_message: str | None

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Does it, or shows the form again."""
        try:
            with transaction.atomic():
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # of the view mixed into
        except ValidationError as error:
            said = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
            for name, messages in said.items():
                form.add_error(name if name in form.fields else None, messages)
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]
        return response


class TellingCreateView(TellsRefusal, PrefilledCreateView):
    """Adds by a service."""


class TellingEditView(TellsRefusal, EditView):
    """Changes by a service."""


class InviteForm(WagtailAdminModelForm):
    """Whom to invite, and to what."""

    for_user: User
    instance: Invitation

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True

    def send(self) -> Invitation:
        """Sends it."""
        return send_invitation(self.instance, self.for_user)

    def save(self, commit: bool = True) -> Invitation:
        """Sends the invitation. `commit` is what Django's forms are called with."""
        self.instance = self.send()
        return self.instance


class TakeBackForm(WagtailAdminModelForm):
    """Takes an invitation back; nothing else of it is changed."""

    for_user: User
    take_back = BooleanField(
        label="Take this invitation back",
        help_text="Its link stops working at once.",
        error_messages={"required": "Tick this to take the invitation back, or leave the page."},
    )

    def save(self, commit: bool = True) -> Invitation:
        """Takes it back. Raises ValidationError if somebody answered meanwhile."""
        invitation: Invitation = self.instance
        if not revoke_invitation(invitation, self.for_user):
            raise ValidationError("This invitation was answered, or taken back, already.")
        invitation.refresh_from_db()
        return invitation


class InvitationViewSet(ModelViewSet):
    """Invitations of one kind. `asks` are the panels of what is asked for beside the address."""

    model: type[models.Model]
    icon = "mail"
    menu_label = "Invitations"
    index_view_class = RelatedIndexView
    add_view_class = TellingCreateView
    edit_view_class = TellingEditView
    copy_view_enabled = False
    search_backend_name = None
    search_fields: ClassVar = ["email"]
    asks: ClassVar[tuple[str, ...]] = ()
    invite_form: type[InviteForm] = InviteForm

    @property
    def list_display(self) -> list[Any]:
        """To whom, to what, and how it stands."""
        return [
            "to_whom",
            *self.asks[:1],
            Column("state", label="State"),
            "made_at",
            "ends_at",
        ]

    def get_edit_handler(self) -> Panel:
        """For one that was sent: what it is, and the tick that takes it back."""
        told = (*self.asks, "email", "made_at", "ends_at", "accepted_at", "revoked_at")
        panels = [*(FieldPanel(name, read_only=True) for name in told), FieldPanel("take_back")]
        return ObjectList(panels, base_form_class=TakeBackForm).bind_to_model(self.model)

    def get_add_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        """For a new one: whom, and to what."""
        panels = [*(FieldPanel(name) for name in self.asks), FieldPanel("email"), HelpPanel(_SENT)]
        panel = ObjectList(panels, base_form_class=self.invite_form).bind_to_model(self.model)
        found: dict[str, Any] = super().get_add_view_kwargs(**kwargs)
        return found | {"panel": panel, "form_class": panel.get_form_class()}
