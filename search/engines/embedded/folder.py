"""The folder of the embedded index: generations side by side, and a link to the one that is live."""

import os
import shutil
import time
from functools import lru_cache
from pathlib import Path

from search.document import fingerprint

LIVE = "live"


def is_current(generation: Path) -> bool:
    """Whether a generation was built by today's declaration and analysis."""
    return generation.name.startswith(f"{_fingerprint()}-")


@lru_cache(maxsize=1)
def _fingerprint() -> str:
    return fingerprint()


class IndexFolder:
    """Generations are folders named by the declaration's fingerprint and their time; `live` is a relative link."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @property
    def live(self) -> Path | None:
        """The live generation; None before the first one is built."""
        try:
            return self.root / (self.root / LIVE).readlink()
        except OSError:
            return None

    @property
    def live_is_current(self) -> bool:
        """Whether the live generation was built by today's declaration and analysis."""
        live = self.live
        return live is not None and live.is_dir() and is_current(live)

    def new_generation(self) -> Path:
        """An empty folder for a generation."""
        path = self.root / f"{_fingerprint()}-{time.time_ns()}"
        path.mkdir(parents=True)
        return path

    def put_live(self, generation: Path) -> None:
        """Makes a generation the live one, in one step, and removes those older than the last."""
        link = self.root / f"{LIVE}.{os.getpid()}"
        link.unlink(missing_ok=True)
        link.symlink_to(generation.name)
        before = self.live
        link.replace(self.root / LIVE)
        self.prune(keep={generation.name} | ({before.name} if before else set()))

    def prune(self, keep: set[str]) -> None:
        """Removes generations, except those named and the live one."""
        live = self.live
        for path in self.root.iterdir() if self.root.is_dir() else ():
            if path.is_dir() and not path.is_symlink() and path.name not in keep and path != live:
                shutil.rmtree(path, ignore_errors=True)
