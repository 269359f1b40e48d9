"""Views of the CMS that several rooms use."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import ForeignKey, QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.generic import View
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView, DeleteView, IndexView
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.viewsets.chooser import ChooserViewSet

from .forms import ForgivingChooser, search_form

NAMED_AT_MOST = 5


class SelectsRelated:
    """A list that reads what its rows point to with them, not one by one; so does its export."""

    model: type[models.Model]
    also_select: ClassVar[tuple[str, ...]] = ()  # what the names of its rows need besides

    def get_base_queryset(self) -> QuerySet[Any]:
        """The rows with whatever their keys point to."""
        queryset: QuerySet[Any] = super().get_base_queryset()  # type: ignore[misc]  # of the view this is mixed into
        shown = {*getattr(self, "list_display", ()), *(getattr(self, "list_export", None) or ())}
        keys = [field.name for field in self.model._meta.fields if isinstance(field, ForeignKey)]
        wanted = [*(name for name in keys if name in shown), *self.also_select]
        return queryset.select_related(*wanted) if wanted else queryset


def choice_column(field: str, label: str) -> Column:
    """A column of a list that shows a choice in words and is ordered by it."""
    return Column(field, label=label, accessor=f"get_{field}_display", sort_key=field)


class RelatedIndexView(SelectsRelated, IndexView):
    """The list of a model."""


class PrefilledCreateView(CreateView):
    """Adds something that belongs to something: `?partner=7` chooses it already."""

    def get_initial(self) -> dict[str, Any]:
        """Takes from the address what the form has a field for; anything else is left out."""
        initial: dict[str, Any] = super().get_initial()
        fields = self.get_form_class().base_fields
        return initial | {
            name: int(value)
            for name, value in self.request.GET.items()
            if name in fields and value.isascii() and value.isdigit() and len(value) < 19
        }


def why_kept(error: models.ProtectedError | models.RestrictedError, what: models.Model) -> str:
    """Why something could not be deleted, and what to do about it."""
    held = error.protected_objects if isinstance(error, models.ProtectedError) else error.restricted_objects
    names = sorted(str(one) for one in held)
    more = len(names) - NAMED_AT_MOST
    listed = ", ".join(f"“{name}”" for name in names[:NAMED_AT_MOST]) + (f" and {more} more" if more > 0 else "")
    return f"“{what}” cannot be deleted while it is used by {listed}. Change or delete those first."


class RefusesProtected:
    """A deletion that other objects, or a rule, forbid is refused with a message."""

    request: HttpRequest
    object: Any
    usage: Any
    index_url_name: str

    def form_valid(self, form: BaseForm) -> HttpResponse:
        """Deletes, or says why not and goes back."""
        try:
            with transaction.atomic():
                # The rules below know better than the index of uses, which a background task keeps.
                self.usage = None
                response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        except (models.ProtectedError, models.RestrictedError) as error:
            reason = why_kept(error, self.object)
        except ValidationError as error:
            reason = " ".join(error.messages)
        else:
            return response
        messages.error(self.request, reason)
        return HttpResponseRedirect(self.get_success_url())  # type: ignore[attr-defined]


class RefusingDeleteView(RefusesProtected, DeleteView):
    """Deletes one object of a model, unless something forbids it."""


class GuardedChooserView(PermissionCheckedMixin):
    """Choosers show what lists show, so they ask for the same rights; Wagtail's ask for none."""

    any_permission_required: ClassVar = ("view", "add", "change", "delete")


class SearchingChooser(ChooserViewSet):
    """A chooser for those who may see the model's list, which finds by words in `search_fields`."""

    base_widget_class = ForgivingChooser
    search_fields: ClassVar[tuple[str, ...]] = ()
    also_show: ClassVar[tuple[str, ...]] = ()  # keys whose names stand beside each row

    def construct_view(self, view_class: type[View], **kwargs: Any) -> Any:
        """Guards each of the views and gives the lists a search."""
        related, form_class = self.also_show, search_form(self.search_fields)

        class Guarded(GuardedChooserView, view_class):  # type: ignore[misc, valid-type]
            filter_form_class = form_class

            def get_object_list(self) -> QuerySet[Any]:
                queryset: QuerySet[Any] = self.model_class._default_manager.all()
                return queryset.select_related(*related) if related else queryset

            @property
            def columns(self) -> list[Column]:
                return [*super().columns, *(Column(name, accessor=name) for name in related)]

        Guarded.__name__ = view_class.__name__
        return super().construct_view(Guarded, **kwargs)
