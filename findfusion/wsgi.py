"""The web process: `gunicorn findfusion.wsgi`."""

import gc
import os

from django.core.signals import request_finished
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "findfusion.settings")

#: New objects before the garbage collector interrupts what is going on, instead of 2,000; a page of results leaves 800.
INTERRUPT_AFTER = 20_000
#: New objects before it comes between two pages, and after how many such visits it looks at what those left over, too.
TIDY_AFTER, OLDER_AFTER = 4_000, 10


def settle() -> None:
    """Loads what every page needs, and has the garbage collector work between pages instead of within them.

    Some 300,000 objects live until the process ends. Looking through all of them takes a fifth of a second on a busy
    machine, so it never does again.
    """
    # The addresses, with all that they import: at the start instead of with the first page.
    _ = get_resolver().url_patterns
    gc.collect()
    gc.freeze()
    gc.set_threshold(INTERRUPT_AFTER, *gc.get_threshold()[1:])
    request_finished.connect(tidy)


def tidy(**_: object) -> None:
    """Collects what a page has left over, once its last byte is sent."""
    young, visits, _old = gc.get_count()
    if young > TIDY_AFTER:
        gc.collect(1 if visits > OLDER_AFTER else 0)


application = get_wsgi_application()
settle()
