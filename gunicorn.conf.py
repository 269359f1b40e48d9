"""How the web process logs; `gunicorn` reads this file from the folder in which it starts. The rest is on its command line."""

logger_class = "findfusion.logs.WebLogger"
# No access log is written unless one is asked for (GUNICORN_CMD_ARGS="--access-logfile -"). Then it holds the moment,
# the method, the path without the query, the status, the bytes and the milliseconds: no address of a visitor, no
# query, no page from which somebody came, no browser.
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s %(M)s"
