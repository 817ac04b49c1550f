"""The company's folder and the environment: what cannot be used is said, at once."""

import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from databases import on_sqlite
from wellkept.home import PLANNING, BadSetting, database_of, secret_key, switch, words


def test_without_an_address_rows_lie_in_the_company_s_folder(tmp_path: Path) -> None:
    told = database_of("", tmp_path)
    assert told["ENGINE"] == "django.db.backends.sqlite3"
    assert told["NAME"] == str(tmp_path / "wellkept.sqlite3")


def test_an_address_of_postgresql_is_taken_apart() -> None:
    told = database_of("postgresql://al%40ma:p%2Fw@db.example:5433/kept?sslmode=require", Path())
    assert told["ENGINE"] == "django.db.backends.postgresql"
    parts = (told["USER"], told["PASSWORD"], told["HOST"], told["PORT"], told["NAME"])
    assert parts == ("al@ma", "p/w", "db.example", "5433", "kept")
    assert told["OPTIONS"] == {"sslmode": "require", "options": PLANNING}


@pytest.mark.parametrize(
    "address", ["mysql://db.example/kept", "wellkept.sqlite3", "postgresql://db.example"]
)
def test_another_address_is_refused_with_what_to_write(address: str) -> None:
    with pytest.raises(BadSetting, match="write postgresql://user@host:5432/name"):
        database_of(address, Path())


def test_a_switch_is_on_or_off_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_DEBUG", "yes")
    with pytest.raises(BadSetting, match="WELLKEPT_DEBUG is 'yes'; write 1 for on, 0 for off"):
        switch("WELLKEPT_DEBUG")
    monkeypatch.setenv("WELLKEPT_DEBUG", "")
    assert switch("WELLKEPT_DEBUG") is False


def test_words_are_separated_by_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WELLKEPT_HOSTS", "desk.example, www.example,")
    assert words("WELLKEPT_HOSTS") == ["desk.example", "www.example"]


def test_the_key_is_made_once_even_by_many_at_once_and_only_its_owner_reads_it(
    tmp_path: Path,
) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: secret_key(tmp_path / "company"), range(32)))
    assert len(keys) == 1
    assert len(keys.pop()) > 80
    files = list((tmp_path / "company").iterdir())
    assert [path.name for path in files] == ["secret_key"]
    assert stat.S_IMODE(files[0].stat().st_mode) == 0o600


def test_a_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    secret_key(tmp_path)
    (tmp_path / "secret_key").chmod(0o644)
    with pytest.raises(BadSetting, match="can be read by others; close it: chmod 600"):
        secret_key(tmp_path)


def test_an_empty_key_is_refused_with_what_it_would_cost_to_make_a_new_one(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch(0o600)
    with pytest.raises(BadSetting, match="then everybody signs in again"):
        secret_key(tmp_path)


def test_reading_the_settings_writes_nothing(tmp_path: Path) -> None:
    code = "import django; django.setup(); from django.conf import settings; print(settings.HOME)"
    env = {
        **os.environ,
        "WELLKEPT_HOME": str(tmp_path / "company"),
        "DJANGO_SETTINGS_MODULE": "wellkept.settings",
    }
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True)
    assert done.stdout.strip() == str(tmp_path / "company"), done.stderr
    assert not (tmp_path / "company").exists()


@on_sqlite
@pytest.mark.usefixtures("committed")
def test_sqlite_is_opened_so_that_readers_never_wait_and_commits_last(database: Any) -> None:
    told = {}
    with database.cursor() as cursor:
        for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout"):
            cursor.execute(f"pragma {name}")
            (told[name],) = cursor.fetchone()
    assert told == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "foreign_keys": 1,
        "busy_timeout": 20_000,
    }
