"""What each kind of message is filled with, for looking at it: the names that its templates use, and no others."""

from collections.abc import Mapping
from typing import Any

SAMPLES: Mapping[str, Mapping[str, Any]] = {}
