"""The restore drill: a company is saved while people write, lost, and brought back whole."""

import io
import json
import os
import stat
import subprocess
import sys
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections

import postgres
from builders import MONDAY, a_customer
from databases import on, on_postgresql, on_sqlite
from wellkept.desk.backup import archive
from wellkept.desk.backup.archive import Unusable, verify
from wellkept.desk.backup.company import back_up, restore
from wellkept.desk.backup.rows import NotPossible
from wellkept.home import KEY_FILE, postgresql, secret_key, sqlite
from wellkept.record.files.actions import Coming, attach, content_of, remove_files
from wellkept.record.files.content import place_of
from wellkept.record.files.models import Attachment
from wellkept.record.journal.append_only import guards_standing
from wellkept.record.journal.models import Entry
from wellkept.record.parties.actions import add_customers
from wellkept.record.parties.models import Customer

PNG = b"\x89PNG\r\n\x1a\n" + b"pump" * 1000
NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let PostgreSQL's programs be found, of the server's own version."""
    monkeypatch.setenv("PATH", f"{postgres.binaries()}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have a company's folder with a key."""
    folder = tmp_path / "company"
    name_home(folder, monkeypatch)
    secret_key(folder)
    return folder


def name_home(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(django_settings, "HOME", folder)
    monkeypatch.setattr(django_settings, "FILES", folder / "files")


@pytest.fixture
def another_database(
    database: Any, shared_folder: Path, tmp_path: Path
) -> Iterator[Callable[[], Any]]:
    """Give a way to an empty place for rows, of the same kind as the test's."""
    made: list[str] = []

    def go() -> Any:
        if database.vendor == "sqlite":
            return on(sqlite(tmp_path / "new" / "wellkept.sqlite3"))
        name = f"drill_{os.getpid()}_{len(made)}"
        postgres.statement(shared_folder, f"create database {name}")
        made.append(name)
        return on(postgresql(postgres.address(shared_folder, name)))

    yield go
    for name in made:
        postgres.statement(shared_folder, f"drop database {name} with (force)")


@contextmanager
def somebody_writing() -> Iterator[None]:
    """Have customers added without a pause, from before until after."""
    stop, started = threading.Event(), threading.Event()

    def go_on() -> None:
        while not stop.is_set():
            add_customers(customers=[Customer(name="Mill East")], at=MONDAY, by=None)
            started.set()
        connections.close_all()

    writer = threading.Thread(target=go_on)
    writer.start()
    assert started.wait(30)
    yield
    stop.set()
    writer.join(30)


@pytest.mark.usefixtures("committed", "programs")
def test_a_company_saved_while_people_write_comes_back_whole(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    another_database: Callable[[], Any],
) -> None:
    key = (home / KEY_FILE).read_text()
    a_customer("Clinic Nord")
    attach(files=[Coming("pump.png", io.BytesIO(PNG))], at=MONDAY, by=None)
    wrong = attach(files=[Coming("wrong.png", io.BytesIO(PNG + b"!"))], at=MONDAY, by=None)
    remove_files(files=wrong, reason="Of another customer", at=MONDAY, by=None)
    file = tmp_path / "monday.backup"
    with somebody_writing():
        saved = back_up(file, now=NOW)

    assert saved.attachments == 1
    assert saved.lost == ()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    name_home(tmp_path / "new", monkeypatch)
    with another_database():
        manifest = restore(file)
        assert manifest.made_at == "2026-03-02T18:00:00+00:00"
        assert Customer.objects.filter(name="Clinic Nord").exists()
        rows = Customer.objects.count()
        assert rows >= 2
        assert Entry.objects.filter(verb="parties.add_customers").count() == rows
        with content_of(Attachment.objects.get(removed_at=None)) as content:
            assert content.read() == PNG
        (gone,) = Attachment.objects.exclude(removed_at=None)
        assert gone.removed_reason and not place_of(gone.sha256).exists()
        assert guards_standing(connection), "the guards come back with the tables"
        a_customer("New after the restore")
    assert (tmp_path / "new" / KEY_FILE).read_text() == key
    assert stat.S_IMODE((tmp_path / "new" / KEY_FILE).stat().st_mode) == 0o600


@on_sqlite
@pytest.mark.usefixtures("committed")
def test_one_flipped_bit_anywhere_is_found_and_nothing_is_restored(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(files=[Coming("pump.png", io.BytesIO(PNG))], at=MONDAY, by=None)
    file = tmp_path / "monday.backup"
    back_up(file, now=NOW)
    name_home(tmp_path / "new", monkeypatch)
    whole = file.read_bytes()
    for what in (b"pumppump", b"SQLite format 3", (home / KEY_FILE).read_bytes()):
        at = whole.index(what)
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        with pytest.raises(Unusable, match="is damaged"):
            restore(file)
    file.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Unusable, match="cut off"):
        restore(file)
    file.write_bytes(b"not a backup at all")
    with pytest.raises(Unusable, match="not a backup of Wellkept"):
        restore(file)
    assert [path.name for path in tmp_path.iterdir() if "new" in path.name] == []
    file.write_bytes(whole)
    assert verify(file).database == "sqlite"


@on_sqlite
@pytest.mark.usefixtures("committed", "home")
def test_what_the_disk_did_not_keep_is_no_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "_hash_of", lambda path: "0" * 64)
    with pytest.raises(Unusable, match="is damaged"):
        back_up(tmp_path / "monday.backup", now=NOW)
    assert [path for path in tmp_path.iterdir() if "backup" in path.name] == []


@on_sqlite
@pytest.mark.usefixtures("committed")
def test_nothing_that_is_there_is_ever_overwritten(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "monday.backup"
    back_up(file, now=NOW)
    before = file.read_bytes()
    with pytest.raises(FileExistsError, match="there is a file of this name already"):
        back_up(file, now=NOW)
    assert file.read_bytes() == before
    with pytest.raises(NotPossible, match="is not empty"):
        restore(file)
    assert (home / KEY_FILE).exists()


@on_sqlite
@pytest.mark.usefixtures("committed", "home")
def test_content_that_was_lost_before_is_named_and_the_rest_is_saved(tmp_path: Path) -> None:
    (row,) = attach(files=[Coming("pump.png", io.BytesIO(PNG))], at=MONDAY, by=None)
    place_of(row.sha256).unlink()
    assert back_up(tmp_path / "monday.backup", now=NOW).lost == ("pump.png",)


@on_sqlite
@pytest.mark.usefixtures("committed", "home")
def test_a_backup_of_another_kind_or_a_newer_version_is_refused_with_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "monday.backup"
    back_up(file, now=NOW)
    name_home(tmp_path / "new", monkeypatch)
    for change, says in (
        ({"database": "postgresql"}, "Name an empty PostgreSQL database"),
        ({"migrations": ["parties.0999_from_the_future"]}, "which knows parties.0999"),
        ({"format": 9}, "this version reads format 1"),
        ({"sha256": {}}, "is damaged"),
    ):
        with pytest.raises((NotPossible, Unusable), match=says):
            restore(told_otherwise(file, change))
    assert not (tmp_path / "new").exists()


def told_otherwise(file: Path, change: dict[str, Any]) -> Path:
    """Copy a backup whose manifest says something else."""
    other = file.with_name("other.backup")
    with tarfile.open(file) as old, tarfile.open(other, "w") as new:
        for member in old:
            stream = old.extractfile(member)
            assert stream is not None
            data = stream.read()
            if member.name == "manifest.json":
                data = json.dumps(json.loads(data) | change).encode()
                member.size = len(data)
            new.addfile(member, io.BytesIO(data))
    return other


@on_sqlite
@pytest.mark.usefixtures("committed", "home")
def test_a_member_that_would_leave_the_folder_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "monday.backup"
    back_up(file, now=NOW)
    with tarfile.open(file, "a") as tar:
        member = tarfile.TarInfo("../escaped")
        member.size = 3
        tar.addfile(member, io.BytesIO(b"out"))
    name_home(tmp_path / "new", monkeypatch)
    with pytest.raises(Unusable, match="which no backup of ours holds"):
        restore(file)
    assert not (tmp_path / "escaped").exists()


@on_postgresql
@pytest.mark.usefixtures("committed", "home")
def test_without_the_programs_of_postgresql_a_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NotPossible, match=r"pg_dump is not installed.*postgresql-client"):
        back_up(tmp_path / "monday.backup", now=NOW)
    assert not (tmp_path / "monday.backup").exists()


@on_postgresql
@pytest.mark.usefixtures("committed", "programs", "home")
def test_rows_are_not_restored_into_a_database_that_has_some(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    back_up(tmp_path / "monday.backup", now=NOW)
    name_home(tmp_path / "new", monkeypatch)
    with pytest.raises(NotPossible, match=r"is not empty\. Make a new one"):
        restore(tmp_path / "monday.backup")
    assert not (tmp_path / "new").exists()


# The words of the command


def wellkept(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "WELLKEPT_HOME": str(home), "WELLKEPT_DATABASE": ""}
    command = [sys.executable, "-m", "wellkept", *words]
    return subprocess.run(command, env=env, capture_output=True, text=True)


@on_sqlite
def test_the_command_saves_and_restores_and_refuses_in_a_sentence(
    database: Any, tmp_path: Path
) -> None:
    home, file = tmp_path / "company", tmp_path / "monday.backup"
    nothing = wellkept(home, "backup", str(file))
    assert nothing.returncode == 2
    assert "There is no company in" in nothing.stderr
    home.mkdir()
    with database.cursor() as cursor:
        cursor.execute("vacuum into %s", [str(home / "wellkept.sqlite3")])
    done = wellkept(home, "backup", str(file))
    assert done.returncode == 0, done.stderr
    assert "0 attachments), checked." in done.stdout
    again = wellkept(home, "backup", str(file))
    assert (again.returncode, again.stdout) == (2, "")
    assert "there is a file of this name already" in again.stderr
    back = wellkept(tmp_path / "new", "restore", str(file))
    assert back.returncode == 0, back.stderr
    assert "as it was on 20" in back.stdout
    full = wellkept(tmp_path / "new", "restore", str(file))
    assert full.returncode == 2
    assert "is not empty" in full.stderr
