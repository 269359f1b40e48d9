"""Where synthetic records are kept between runs, and the environment of the processes that work on them.

A world is a folder with a database, its documents and its embedded index. Its name holds a hash of all
that its records are made by, and the month, since their dates lie ahead of the day they are made on.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
#: The processes that measure are told it, since VAR_DIR is to them the world's own folder.
VAR = Path(os.environ.get("BENCHMARK_VAR") or Path(os.environ.get("VAR_DIR") or ROOT / "var", "benchmarks")).resolve()
#: Records are made by these; documents by the facts, too.
_MADE_BY = ("benchmarks/records.py", "benchmarks/words.py", "demo/synthetic*.py")
_READ_BY = ("search/facts/*.py", "search/document.py", "search/text.py", "benchmarks/kept.py")


@dataclass(frozen=True, slots=True)
class World:
    """The records of one size."""

    size: int

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return VAR / f"world-{self.size}-{_hash(_MADE_BY, f'{datetime.now(UTC):%Y-%m}')}"

    @property
    def database(self) -> Path:
        """The database of its records."""
        return self.folder / "findfusion.sqlite3"

    @property
    def index(self) -> Path:
        """The folder of its embedded index."""
        return self.folder / "index"

    @property
    def documents(self) -> Path:
        """Its documents, one a line."""
        return self.folder / f"documents-{_hash(_READ_BY)}.jsonl"

    @property
    def listings(self) -> Path:
        """The same records as a plain table would hold them, one a line."""
        return self.documents.with_name(self.documents.name.replace("documents", "listings"))

    @property
    def made(self) -> Path:
        """There once all records are."""
        return self.folder / "made"

    def environment(self) -> dict[str, str]:
        """The environment of a process that works on it as a real site would: no debug, files gathered."""
        return {
            **{name: value for name, value in os.environ.items() if not name.startswith("ELASTICSEARCH_")},
            "ALLOWED_HOSTS": "127.0.0.1,testserver",
            "BENCHMARK_STATIC_ROOT": str(VAR / "static"),
            "BENCHMARK_VAR": str(VAR),
            "DATABASE_URL": f"sqlite:///{self.database}",
            "DEBUG": "0",
            "DEMO": "0",
            "DJANGO_SETTINGS_MODULE": "benchmarks.settings",
            "LOG_LEVEL": "WARNING",
            "SEARCH_ENGINE": "embedded",
            "SEARCH_INDEX_DIR": str(self.index),
            "SECOND_FACTOR_KEYS": "b25seS1mb3ItbWVhc3VyaW5nLS0tLS0tLS0tLS0tLS0=",
            "SECRET_KEY": "only-for-measuring",
            "VAR_DIR": str(self.folder),
        }

    def drop_older(self) -> None:
        """Removes worlds of this size that are made otherwise, or were not finished."""
        for folder in VAR.glob(f"world-{self.size}-*"):
            if folder != self.folder or not self.made.exists():
                shutil.rmtree(folder)


def _hash(patterns: tuple[str, ...], more: str = "") -> str:
    told = hashlib.blake2b(more.encode(), digest_size=5)
    for pattern in patterns:
        for path in sorted(ROOT.glob(pattern)):
            told.update(path.name.encode() + path.read_bytes())
    return told.hexdigest()
