"""Settings of Find Fusion, all from the environment (`.env.example` lists them).

Composition only: which rooms are built in, and what they are told.
"""

from pathlib import Path

import environ
from django.utils.csp import CSP

from findfusion.database import POSTGRESQL, SQLITE, read_database_url
from findfusion.signing_in import *  # noqa: F403
from findfusion.signing_in import key_for_development

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
# The demonstration (one-click sign-in, fictional data); refused outside DEBUG by a start-up check.
DEMO = env.bool("DEMO", default=False)

INSECURE_SECRET_KEY = "insecure-only-for-development-and-tests"  # noqa: S105  a start-up check refuses it
SECRET_KEY = env.str("SECRET_KEY", default=INSECURE_SECRET_KEY)
# With the first one, what is kept of the second step is encrypted; with all of them it is read.
SECOND_FACTOR_KEYS: list[str] = env.list(
    "SECOND_FACTOR_KEYS", default=[key_for_development(SECRET_KEY)] if DEBUG else []
)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
SITE_URL = env.str("SITE_URL", default="http://localhost:8000")
# Whom visitors may ask about what is kept of them, or tell what they cannot use.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="hello@findfusion.example" if DEMO else "")

# Whatever the running site writes: database, index, uploads.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
VAR_DIR.mkdir(parents=True, exist_ok=True)

INSTALLED_APPS = [
    *(["demo"] if DEMO else []),
    "feeds",
    "pages",
    "portal",
    "directory",
    "search",
    "engagement",
    "opportunities",
    "partners",
    "schools",
    "accounts",
    "taxonomy",
    "notices",
    "changes",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "accounts.apps.CmsUsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "import_export",
    "rules",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crontask",
    "django_htmx",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    # Last: its roles need every permission that the rooms above have made (post_migrate).
    "findfusion",
]

MIDDLEWARE = [
    # Outermost: what a view noted is recorded once the answer, as it left all that follows, has been sent.
    "engagement.middleware.RecordEngagement",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "findfusion.middleware.CompressText",
    # Within compression, so that a page keeps its mark however it travels; it reads what the next one says.
    "django.middleware.http.ConditionalGetMiddleware",
    "findfusion.middleware.SayWhatMayBeKept",
    "findfusion.middleware.RefuseUnreadableInput",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.AskForSecondFactor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "findfusion.urls"
WSGI_APPLICATION = "findfusion.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "findfusion.context_processors.site",
                "directory.context_processors.shortlist",
            ],
        },
    },
]

DATABASES = {
    "default": read_database_url(env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'findfusion.sqlite3'}"))
}
if DATABASES["default"]["ENGINE"] == SQLITE:
    # WAL lets readers go on while one process writes; IMMEDIATE takes the write lock at the start,
    # so that a transaction waits for it instead of failing half-way.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
elif DATABASES["default"]["ENGINE"] == POSTGRESQL:
    INSTALLED_APPS.append("django.contrib.postgres")
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
# Kept from page to page. SQLite puts its log away and syncs to disk when the last connection closes: each page that
# counted something would pay some 10 ms for that, and the next as much for a new log.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
# Where collectstatic gathers what the web process serves.
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
# What partners send to show that they are insured: outside every folder that is served (a start-up check looks).
PRIVATE_DIR = Path(env.str("PRIVATE_DIR", default=str(VAR_DIR / "private")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {"BACKEND": "partners.documents.storage.PrivateStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# Each process keeps its own cache; only limits on attempts go to the one that all share, a table.
CACHES = {
    "default": {"BACKEND": "findfusion.cache.CacheOfTheProcess"},
    "shared": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_attempt",
        # Somebody who tries from everywhere must not push the counts of others out.
        "OPTIONS": {"MAX_ENTRIES": 200_000},
    },
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}

MAILERS = {
    "default": {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if DEBUG
    else {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": env.str("EMAIL_HOST", default="localhost"),
            "port": env.int("EMAIL_PORT", default=25),
            "username": env.str("EMAIL_HOST_USER", default=""),
            "password": env.str("EMAIL_HOST_PASSWORD", default=""),
            "use_tls": env.bool("EMAIL_USE_TLS", default=False),
            # Seconds. Without it a server that says nothing would hold a worker for ever.
            "timeout": 60,
        },
    }
}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Find Fusion <find-fusion@localhost>")

# Security. Public pages keep all script and style in files, so that they need neither
# 'unsafe-inline' nor nonces and stay cacheable; the CMS has its own policy (findfusion.middleware).
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.SELF],
}
MIDDLEWARE.insert(2, "findfusion.middleware.ContentPolicyForTheCms")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=False)
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=0)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# How many proxies append to X-Forwarded-For: the address before theirs is the visitor's, by which attempts are counted.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("PROXY_COUNT", default=1 if BEHIND_PROXY else 0)
# Browsers take http://localhost for safe; the library would not.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG and env.bool("SECURE_COOKIES", default=True)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
X_FRAME_OPTIONS = "SAMEORIGIN"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
FILE_UPLOAD_HANDLERS = [
    "portal.uploads.LimitedEverywhere",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

WAGTAIL_SITE_NAME = "Find Fusion"
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAIL_FINISH_WORKFLOW_ACTION = "opportunities.moderation.publish_reviewed_revision"
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "odt", "txt"]
TAGGIT_CASE_INSENSITIVE = True

# Where somebody goes who has signed in; told here for the same reason as the previews below.
FINDFUSION_LANDING = "portal.landing.landing_page"

# How a preview in the CMS is drawn: the public page's own view code, told here so that
# the rooms below need not know the rooms above.
FINDFUSION_PREVIEWS = {
    "opportunities.opportunity": "directory.previews.opportunity",
    "partners.partner": "directory.previews.partner",
}

# Search. The embedded index is a folder beside the database, one a host.
SEARCH_INDEX_DIR = Path(env.str("SEARCH_INDEX_DIR", default=str(VAR_DIR / "index")))
SEARCH_ENGINE = env.str("SEARCH_ENGINE", default="embedded")
# With SEARCH_ENGINE=elasticsearch: its nodes, who asks them, and how its indices are named.
ELASTICSEARCH_URL = env.list("ELASTICSEARCH_URL", default=["http://localhost:9200"])
ELASTICSEARCH_USER = env.str("ELASTICSEARCH_USER", default="")
ELASTICSEARCH_PASSWORD = env.str("ELASTICSEARCH_PASSWORD", default="")
ELASTICSEARCH_API_KEY = env.str("ELASTICSEARCH_API_KEY", default="")
ELASTICSEARCH_CA_FILE = env.str("ELASTICSEARCH_CA_FILE", default="")
ELASTICSEARCH_INDEX_PREFIX = env.str("ELASTICSEARCH_INDEX_PREFIX", default="findfusion")
ELASTICSEARCH_TIMEOUT = env.float("ELASTICSEARCH_TIMEOUT", default=0.8)

LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "findfusion.logs.WithoutQueries",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "problems": {"class": "logging.StreamHandler", "formatter": "plain", "level": "WARNING"},
    },
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Django's own handlers would say everything twice in debug.
        "django": {"handlers": [], "level": LOG_LEVEL},
        "django.server": {"level": "INFO"},
        # It would write a line for each search.
        "elastic_transport": {"level": "WARNING"},
        # A line when a task begins and one when it ends well would bury the others; those that fail are told.
        "django.tasks": {"handlers": ["problems"], "propagate": False},
    },
}
