"""The rows as a file, and back: SQLite by its online backup, PostgreSQL by its own programs."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


class NotPossible(Exception):
    """Rows cannot be saved or brought back here; the sentence says why and what to do."""


def save_rows(file: Path) -> None:
    """This will write all rows, as of one moment, to a file, while others go on working.

    Raises NotPossible.
    """
    if connection.vendor == "postgresql":
        _run("pg_dump", "--format=custom", "--no-owner", "--no-acl", f"--file={file}")
        return
    with closing(sqlite3.connect(file)) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)  # in one step: nobody's write can come between
        copy.execute("pragma journal_mode = delete")  # one file, without its log beside it
    check_sqlite(file)


def check_sqlite(file: Path) -> None:
    """This will have SQLite read a whole file and check it; raises NotPossible."""
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
        try:
            (said,) = copy.execute("pragma integrity_check").fetchone()
            orphans = copy.execute("pragma foreign_key_check").fetchall()
        except sqlite3.DatabaseError as problem:
            said, orphans = str(problem), []
    if said != "ok" or orphans:
        why = said if said != "ok" else f"{len(orphans)} rows refer to rows that do not exist"
        raise NotPossible(
            f"The copy of the database is not sound: {why}. Look at the disk, and take the last "
            "backup that was sound."
        )


def bring_rows(file: Path) -> None:
    """This will put saved rows into the empty PostgreSQL database; raises NotPossible."""
    if connection.introspection.table_names():
        raise NotPossible(
            "The database that WELLKEPT_DATABASE names is not empty. Make a new one and name it; "
            "then nothing that is there can be lost."
        )
    connection.close()
    _run("pg_restore", "--no-owner", "--no-acl", "--single-transaction", "--exit-on-error",
         f"--dbname={_address()}", str(file), database=False)  # fmt: skip


def migrations_applied() -> tuple[str, ...]:
    """This will name the migrations that the database has, as in parties.0001_…"""
    applied = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{room}.{name}" for room, name in applied))


def migrations_known() -> frozenset[str]:
    """This will name the migrations that this version of Wellkept has."""
    loader = MigrationLoader(None)
    return frozenset(f"{room}.{name}" for room, name in loader.disk_migrations)


def _run(program: str, *words: str, database: bool = True) -> None:
    found = shutil.which(program)
    if found is None:
        raise NotPossible(
            f"{program} is not installed, and PostgreSQL's rows are saved and restored by its own "
            "programs. Install PostgreSQL's client programs (on Debian: postgresql-client), of the "
            "server's version or newer."
        )
    command = [found, *words, *([f"--dbname={_address()}"] if database else [])]
    done = subprocess.run(command, env=_environment(), capture_output=True, text=True)
    if done.returncode:
        raise NotPossible(f"{program} could not do it: {done.stderr.strip()[:500]}")


def _address() -> str:
    """The address as PostgreSQL's programs take it; the password goes by the environment, so that
    it does not stand in the list of processes."""
    from psycopg.conninfo import make_conninfo  # a company on SQLite never loads it

    told = connection.settings_dict
    options = {name: value for name, value in told["OPTIONS"].items() if isinstance(value, str)}
    named = {"dbname": "NAME", "host": "HOST", "port": "PORT", "user": "USER"}
    known = {word: str(told[name]) for word, name in named.items() if told[name]}
    return make_conninfo(**(known | options))


def _environment() -> dict[str, str]:
    password = connection.settings_dict["PASSWORD"]
    return {**os.environ, **({"PGPASSWORD": password} if password else {})}
