"""Facts are read beside a writer in the same process, and take no lock of the writer away."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from builders import a_promise
from databases import on_sqlite
from study.facts.record_facts import address_of
from wellkept.record.access.columns import stamp
from wellkept.study.facts import record_whole
from wellkept.study.facts.record_asking import EVERY, asking
from wellkept.study.facts.record_columns import PROMISE_READS, READS
from wellkept.study.facts.record_reading import attached, read, workshop

OTHER = """
import sqlite3, sys
record = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
try:
    record.execute("BEGIN IMMEDIATE")
    print("got the lock")
except sqlite3.OperationalError as problem:
    print(problem)
"""


def another_process_writes(file: str) -> str:
    command = [sys.executable, "-c", OTHER, file]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


@on_sqlite
def test_who_writes_stays_the_only_writer_while_facts_are_read(
    committed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_whole, "LARGE", 0)
    a_promise()
    address = address_of(connection)
    with connection.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")
        try:
            assert another_process_writes(address.name) == "database is locked"
            with workshop() as con:
                with attached(con, address):
                    read(con, READS)
                assert con.execute("SELECT count(*) FROM r_promise").fetchone() == (1,)
            with workshop() as con:
                record_whole.take(con, address, READS)
                assert con.execute("SELECT count(*) FROM r_promise").fetchone() == (1,)
            with workshop() as con:
                with asking(con, address) as record:
                    assert record.rows("SELECT count(*) FROM promises_promise") == [(1,)]
                    record.take((one, EVERY) for one in READS)
                assert con.execute("SELECT count(*) FROM r_promise").fetchone() == (1,)
            assert another_process_writes(address.name) == "database is locked"
            assert Path(f"{address.name}-wal").exists()
        finally:
            cursor.execute("ROLLBACK")
    assert another_process_writes(address.name) == "got the lock"


@on_sqlite
def test_what_is_asked_and_what_is_taken_is_of_one_moment(committed: Any) -> None:
    first = a_promise()
    with workshop() as con:
        with asking(con, address_of(connection)) as record:
            assert record.rows("SELECT count(*) FROM promises_promise") == [(1,)]
            a_promise()
            record.take([(PROMISE_READS[0], EVERY)])
        assert con.execute("SELECT id FROM r_promise").fetchall() == [(first.pk,)]
        made = con.execute("SELECT made_s, made_to FROM r_promise").fetchone()
        assert first.made_at is not None and made == (stamp(first.made_at), first.made_to)
