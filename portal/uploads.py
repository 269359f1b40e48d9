"""Taking in no more of a file than may be sent: the rest is not kept, in memory or on disk, while it arrives."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

# Beside the file: the other fields of the form.
FORM_BYTES = 64 * 1024
# On every page, whoever sends it: officers import tables of 20 MB, and nobody sends more.
MOST_ANYWHERE = 25 * 1024 * 1024
# Somebody who chose a film by mistake gets an answer; what is longer than this is not listened to.
LONGEST_HEARD_BYTES = 100 * 1024 * 1024


class LimitedUpload(FileUploadHandler):
    """Stands before Django's own handlers and lets no more than so many bytes of files through to them.

    `too_large` says afterwards that a file was left out.
    """

    def __init__(self, request: HttpRequest, most_bytes: int) -> None:
        super().__init__(request)
        self.most_bytes = most_bytes
        self.taken = 0
        self.heard_out = True
        self.too_large = False

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *args: Any, **_: Any) -> None:  # noqa: N803
        """Learns how long the whole request says it is."""
        self.heard_out = content_length <= LONGEST_HEARD_BYTES
        self.too_large = content_length > self.most_bytes + FORM_BYTES

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file begins. Raises StopUpload or SkipFile if the request is too long already."""
        super().new_file(*args, **kwargs)
        if self.too_large:
            self._leave_out()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Lets a part through, or raises SkipFile."""
        self.taken += len(raw_data)
        if self.taken > self.most_bytes:
            self._leave_out()
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """The handlers behind it make the file."""
        return None

    def _leave_out(self) -> None:
        self.too_large = True
        if self.heard_out:
            raise SkipFile
        raise StopUpload(connection_reset=True)


class LimitedEverywhere(LimitedUpload):
    """Stands before Django's own handlers on every page (settings, FILE_UPLOAD_HANDLERS).

    Whatever checks a form's token reads all that was sent with it, also where no file is asked for.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, MOST_ANYWHERE)


def was_too_large(request: HttpRequest) -> bool:
    """Whether a file of this request was left out."""
    return any(isinstance(handler, LimitedUpload) and handler.too_large for handler in request.upload_handlers)
