"""Having a file read in a process of its own, which may break without harm."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from typing import Final

from django.conf import settings

from .reading.content import LARGEST_BYTES, Document
from .reading.refusal import AGAIN, Refusal, Why

logger = logging.getLogger(__name__)

READER: Final = "partners.documents.reading"
# More than its own limit of processor time: only a machine that is very busy reaches it.
PATIENCE_SECONDS: Final = 25


def examine(name: str, content: bytes) -> Document:
    """What is to be kept of a file. Raises Refusal with what is wrong and what to do.

    The reader is told nothing but the file and its name: no settings, no secrets, no database.
    """
    # What is never read need not be handed over.
    content = content[: LARGEST_BYTES + 1]
    try:
        done = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-s", "-m", READER],
            input=json.dumps({"name": name}).encode() + b"\n" + content,
            capture_output=True,
            cwd=settings.BASE_DIR,
            env={name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ},
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow() from error
    if done.returncode:
        # Neither its name nor its content is told.
        logger.warning("A document of %d bytes broke its reader (%d).", len(content), done.returncode)
        raise _too_slow()
    line, _, body = done.stdout.partition(b"\n")
    head = json.loads(line)
    if "why" in head:
        raise Refusal(Why(head["why"]), head["words"])
    return Document(body, head["media_type"])


def _too_slow() -> Refusal:
    return Refusal(Why.TOO_SLOW, f"This file took too long to read, or is damaged. {AGAIN}")
