"""The people of a school: everybody whom it has confirmed sees who they are; some of them vouch for colleagues."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.invitations import revoke_invitation
from accounts.models import User
from accounts.rules import signed_in
from directory.see_other import see_other
from portal.forms.joining import InviteColleagueForm, RolesForm
from schools import people as services
from schools.models import School
from schools.rules import is_dsl_of, may_confirm_colleagues
from schools.selectors import schools_of, staff_of, waiting_applications, waiting_invitations

from .limits import TOO_OFTEN, may_invite
from .serving import ServingRequest

type SchoolView = Callable[..., HttpResponse]


def working_at(view: SchoolView) -> SchoolView:
    """Gives a view the school of its address, if it has confirmed that the visitor works there; else there is no page."""

    @never_cache
    @login_required
    @wraps(view)
    def work(request: HttpRequest, school_pk: int, *args: Any, **kwargs: Any) -> HttpResponse:
        school = get_object_or_404(schools_of(signed_in(request.user)), pk=school_pk)
        return view(cast("ServingRequest", request), school, *args, **kwargs)

    return work


def confirming(view: SchoolView) -> SchoolView:
    """As `working_at`, for those who may vouch for colleagues. Raises PermissionDenied for others of the school."""

    @require_POST
    @working_at
    @wraps(view)
    def confirm_as(request: ServingRequest, school: School, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_confirm_colleagues(request.user, school):
            raise PermissionDenied
        return view(request, school, *args, **kwargs)

    return confirm_as


def _form(request: ServingRequest, school: School, data: QueryDict | None = None) -> InviteColleagueForm:
    return InviteColleagueForm(data, may_name_dsl=is_dsl_of(request.user, school))


def _page(request: ServingRequest, school: School, form: InviteColleagueForm, status: int = 200) -> HttpResponse:
    confirms = may_confirm_colleagues(request.user, school)
    context = {
        "school": school,
        "people": staff_of(school),
        "confirms": confirms,
        "applications": waiting_applications(school) if confirms else [],
        "invitations": waiting_invitations(school) if confirms else [],
        "roles": form.role_choices,
        "form": form,
    }
    return render(request, "portal/people/school.html", context, status=status)


def _back(school: School) -> HttpResponse:
    return see_other(reverse("school-people", args=[school.pk]))


def _try(request: ServingRequest, done: str, act: Callable[[], object]) -> None:
    """Does it, and says what came of it on the next page."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, done)


@require_safe
@working_at
def school_people(request: ServingRequest, school: School) -> HttpResponse:
    """Who acts for the school; for some of them, who waits."""
    return _page(request, school, _form(request, school))


@confirming
def invite_colleague(request: ServingRequest, school: School) -> HttpResponse:
    """Invites a colleague. The answer is the same whether or not the address has an account."""
    form = _form(request, school, request.POST)
    if form.is_valid():
        said = form.cleaned_data
        if not may_invite(request):
            form.add_error(None, TOO_OFTEN)
            return _page(request, school, form, 429)
        try:
            services.invite(school, said["email"], said["roles"], request.user)
        except ValidationError as error:
            form.add_error(next((name for name in error.message_dict if name in form.fields), None), error.messages)
        else:
            messages.success(request, f"The invitation to {said['email']} is on its way. Its link works for 14 days.")
            return _back(school)
    return _page(request, school, form)


@confirming
def revoke_colleague(request: ServingRequest, school: School, pk: int) -> HttpResponse:
    """Takes an invitation back."""
    revoke_invitation(get_object_or_404(waiting_invitations(school), pk=pk), request.user)
    messages.success(request, "The invitation is taken back. Its link does not work any more.")
    return _back(school)


@confirming
def confirm_colleague(request: ServingRequest, school: School, pk: int) -> HttpResponse:
    """Says that somebody works at the school, and as what."""
    application = get_object_or_404(waiting_applications(school), pk=pk)
    form = RolesForm(request.POST)
    if not form.is_valid():
        messages.error(request, f"Choose what {application.name} does at the school.")
        return _back(school)
    name, roles = application.name, form.cleaned_data["roles"]
    _try(request, f"{name} is confirmed.", lambda: services.confirm(application, roles, request.user))
    return _back(school)


@confirming
def decline_colleague(request: ServingRequest, school: School, pk: int) -> HttpResponse:
    """Says that somebody does not work at the school."""
    application = get_object_or_404(waiting_applications(school), pk=pk)
    name = application.name
    _try(request, f"{name} is not confirmed.", lambda: services.decline(application, request.user))
    return _back(school)


@confirming
def remove_colleague(request: ServingRequest, school: School, pk: int) -> HttpResponse:
    """Ends that somebody else acts for the school."""
    person = get_object_or_404(
        User.objects.filter(school_memberships__school=school).exclude(pk=request.user.pk).distinct(), pk=pk
    )
    done = f"{person} does not act for {school.name} any more."
    _try(request, done, lambda: services.remove(school, person, request.user))
    return _back(school)


@require_POST
@working_at
def leave_school(request: ServingRequest, school: School) -> HttpResponse:
    """Ends that somebody acts for the school, by their own wish."""
    services.remove(school, request.user, request.user)
    messages.success(request, f"You do not act for {school.name} any more.")
    return see_other("/")
