"""The pictures on pages, as they were cut for them. Documents are handed out by the CMS's own view."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.static import serve

# Another picture has another name, but one that is taken away should be gone some day.
KEPT_SECONDS = 24 * 60 * 60


@require_safe
@cache_control(public=True, max_age=KEPT_SECONDS)
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """One file of the folder of cut pictures; the uploads themselves, which may say where they were taken, stay private.

    Raises Http404 for one that there is not.
    """
    try:
        response: HttpResponseBase = serve(request, name, document_root=str(Path(settings.MEDIA_ROOT) / "images"))
    except (OSError, SuspiciousFileOperation) as error:  # a name too long for a file, or of another folder
        raise Http404("There is no such picture.") from error
    return response
