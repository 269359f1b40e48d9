"""The web process: `gunicorn findfusion.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "findfusion.settings")

application = get_wsgi_application()
