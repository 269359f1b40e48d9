"""The names of the feeds of changes that keep an index up to date."""

import hashlib
import socket
from pathlib import Path


def embedded_feed(root: Path) -> str:
    """The feed of one host's embedded index."""
    place = hashlib.blake2b(str(root.resolve()).encode(), digest_size=4).hexdigest()
    return f"embedded:{socket.gethostname()[:60]}:{place}"


def rebuild_feed(feed: str) -> str:
    """The feed of a rebuild that is under way of the index that a feed keeps up to date."""
    return f"{feed}:rebuild"
