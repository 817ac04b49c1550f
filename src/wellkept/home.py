"""The company's folder and its database, as the environment names them."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

DATABASE_FILE = "wellkept.sqlite3"
KEY_FILE = "secret_key"

# Write-ahead log: readers never wait for a writer. FULL: a commit that was answered survives a
# loss of power, which a ledger of promises owes; it costs about 3 ms for each commit alone.
PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=2147418112; "
    "PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864; "
    "PRAGMA secure_delete=ON;"  # what was erased is overwritten; not every SQLite does so unasked
)
WAIT_S = 20
"""How long a writer on SQLite waits for its turn before it is refused."""


PLANNING = (
    "-c join_collapse_limit=4 -c random_page_cost=1.1 -c jit=off "
    "-c max_parallel_workers_per_gather=0"
)
"""A row of a list names eight others: PostgreSQL would weigh every order in which to join them, for
longer than it then takes. The order in which a query names them is right. A page reads few rows by
an index, from memory or a disk without a head: to compile its statement, to begin workers for it or
to read a whole table instead takes longer."""
OPEN_S = 60
"""How long a page's thread keeps the file open: to open it costs as much as a page."""
OPEN_ON_SERVER_S = 3600
"""The same on PostgreSQL, whose new connection learns the tables anew before it can plan: as long
again as a page. Whoever asks once a minute would wait for it each time."""


class BadSetting(ValueError):
    """A variable of the environment cannot be used; the sentence says which, and what to write."""


def switch(name: str) -> bool:
    """This will read a variable that is on ("1") or off ("0" or unset); raises BadSetting."""
    value = os.environ.get(name, "0") or "0"
    if value not in ("0", "1"):
        raise BadSetting(f"{name} is {value!r}; write 1 for on, 0 for off.")
    return value == "1"


def words(name: str) -> list[str]:
    """This will read a variable that lists words, separated by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def database_of(address: str, home: Path) -> dict[str, Any]:
    """This will give Django's description of the database: SQLite in `home`, or PostgreSQL.

    Raises BadSetting for an address that is not one of PostgreSQL.
    """
    return postgresql(address) if address else sqlite(home / DATABASE_FILE)


def sqlite(file: Path) -> dict[str, Any]:
    """This will describe a SQLite file: one writer at a time, each in its turn."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": WAIT_S, "init_command": PRAGMAS},
        "CONN_MAX_AGE": OPEN_S,
    }


def postgresql(address: str) -> dict[str, Any]:
    """This will describe a PostgreSQL database by its address; raises BadSetting.

    >>> said = postgresql("postgresql://alma@db.example:5433/wellkept?sslmode=require")["OPTIONS"]
    >>> said == {"options": PLANNING, "sslmode": "require"}
    True
    """
    parts = urlsplit(address)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise BadSetting(
            "WELLKEPT_DATABASE is not the address of a PostgreSQL database; write "
            "postgresql://user@host:5432/name, or leave it out for SQLite in WELLKEPT_HOME."
        )
    options = {"options": PLANNING, **dict(parse_qsl(parts.query))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(parts.port or ""),
        "OPTIONS": options,
        "CONN_MAX_AGE": OPEN_ON_SERVER_S,
        "CONN_HEALTH_CHECKS": True,
    }


def scanned(database: Mapping[str, Any]) -> tuple[str, str]:
    """This will say where a scanner of columns finds a database: its kind, and a file or words.

    How pages plan is no matter of a scanner.

    >>> scanned(postgresql("postgresql://alma@db.example:5433/wellkept"))
    ('postgresql', "dbname='wellkept' user='alma' host='db.example' port='5433'")
    """
    if database["ENGINE"].endswith("sqlite3"):
        return "sqlite", str(database["NAME"])
    given = {
        "dbname": database["NAME"],
        "user": database.get("USER"),
        "password": database.get("PASSWORD"),
        "host": database.get("HOST"),
        "port": database.get("PORT"),
        **{name: said for name, said in database.get("OPTIONS", {}).items() if said != PLANNING},
    }
    return "postgresql", " ".join(f"{name}={_libpq(str(v))}" for name, v in given.items() if v)


def _libpq(value: str) -> str:
    return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"


def mail_of(address: str) -> tuple[str, dict[str, Any]]:
    """This will give Django's mail backend and its settings; without an address, files.

    The word `console` prints mails where the process was started.

    Raises BadSetting for an address that is not smtp:// or smtps://.

    >>> mail_of("smtps://alma:secret@mail.example")[1]["EMAIL_PORT"], mail_of("console")[1]
    (465, {})
    """
    if not address:
        return "django.core.mail.backends.filebased.EmailBackend", {}
    if address == "console":
        return "django.core.mail.backends.console.EmailBackend", {}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise BadSetting(
            "WELLKEPT_MAIL is not the address of a mail server; write smtp://user:password@host:587"
            " or smtps://… or console, or leave it out: mails are then files in its folder."
        )
    secure = parts.scheme == "smtps"
    return "django.core.mail.backends.smtp.EmailBackend", {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if secure else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": secure,
        "EMAIL_USE_TLS": not secure and bool(parts.username),
        "EMAIL_TIMEOUT": 20,
    }


def address_of(said: str) -> str:
    """This will give the address that links in mails begin with; raises BadSetting.

    >>> address_of("https://desk.example/")
    'https://desk.example'
    """
    parts = urlsplit(said or "http://localhost:8000")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise BadSetting(
            f"WELLKEPT_ADDRESS is {said!r}; write where people open the desk, as in "
            "https://desk.example, so that links in mails lead there."
        )
    return parts.geturl().rstrip("/")


def secret_key(home: Path) -> str:
    """This will give the company's secret key, made on the first call, readable by its owner only.

    Raises BadSetting where the file is there but open to others or empty.
    """
    file = home / KEY_FILE
    home.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        _make_key(file)
    return _kept_key(file)


def _make_key(file: Path) -> None:
    fresh = file.with_name(f"{KEY_FILE}.{secrets.token_hex(8)}")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as writing:
        writing.write(secrets.token_urlsafe(64))
    try:
        os.link(fresh, file)  # whole or not at all: two that start at once share one key
    except FileExistsError:
        return
    finally:
        fresh.unlink()


def _kept_key(file: Path) -> str:
    if file.stat().st_mode & 0o077:
        raise BadSetting(f"{file} can be read by others; close it: chmod 600 {file}")
    key = file.read_text().strip()
    if len(key) < 50:
        raise BadSetting(
            f"{file} holds no usable key. Restore it from a backup; or remove the file, and a new "
            "one is made: then everybody signs in again and open password links end."
        )
    return key
