"""Django settings. Everything that differs between installations is read in `environment`."""

from __future__ import annotations

import secrets
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from psycopg.conninfo import conninfo_to_dict

from jangteo.project import cluster, environment, logs

PACKAGE = Path(__file__).resolve().parent.parent
VAR = environment.folder("JANGTEO_VAR")


def _secret_key() -> str:
    given = environment.text("JANGTEO_SECRET_KEY")
    if given:
        return given
    path = VAR / "secret_key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48))
    return path.read_text().strip()


def _database() -> dict[str, object]:
    url = environment.text("DATABASE_URL")
    if not url:
        return dict(cluster.connection_settings(VAR))
    parts = conninfo_to_dict(url)
    names = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    return {ours: str(parts.get(theirs, "")) for ours, theirs in names.items()}


SECRET_KEY = _secret_key()
DEBUG = environment.yes("JANGTEO_DEBUG")
ALLOWED_HOSTS = environment.names("JANGTEO_HOSTS")
ROOT_URLCONF = "jangteo.project.urls"
WSGI_APPLICATION = "jangteo.project.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "csp",
    "django_cotton",
    "jangteo.kernel",
    "jangteo.domains.markets",
    "jangteo.domains.people",
    "jangteo.domains.devices",
    "jangteo.domains.helping",
    "jangteo.domains.catalog",
    "jangteo.domains.stock",
    "jangteo.domains.ledger",
    "jangteo.domains.promotions",
    "jangteo.domains.payments",
    "jangteo.domains.delivery",
    "jangteo.domains.ordering",
    "jangteo.domains.counter",
    "jangteo.domains.settlement",
    "jangteo.domains.stamps",
    "jangteo.domains.rebates",
    "jangteo.domains.reviews",
    "jangteo.domains.inquiries",
    "jangteo.domains.events",
    "jangteo.domains.carriers",
    "jangteo.domains.calls",
    "jangteo.domains.hub",
    "jangteo.domains.rounds",
    "jangteo.domains.whatif",
    "jangteo.domains.campaigns",
    "jangteo.domains.regulars",
    "jangteo.domains.practice",
    "jangteo.faces._parts",
    "jangteo.faces.shop",
    "jangteo.faces.merchant",
    "jangteo.faces.kiosk",
    "jangteo.faces.board",
    "jangteo.faces.helper",
    "jangteo.faces.courier",
    "jangteo.faces.office",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "jangteo.faces._parts.middleware.known_host",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "jangteo.faces._parts.practising.marked",
    "jangteo.faces._parts.middleware.refusals",
]

FORM_RENDERER = "jangteo.faces._parts.inputs.Inputs"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "jangteo.faces._parts.context.look",
                "jangteo.faces._parts.practising.practice",
            ],
            "builtins": ["jangteo.faces._parts.templatetags.drawings"],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "jangteo.project.postgres",
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        # Statements that a connection has sent three times are planned no more.
        "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3},
        **_database(),
    }
}

# In each process of its own: what is kept is small, and old after seconds.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    "markets": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "markets", "TIMEOUT": 2},
}

AUTH_USER_MODEL = "people.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("한국어")), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "project" / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

MEDIA_ROOT = VAR / "media"
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "jangteo.project.storage.HashedStatic"},
}
WHITENOISE_USE_FINDERS = DEBUG

LIVE_URL = environment.text("JANGTEO_LIVE_URL")
LIVE_PORT = environment.number("JANGTEO_LIVE_PORT")


def _stream_sources() -> list[str]:
    """Where pages may listen for news: the live port of our own hosts, or the address behind a proxy."""
    if LIVE_URL:
        parts = urlsplit(LIVE_URL)
        return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []
    scheme = "https" if environment.yes("JANGTEO_HTTPS") else "http"
    return [f"{scheme}://{host}:{LIVE_PORT}" for host in ALLOWED_HOSTS]


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "connect-src": [SELF, *_stream_sources()],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
HTTPS = environment.yes("JANGTEO_HTTPS")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "jangteo.faces._parts.views.form_too_old"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
# Browsers ignore it, loudly, on plain HTTP.
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if HTTPS else None
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
FILE_UPLOAD_HANDLERS = [
    "jangteo.faces._parts.uploads.Measured",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "jangteo.faces.shop.sign_in.PhoneAdapter"
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_USER_MODEL_USERNAME_FIELD = None

LOGGING_CONFIG = None
logs.configure(environment.text("JANGTEO_LOG_LEVEL"))
