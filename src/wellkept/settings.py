"""The one settings file. It reads the environment and fails loudly; docs/reference/settings.md.

`WELLKEPT_HOME` is the company's folder: database, files and secret key lie in it, so whoever
copies the folder has the company. `WELLKEPT_DATABASE` moves the rows to PostgreSQL.
"""

import os
from pathlib import Path
from typing import Any

from django.utils.functional import lazy

from wellkept.home import database_of, secret_key, switch, words

HOME = Path(os.environ.get("WELLKEPT_HOME", "var/company")).absolute()
"""The company's folder. It is made by the command that first writes, never by reading this file."""
FILES = HOME / "files"

DEBUG = switch("WELLKEPT_DEBUG")
SECRET_KEY = lazy(lambda: secret_key(HOME), str)()  # made when first needed, not when first read
ALLOWED_HOSTS = words("WELLKEPT_HOSTS") or ["localhost", "127.0.0.1", "[::1]"]

ROOMS = (
    "journal",
    "access",
    "sources",
    "files",
    "calendars",
    "organisation",
    "parties",
    "installed_base",
    "promises",
    "cases",
)
"""The rooms of the record that keep rows, from the ground up."""
INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    *(f"wellkept.record.{room}" for room in ROOMS),
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "wellkept.urls"
TEMPLATES = [
    {"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS": {}}
]

DATABASES: dict[str, dict[str, Any]] = {
    "default": database_of(os.environ.get("WELLKEPT_DATABASE", ""), HOME)
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "access.Account"
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

STATIC_URL = "static/"
