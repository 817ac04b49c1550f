"""Columns read out of SQLite's file are what Python's own module reads, and of one moment."""

import random
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from databases import on_sqlite
from study.facts.one_company import NOW, through_verbs
from study.facts.record_facts import address_of, facts_of
from wellkept.study.facts import arrow, record_library, record_stream, record_whole
from wellkept.study.facts.record_columns import Read
from wellkept.study.facts.record_library import library, of_one_moment
from wellkept.study.facts.record_reading import Address, source_of, workshop
from wellkept.study.facts.record_stream import UnknownValue
from wellkept.study.facts.snapshot import MARKS, TABLES

NOTES = Read("note", "r_note", "id amount said_by about day", "at", "heard", words="said_by heard")
MAKE = """
    CREATE TABLE note (id integer PRIMARY KEY, amount bigint, said_by varchar(9), about text,
      day date, at datetime, heard bool)
"""
SAID = (None, "", "Alma", "Brüno", "張偉")
DAYS = (None, "1969-12-31", "2026-03-02")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An empty record of one table."""
    with closing(sqlite3.connect(tmp_path / "record.sqlite3", isolation_level=None)) as con:
        con.execute("PRAGMA journal_mode = WAL")
        con.execute(MAKE)
        yield con


@pytest.fixture(params=["leaves", "steps"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Read the leaves of the file, or let SQLite step through them, and never the other way."""
    if request.param == "steps":
        monkeypatch.setattr(record_library, "_in_file", lambda _: False)
    else:
        monkeypatch.setattr(record_stream, "Stepped", None)
    return str(request.param)


@contextmanager
def one_transaction(record: sqlite3.Connection) -> Iterator[None]:
    """Write many rows without waiting for the disk at each."""
    record.execute("BEGIN")
    yield
    record.execute("COMMIT")


def stepped(file: Path) -> list[tuple[Any, ...]]:
    """Read the table by the compiled loop, words put back in the place of their numbers."""
    found = library()
    assert found is not None, "the SQLite of this Python cannot be called"
    with workshop() as con:
        record_whole.step_through(con, found, source_of(Address("sqlite", str(file))), [NOTES])
        assert not arrow._kept, "the engine has let go of everything"
        return con.execute(
            "SELECT id, amount, w.said_by, about, strftime(day, '%Y-%m-%d'), at_s, w.heard "
            "FROM r_note r JOIN r_note_words w ON w.no = r.said ORDER BY id"
        ).fetchall()


def written(rows: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
    """What Python makes of the same rows."""

    def second(at: str | None) -> int | None:
        if at is None:
            return None
        return int(datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp() // 1)

    return [(*row[:5], second(row[5]), None if row[6] is None else bool(row[6])) for row in rows]


def some_row(no: int, by: random.Random) -> tuple[Any, ...]:
    moment = datetime.fromtimestamp(by.randint(-3_000_000_000, 9_000_000_000), UTC)
    if by.random() < 0.5:
        moment = moment.replace(microsecond=by.choice((1, 250_000, 999_999)))
    at = None if by.random() < 0.2 else str(moment.replace(tzinfo=None))
    amount = by.choice((None, 0, -1, 2**63 - 1, -(2**63), by.randint(-999, 999)))
    about = by.choice((None, "", "é" * by.randint(0, 40), "x" * by.randint(0, 5_000)))
    if no % 977 == 0:
        about = "ß" * 400_000  # longer than the room for all texts of a part
    return no, amount, by.choice(SAID), about, by.choice(DAYS), at, by.choice((None, 0, 1))


@pytest.mark.usefixtures("way")
def test_what_is_stepped_through_is_what_python_reads(
    record: sqlite3.Connection, tmp_path: Path
) -> None:
    by = random.Random(7)
    rows = [some_row(3 * no + 1, by) for no in range(2_000)]
    with one_transaction(record):
        record.executemany("INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    kept = record.execute("SELECT * FROM note ORDER BY id").fetchall()
    assert stepped(tmp_path / "record.sqlite3") == written(kept)


@pytest.mark.usefixtures("way")
def test_more_words_than_there_was_room_for_keep_their_numbers(
    record: sqlite3.Connection, tmp_path: Path
) -> None:
    rows = [(no, f"word {no * 7 % 1000}", no % 2) for no in range(4_000)]
    with one_transaction(record):
        record.executemany("INSERT INTO note (id, said_by, heard) VALUES (?, ?, ?)", rows)
    found = [(row[0], row[2], row[6]) for row in stepped(tmp_path / "record.sqlite3")]
    assert found == [(no, word, bool(heard)) for no, word, heard in rows]


@pytest.mark.usefixtures("way")
def test_an_empty_table_has_no_rows(record: sqlite3.Connection, tmp_path: Path) -> None:
    assert stepped(tmp_path / "record.sqlite3") == []


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("at", "second"),
    [("2026-03-02T09:00:00+01:00", 1_772_438_400), ("2026-03-02", 1_772_409_600)],
)
def test_a_moment_written_in_another_way_is_read(
    record: sqlite3.Connection, tmp_path: Path, at: str, second: int
) -> None:
    record.execute("INSERT INTO note (id, at) VALUES (1, ?), (2, '2026-03-02 08:00:00')", (at,))
    assert [row[5] for row in stepped(tmp_path / "record.sqlite3")] == [second, 1_772_438_400]


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", "yesterday"),
        ("at", "2026-02-30 08:00:00"),
        ("at", 1_772_438_400),
        ("amount", "a lot"),
        ("amount", 0.5),
        ("about", b"\xff\xfe"),
        ("heard", 77),
    ],
)
def test_a_value_that_its_column_cannot_hold_is_refused(
    record: sqlite3.Connection, tmp_path: Path, column: str, value: Any
) -> None:
    record.execute(f"INSERT INTO note (id, {column}) VALUES (1, ?)", (value,))
    with pytest.raises(UnknownValue, match=f"note.{column}"):
        stepped(tmp_path / "record.sqlite3")


def test_a_tree_of_many_small_pages_is_read_in_the_order_of_its_rows(tmp_path: Path) -> None:
    by = random.Random(5)
    rows = [some_row(no, by) for no in by.sample(range(-9_000, 9_000), 6_000)]
    file = tmp_path / "record.sqlite3"
    with closing(sqlite3.connect(file)) as record:
        record.execute("PRAGMA page_size = 512")
        record.execute("PRAGMA auto_vacuum = 1")
        record.execute(MAKE.replace("bigint", "bigint, unused text"))
        row = ", ".join(["?"] * 7)
        columns = "id, amount, said_by, about, day, at, heard"
        record.executemany(f"INSERT INTO note ({columns}) VALUES ({row})", rows)
        record.execute("DELETE FROM note WHERE id % 5 = 0")
        record.commit()
    assert stepped(file) == written(sorted(row for row in rows if row[0] % 5))


def test_rows_older_than_a_column_are_blank_in_it(
    record: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_stream, "Stepped", None)
    record.execute("ALTER TABLE note DROP COLUMN heard")
    record.execute("INSERT INTO note (id, amount) VALUES (1, 7)")
    record.execute("ALTER TABLE note ADD COLUMN heard bool")
    record.execute("INSERT INTO note (id, heard) VALUES (2, 1)")
    found = [(row[1], row[6]) for row in stepped(tmp_path / "record.sqlite3")]
    assert found == [(7, None), (None, True)]


@pytest.mark.parametrize(
    "make",
    [
        MAKE.replace("heard bool", "heard bool DEFAULT 1"),
        MAKE.replace("text,", "text, twice bigint AS (2 * amount) VIRTUAL,"),
    ],
)
def test_a_table_that_is_kept_otherwise_is_stepped_through(tmp_path: Path, make: str) -> None:
    with closing(sqlite3.connect(tmp_path / "record.sqlite3")) as record:
        record.execute(make)
        record.execute("INSERT INTO note (id, heard) VALUES (7, 0)")
        record.commit()
    assert stepped(tmp_path / "record.sqlite3") == [(7, None, None, None, None, None, False)]


def test_what_the_log_still_holds_is_read(record: sqlite3.Connection, tmp_path: Path) -> None:
    file = tmp_path / "record.sqlite3"
    record.execute("INSERT INTO note (id) VALUES (1)")
    with closing(sqlite3.connect(file, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM note").fetchall()  # so that the log must be kept
        record.execute("INSERT INTO note (id) VALUES (2)")
        assert [row[0] for row in stepped(file)] == [1, 2]


def test_pages_stay_as_they_were_though_somebody_writes(
    record: sqlite3.Connection, tmp_path: Path
) -> None:
    found = library()
    assert found is not None
    record.execute("INSERT INTO note (id) VALUES (1)")
    file = tmp_path / "record.sqlite3"
    with of_one_moment(found, source_of(Address("sqlite", str(file))), 1) as moment:
        assert moment.in_file
        before = file.read_bytes()
        for no in range(2, 50):
            record.execute("INSERT INTO note (id) VALUES (?)", (no,))
            record.execute("PRAGMA wal_checkpoint(PASSIVE)")
        assert file.read_bytes() == before


def test_a_damaged_page_is_refused(record: sqlite3.Connection, tmp_path: Path) -> None:
    with one_transaction(record):
        record.executemany("INSERT INTO note (id) VALUES (?)", [(no,) for no in range(5_000)])
    record.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (root,) = record.execute("SELECT rootpage FROM sqlite_schema").fetchone()
    file = tmp_path / "record.sqlite3"
    whole, by = file.read_bytes(), random.Random(3)
    refused = 0
    for _ in range(12):
        pages = bytearray(whole)
        begin = by.randrange((root - 1) * 4096, len(pages) - 40)
        pages[begin : begin + 40] = by.randbytes(40)
        other = tmp_path / "damaged.sqlite3"
        other.write_bytes(pages)
        try:
            stepped(other)
        except (sqlite3.DatabaseError, UnknownValue):
            refused += 1
    assert refused > 6


def test_handles_see_one_moment_though_somebody_writes_between_them(
    record: sqlite3.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = library()
    assert found is not None
    begun: list[str] = []
    number = record_library.Handle.number

    def interrupted(self: record_library.Handle, sql: str) -> int:
        answer = number(self, sql)
        if "sqlite_schema" in sql and not begun:  # the first one has begun, the second has not
            begun.append(sql)
            record.execute("INSERT INTO note (id) VALUES (1)")
        return answer

    monkeypatch.setattr(record_library.Handle, "number", interrupted)
    source = source_of(Address("sqlite", str(tmp_path / "record.sqlite3")))
    with of_one_moment(found, source, 2) as moment:
        record.execute("INSERT INTO note (id) VALUES (2)")
        seen = [one.number("SELECT count(*) FROM note") for one in moment.handles]
    assert begun and seen == [1, 1]


@on_sqlite
def test_a_record_that_is_stepped_through_has_the_facts_of_its_copy(
    committed: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    through_verbs()

    def facts() -> dict[str, list[Any]]:
        with facts_of(committed, NOW) as made:
            return {
                table: sorted(map(repr, made.source.con.execute(f'FROM "{table}"').fetchall()))
                for table in (*TABLES, *MARKS)
            }

    def refuse(*_: object) -> None:
        raise AssertionError("a copy was read")

    copied = facts()
    monkeypatch.setattr(record_whole, "LARGE", 0)
    monkeypatch.setattr(record_whole, "read", refuse)
    assert facts() == copied
    assert copied["case"] and address_of(committed).vendor == "sqlite"
