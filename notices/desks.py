"""The desk of the CMS at which administrators see what was sent, and what was not."""

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel, Panel
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.model import ModelViewSet

from . import selectors, services
from .catalogue import KINDS
from .models import Notice

WITHHELD = "Its words let somebody in, so nobody else reads them."


class NoticeFilterSet(WagtailFilterSet):
    """By kind and state, and those that will not go by themselves."""

    kind = django_filters.ChoiceFilter(choices=lambda: [(kind.slug, kind.title) for kind in KINDS], label="Kind")
    left = django_filters.BooleanFilter(method="only_left", label="Will not go by itself")

    class Meta:
        model = Notice
        fields = ("kind", "state", "left")

    def only_left(self, queryset: QuerySet[Notice], _: str, wanted: bool) -> QuerySet[Notice]:
        """Those that failed or were left half-sent, or the others."""
        left = selectors.left_over(timezone.now()).values("pk")
        return queryset.filter(pk__in=left) if wanted else queryset.exclude(pk__in=left)


class NoticesView(IndexView):
    """The list of messages, from which one is read and never changed."""

    def get_edit_url(self, instance: Notice) -> str | None:
        """Where the title of a row leads."""
        address: str | None = self.get_inspect_url(instance)
        return address


class NoticeView(InspectView):
    """One message, without the words of those that let somebody in."""

    template_name = "cms/notice.html"

    def get_text_display_value(self) -> str:
        """The words, as a mail program without HTML shows them."""
        return WITHHELD if self.object.is_secret else self.object.text

    def get_kind_display_value(self) -> str:
        """Its kind in words."""
        return self.object.catalogued.title if self.object.catalogued else self.object.kind

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds whether it can be sent again."""
        left = selectors.left_over(timezone.now()).filter(pk=self.object.pk).exists()
        return super().get_context_data(left=left, can_go=left and bool(self.object.text), **kwargs)


class SendAgainView(PermissionCheckedMixin, View):
    """Sends a message once more."""

    permission_required = "view"
    http_method_names = ["post"]
    inspect_url_name = ""

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Puts it into the queue, or says why not."""
        notice = get_object_or_404(Notice, pk=pk)
        try:
            services.send_again(notice, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "It is being sent again.")
        return redirect(self.inspect_url_name, pk)


class NoticeViewSet(ModelViewSet):
    """Messages to people."""

    model = Notice
    icon = "mail"
    menu_label = "Messages sent"
    menu_order = 900
    add_to_settings_menu = True
    copy_view_enabled = False
    index_view_class = NoticesView
    inspect_view_enabled = True
    inspect_view_class = NoticeView
    inspect_view_fields: ClassVar = [
        "kind",
        "subject",
        "address",
        "state",
        "attempts",
        "problem",
        "created_at",
        "due_at",
        "claimed_at",
        "sent_at",
        "text",
    ]
    panels: ClassVar[list[Panel]] = [FieldPanel("subject", read_only=True)]  # nothing is ever edited
    list_display: ClassVar = [
        "subject",
        "address",
        Column("state", label="State", accessor="get_state_display", sort_key="state"),
        DateColumn("created_at", label="Written", sort_key="created_at"),
    ]
    filterset_class = NoticeFilterSet
    search_fields: ClassVar = ["address", "subject"]
    search_backend_name = None

    def get_urlpatterns(self) -> list[URLPattern]:
        """Adds the button that sends once more."""
        again = self.construct_view(SendAgainView, inspect_url_name=self.get_url_name("inspect"))
        return [*super().get_urlpatterns(), path("send-again/<int:pk>/", again, name="send_again")]
