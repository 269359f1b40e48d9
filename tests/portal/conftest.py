"""What the tests of the portal ask for."""

from tests.directory.conftest import index

__all__ = ["index"]
