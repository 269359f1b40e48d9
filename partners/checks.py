"""Start-up checks of partners' documents, each with what to do."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error


def check_private_folder(**_: Any) -> list[CheckMessage]:
    """Documents lie in no folder that is served, and no such folder lies in theirs."""
    private = Path(settings.PRIVATE_DIR).resolve()
    served = {
        "VAR_DIR/media": settings.MEDIA_ROOT,
        "STATIC_ROOT": settings.STATIC_ROOT,
        "static": settings.STATICFILES_DIRS[0],
    }
    return [
        Error(
            f"PRIVATE_DIR is {private}, and {name} is {folder}: what partners send in confidence would be handed to anybody.",
            hint="Set PRIVATE_DIR to a folder of its own, outside every folder that a server hands out.",
            id="partners.E001",
        )
        for name, folder in ((name, Path(each).resolve()) for name, each in served.items())
        if private.is_relative_to(folder) or folder.is_relative_to(private)
    ]
