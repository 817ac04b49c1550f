"""The one settings file. It reads the environment and fails loudly; docs/reference/settings.md.

`WELLKEPT_HOME` is the company's folder: database, files and secret key lie in it, so whoever
copies the folder has the company. `WELLKEPT_DATABASE` moves the rows to PostgreSQL.
"""

import os
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.functional import lazy

from wellkept.home import address_of, database_of, mail_of, secret_key, switch, words

HOME = Path(os.environ.get("WELLKEPT_HOME", "var/company")).absolute()
"""The company's folder. It is made by the command that first writes, never by reading this file."""
FILES = HOME / "files"

DEBUG = switch("WELLKEPT_DEBUG")
SECRET_KEY = lazy(cache(lambda: secret_key(HOME)), str)()  # made when first needed, then kept
ALLOWED_HOSTS = words("WELLKEPT_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]

ROOMS = (
    "journal",
    "access",
    "search",
    "sources",
    "files",
    "calendars",
    "organisation",
    "parties",
    "installed_base",
    "promises",
    "cases",
    "mirror",
)
"""The rooms of the record, from the ground up."""
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tasks",
    "django_tasks_db",
    "wellkept.desk.web",
    *(f"wellkept.record.{room}" for room in ROOMS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "wellkept.desk.web.headers.security_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "wellkept.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "wellkept.desk.web.frame.frame",
            ]
        },
    }
]
WSGI_APPLICATION = "wellkept.desk.web.wsgi.application"

DATABASES: dict[str, dict[str, Any]] = {
    "default": database_of(os.environ.get("WELLKEPT_DATABASE", ""), HOME)
}
SILENCED_SYSTEM_CHECKS = ["models.W040"]  # what stands beside an index's keys only PostgreSQL keeps
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["wellkept.desk.web.signing_in.ByMail"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

USE_TZ = True
TIME_ZONE = "UTC"  # moments are kept in UTC and shown in the zone of the site they belong to
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [Path(__file__).parent / "locale"]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "sign_in"
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
SESSION_ENGINE = "wellkept.desk.web.sessions"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = switch("WELLKEPT_HTTPS")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Without a mail server every mail is a file, so that nothing is lost and a link can be handed over.
MAIL = os.environ.get("WELLKEPT_MAIL", "")
EMAIL_BACKEND, EMAIL = mail_of(MAIL)
globals().update(EMAIL)
EMAIL_FILE_PATH = HOME / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("WELLKEPT_MAIL_FROM", "wellkept@localhost")

ADDRESS = address_of(os.environ.get("WELLKEPT_ADDRESS", ""))
"""Where people open the desk: what links in mails begin with."""

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True  # style and pictures are served from the package itself

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"errors": {"class": "logging.StreamHandler", "level": "ERROR"}},
    "root": {"handlers": ["errors"], "level": "WARNING"},
}
"""What breaks is told on the error output, where whoever runs the desk keeps its log."""
