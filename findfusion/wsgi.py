"""The web process: `gunicorn findfusion.wsgi`."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "findfusion.settings")

#: New objects before the garbage collector looks at them, instead of 2,000: once in some twenty pages.
COLLECT_AFTER = 20_000


def settle() -> None:
    """Loads what every page needs, and keeps the garbage collector from looking through it ever after.

    Some 300,000 objects live until the process ends. Looking at all of them takes a fifth of a second on a busy machine,
    in the middle of somebody's page.
    """
    # The addresses, with all that they import: at the start instead of with the first page.
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])


application = get_wsgi_application()
settle()
