"""What stands in the logs: never what people searched for, nor from where they came."""

import logging
import re
from typing import Any

from gunicorn.glogging import Logger

# An address with a query, wherever it stands: in the line of a request, in a message, in a traceback.
QUERY = re.compile(r"((?:https?:/)?/[^\s?\"'<>]*)\?[^\s\"'<>]+")


class WithoutQueries(logging.Formatter):
    """A formatter that cuts the query off every address in what it writes."""

    def format(self, record: logging.LogRecord) -> str:
        """The line without queries."""
        return QUERY.sub(r"\1", super().format(record))


class WebLogger(Logger):
    """gunicorn's own log: it would write the whole address of a request that it cannot handle."""

    def setup(self, cfg: Any) -> None:
        """As gunicorn sets it up, with our formatter in the place of its own."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(WithoutQueries(self.error_fmt, self.datefmt))
