"""Nobody fills the disk: of a request that is too long, no file is kept, whoever sends it wherever to."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from portal.uploads import MOST_ANYWHERE
from tests.directory.reading import Page
from tests.portal.uploads import Sender

TABLE = "table.csv"


def file_of(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile(TABLE, b"x" * size)


@pytest.mark.engine_only
class TestAnywhere:
    def test_what_is_too_long_is_not_kept(self, rf: RequestFactory) -> None:
        request = rf.post("/join/", {"name": "Ada", "file": file_of(MOST_ANYWHERE + 100_000)})
        assert not request.FILES
        assert request.POST["name"] == "Ada"

    def test_several_files_count_together(self, rf: RequestFactory) -> None:
        half = MOST_ANYWHERE * 2 // 3
        request = rf.post("/join/", {"one": file_of(half), "two": file_of(half)})
        assert not request.FILES

    def test_what_officers_import_goes_through(self, rf: RequestFactory) -> None:
        request = rf.post("/join/", {"file": file_of(20 * 1024 * 1024)})
        (taken,) = request.FILES.getlist("file")
        assert taken.size == 20 * 1024 * 1024


@pytest.mark.django_db
def test_a_form_without_a_file_does_not_mind_one(client: Client) -> None:
    answer = client.post("/join/", {"name": "Ada", "file": file_of(MOST_ANYWHERE + 100_000)})
    assert answer.status_code == 200
    assert "Type your name" in answer.content.decode()


@pytest.mark.django_db
@pytest.mark.usefixtures("private_folder")
def test_a_table_that_is_far_too_long_is_refused_with_the_reason(sender: Sender) -> None:
    answer = sender.client.post(sender.address, {"file": file_of(MOST_ANYWHERE + 100_000)})
    assert "larger than 10 MB" in Page(answer).text
