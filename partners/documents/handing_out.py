"""Handing a document to somebody who may read it: whoever calls this has asked."""

from django.http import FileResponse, Http404

from partners.models import AssuranceDocument

# Nothing in it may run, ask for anything or be framed elsewhere, whatever it turns out to be.
HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; sandbox; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}


def hand_out(document: AssuranceDocument) -> FileResponse:
    """The file, as what we found it to be. A photograph is shown, a PDF is saved: browsers cannot show one sandboxed.

    Nobody's cache keeps it. Raises Http404 if its file is gone.
    """
    try:
        file = document.file.open("rb")
    except (OSError, ValueError) as error:
        raise Http404("There is no such document.") from error
    ending = "jpg" if document.is_picture else "pdf"
    response = FileResponse(
        file,
        as_attachment=not document.is_picture,
        filename=f"{document.kind.replace('_', '-')}-{document.pk}.{ending}",
        content_type=document.media_type,
    )
    for header, value in HEADERS.items():
        response.headers[header] = value
    return response
