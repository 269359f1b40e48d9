"""Who visits the site in tests: what a browser says of itself is needed for a visit to count."""

from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import HttpResponse

#: Headers of somebody with a browser.
BROWSER = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
#: Headers of a crawler.
CRAWLER = {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"}


def end(response: HttpResponse) -> None:
    """Ends a request as a web server does once the answer is sent; the test keeps its connection to the database."""
    request_finished.disconnect(close_old_connections)
    try:
        response.close()
    finally:
        request_finished.connect(close_old_connections)
