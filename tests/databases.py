"""The record's tests run twice: on SQLite and on PostgreSQL, each database migrated once a run.

`record` rolls back after each test; `committed` lets tests commit, on a file of their own or in
tables that are emptied after. Both run on each database. A test that is about one of them says
`@on_sqlite`.
"""

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

import postgres

SHARED = "wellkept_shared"
on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)


def pytest_configure(config: pytest.Config) -> None:
    """Set Django up on an empty company's folder; workers share the folder of their run."""
    given = getattr(config, "workerinput", None)
    shared = Path(given[SHARED] if given else tempfile.mkdtemp(prefix="wellkept-pytest-"))
    config.stash[shared_key] = shared
    if given is None:
        (shared / "leader").write_text(str(os.getpid()))
    os.environ["WELLKEPT_HOME"] = str(shared / "home")
    os.environ["DJANGO_SETTINGS_MODULE"] = "wellkept.settings"
    os.environ.pop("WELLKEPT_DATABASE", None)
    import django

    django.setup()


shared_key = pytest.StashKey[Path]()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where its run's folder is."""
    node.workerinput[SHARED] = str(node.config.stash[shared_key])


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop PostgreSQL and remove the run's folder, in the process that leads the run."""
    shared = config.stash.get(shared_key, None)
    if shared is None or hasattr(config, "workerinput"):
        return
    with suppress(postgres.NoPostgres):
        postgres.stop(shared)
    shutil.rmtree(shared, ignore_errors=True)


# Databases, migrated once


@pytest.fixture(scope="session")
def shared_folder(request: pytest.FixtureRequest) -> Path:
    """Give the folder that all workers of this run share."""
    return request.config.stash[shared_key]


@pytest.fixture(scope="session")
def sqlite_template(shared_folder: Path, request: pytest.FixtureRequest) -> Path:
    """Give the migrated, empty SQLite file of this run, for copies.

    One that an earlier run migrated is taken where nothing changed that migrating reads.
    """
    from wellkept.home import sqlite

    template = shared_folder / "template.sqlite3"
    with postgres.locked(shared_folder):
        if not template.exists():
            fresh, kept = shared_folder / "migrating.sqlite3", kept_template(request.config)
            if kept is not None and kept.exists():
                shutil.copy(kept, fresh)
            else:
                migrate(sqlite(fresh))
                keep_template(fresh, kept)
            fresh.rename(template)
    return template


def kept_template(config: pytest.Config) -> Path | None:
    """Say where a migrated file of just this code is kept between runs, if anything is."""
    if not hasattr(config, "cache"):
        return None
    code = hashlib.sha256(sqlite3.sqlite_version.encode())
    repo = Path(__file__).parents[1]
    source = repo / "src" / "wellkept"
    read = [repo / "requirements.lock", source / "settings.py", source / "home.py"]
    for file in (*read, *sorted((source / "record").rglob("*.py"))):
        code.update(f"{file.relative_to(repo)} {file.stat().st_size}".encode())
        code.update(file.read_bytes())
    return Path(config.cache.mkdir("migrated")) / f"{code.hexdigest()[:32]}.sqlite3"


def keep_template(fresh: Path, kept: Path | None) -> None:
    """Keep a migrated file for the next run, in the place of those of other code."""
    if kept is None:
        return
    for old in kept.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    mine = kept.with_suffix(f".{os.getpid()}")
    shutil.copy(fresh, mine)
    mine.rename(kept)


@pytest.fixture(scope="session")
def sqlite_settings(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give this worker's own migrated SQLite file."""
    return copied(sqlite_template, tmp_path_factory.mktemp("sqlite"))


def copied(template: Path, folder: Path) -> dict[str, Any]:
    """Copy a migrated SQLite file into a folder: to migrate takes seconds, to copy none."""
    from wellkept.home import sqlite

    mine = folder / "record.sqlite3"
    shutil.copy(template, mine)
    return sqlite(mine)


@pytest.fixture(scope="session")
def postgresql_settings(shared_folder: Path, request: pytest.FixtureRequest) -> Any:
    """Give this worker's own migrated PostgreSQL database, or skip and say why."""
    from wellkept.home import postgresql

    worker = getattr(request.config, "workerinput", {}).get("workerid", "alone")
    try:
        with postgres.locked(shared_folder):
            postgres.ensure_running(shared_folder)
            if not (shared_folder / "migrated").exists():
                postgres.statement(shared_folder, "create database template_record")
                migrate(postgresql(postgres.address(shared_folder, "template_record")))
                (shared_folder / "migrated").touch()
            make = f"create database record_{worker} template template_record"
            postgres.statement(shared_folder, make)
    except postgres.NoPostgres as problem:
        pytest.skip(str(problem))
    return postgresql(postgres.address(shared_folder, f"record_{worker}"))


@contextmanager
def on(settings: dict[str, Any]) -> Iterator[Any]:
    """Let the record lie in another database, in every thread, and go back after."""
    from django.db import connections

    before, own = connections.settings["default"], connections["default"]
    full = connections.configure_settings({"default": settings})["default"]
    connections.settings["default"] = full
    connections["default"] = there = connections.create_connection("default")
    try:
        yield there
    finally:
        there.close()
        connections.settings["default"] = before
        connections["default"] = own


def migrate(settings: dict[str, Any]) -> None:
    """Make all tables in a database."""
    from django.core.management import call_command

    with on(settings):
        call_command("migrate", verbosity=0)


# What a test asks for


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """Give the connection to one of the two databases; to commit on SQLite, to a file of its own.

    To empty a file would take more than a second: its guards and triggers must go and come back.
    """
    if request.param == "sqlite" and "committed" in request.fixturenames:
        folder = tmp_path.with_name(f"{tmp_path.name}-committed")
        folder.mkdir()
        with on(copied(request.getfixturevalue("sqlite_template"), folder)) as connection:
            yield connection
        shutil.rmtree(folder)
        return
    with on(request.getfixturevalue(f"{request.param}_settings")) as connection:
        yield connection


@contextmanager
def undone(connection: Any) -> Iterator[None]:
    """Undo all that is written within, at the end of a test or of one of Hypothesis's examples."""
    from django.db import transaction

    with transaction.atomic():
        yield
        if not connection.needs_rollback:
            connection.check_constraints()
        transaction.set_rollback(True)


@pytest.fixture
def record(database: Any) -> Iterator[Any]:
    """Give a migrated, empty record on each database; what the test writes is undone."""
    with undone(database):
        yield database


@pytest.fixture
def committed(database: Any) -> Iterator[Any]:
    """Give a migrated, empty record on each database in which commits are real; emptied after."""
    yield database
    if database.vendor == "postgresql":
        empty_postgresql(database)


def empty_postgresql(connection: Any) -> None:
    """Empty the tables in which something stands: to truncate all of them costs much more.

    As a replica a session fires no trigger and asks no foreign key.
    """
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    some = " union all ".join(
        f"select '{one}' where exists (select 1 from \"{one}\")" for one in tables
    )
    counters = "select setval(oid, 1, false) from pg_class where relkind = 'S'"
    with connection.cursor() as cursor:
        cursor.execute(some)
        written = [one for (one,) in cursor.fetchall()]
        cursor.execute("set session_replication_role = replica")
        for one in written:
            cursor.execute(f'delete from "{one}"')
        cursor.execute("set session_replication_role = default")
        cursor.execute(counters)


@contextmanager
def lifted_guards(connection: Any) -> Iterator[None]:
    """Let append-only tables be changed, as only tests may, and guard them again."""
    from wellkept.record.journal.append_only import append_only_models, guard, guards

    with connection.cursor() as cursor:
        for model in append_only_models():
            table = model._meta.db_table
            for name in guards(table, connection.vendor):
                where = f' on "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'drop trigger "{name}"{where}')
    try:
        yield
    finally:
        guard(connection)
