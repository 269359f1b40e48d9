"""What every kind of file keeps to, how its rows come, and how it is refused."""

from collections.abc import Iterator

MAX_BYTES = 20 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200
MAX_CELL = 20_000  # characters; the longest description is a tenth of it

Row = list[str]
Rows = Iterator[tuple[int, Row]]


class RefusedFile(Exception):  # noqa: N818  it is what happens to the file
    """A file that is not read. Its text says why, and what to do, in plain English."""
