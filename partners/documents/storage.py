"""Where documents lie: a folder of its own, from which nothing is served but by a view that asks who reads."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages


class PrivateStorage(FileSystemStorage):
    """Files below PRIVATE_DIR, which only the user of the site's processes may read. They have no address."""

    def __init__(self, **options: Any) -> None:
        super().__init__(file_permissions_mode=0o600, directory_permissions_mode=0o700, **options)

    @property
    def base_location(self) -> str:
        """The folder, as the settings say now."""
        return str(settings.PRIVATE_DIR)

    @property
    def location(self) -> str:
        """The same, whole."""
        return str(Path(self.base_location).resolve())

    def url(self, name: str | None) -> str:
        """Raises ValueError: nothing here has an address."""
        raise ValueError("Documents are handed out by a view that asks who reads, and have no address of their own.")


def private_storage() -> Storage:
    """The storage of the settings, for fields of models."""
    return storages["private"]
