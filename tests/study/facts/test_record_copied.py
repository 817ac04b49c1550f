"""Columns that PostgreSQL copies out are what its driver reads, and of one moment."""

import random
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from databases import on_postgresql
from study.facts.one_company import NOW
from study.facts.record_facts import address_of, facts_of
from study.facts.test_record_stepping import MAKE, NOTES, some_row
from wellkept.study.facts import arrow, record_whole
from wellkept.study.facts.record_columns import Read
from wellkept.study.facts.record_postgres import NotAnswered, library, of_one_moment
from wellkept.study.facts.record_reading import workshop
from wellkept.study.facts.record_stream import UnknownValue
from wellkept.study.facts.snapshot import MARKS, TABLES

pytestmark = on_postgresql


@pytest.fixture
def record(committed: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A record with one more table; however little there is, it is copied out."""
    monkeypatch.setattr(record_whole, "LARGE", 0)
    with committed.cursor() as cursor:
        cursor.execute(MAKE.replace("integer", "bigint").replace("datetime", "timestamptz"))
    yield committed
    with committed.cursor() as cursor:
        cursor.execute("DROP TABLE note")


def copied(record: Any) -> list[tuple[Any, ...]]:
    """Read the table by the compiled loop, words put back in the place of their numbers."""
    with workshop() as con:
        assert record_whole.copy_out(con, address_of(record), [NOTES])
        assert not arrow._kept, "the engine has let go of everything"
        return con.execute(
            "SELECT id, amount, w.said_by, about, strftime(day, '%Y-%m-%d'), at_s, w.heard "
            "FROM r_note r JOIN r_note_words w ON w.no = r.said ORDER BY id"
        ).fetchall()


def write(record: Any, rows: list[tuple[Any, ...]]) -> None:
    with record.cursor() as cursor:
        cursor.executemany("INSERT INTO note VALUES (%s, %s, %s, %s, %s, %s, %s)", rows)


def test_what_is_copied_out_is_what_was_written(record: Any) -> None:
    by = random.Random(11)
    rows = [some_row(3 * no + 1, by) for no in range(900)]
    write(record, [
        (*row[:5], row[5] and f"{row[5]}+00", None if row[6] is None else bool(row[6]))
        for row in rows
    ])  # fmt: skip

    def second(at: str | None) -> int | None:
        if at is None:
            return None
        return int(datetime.fromisoformat(at).replace(tzinfo=UTC).timestamp() // 1)

    assert copied(record) == [
        (*row[:5], second(row[5]), None if row[6] is None else bool(row[6])) for row in rows
    ]


SURE = Read("sure", "r_sure", "id about said_by", "begun at noted", "heard", "said_by heard")
MAKE_SURE = """
    CREATE TABLE sure (id bigint, begun timestamptz, about text, at timestamptz NOT NULL,
      noted timestamptz NOT NULL, said_by varchar(9) NOT NULL, heard bool NOT NULL)
"""
FIRST_S = 1_774_256_400


def read_sure(
    record: Any, rows: list[tuple[Any, ...]], before: str = "SELECT 1", after: str = "SELECT 1"
) -> list[Any]:
    """Write rows into a table that is hardly ever blank, and read it by the compiled loop."""
    with record.cursor() as cursor:
        cursor.execute(MAKE_SURE)
        cursor.execute(before)
        moment = f"to_timestamp({FIRST_S}) + %s * interval '1 millisecond'"
        cursor.executemany(
            f"INSERT INTO sure VALUES (%s, {moment}, %s, {moment}, {moment}, %s, %s)", rows
        )
        cursor.execute(after)
    try:
        with workshop() as con:
            assert record_whole.copy_out(con, address_of(record), [SURE])
            return con.execute(
                "SELECT id, begun_s, about, at_s, noted_s, w.said_by, w.heard "
                "FROM r_sure r JOIN r_sure_words w ON w.no = r.said ORDER BY id"
            ).fetchall()
    finally:
        with record.cursor() as cursor:
            cursor.execute("DROP TABLE sure")


def test_what_is_there_most_often_and_does_not_come_is_there(record: Any) -> None:
    by = random.Random(12)
    near = (None, 0, 1, 1_000, 86_400_000)  # one second may hold two moments
    rows = [
        (
            no,
            by.choice(near),
            by.choice((None, "", "x" * by.randint(0, 4_000))),  # parts end in the midst of rows
            by.choice(near[1:]),
            by.choice(near[1:]),
            by.choice(("", "Alma", f"B{no}")),  # more words than there is room for
            by.random() < 0.3,
        )
        for no in range(900)
    ]

    def second(millis: int | None) -> int | None:
        return None if millis is None else FIRST_S + millis // 1000

    assert read_sure(record, rows) == [
        (no, second(begun), about, second(at), second(noted), said_by, heard)
        for no, begun, about, at, noted, said_by, heard in rows
    ]


def test_a_column_that_is_held_to_be_there_from_now_on_may_be_blank(record: Any) -> None:
    columns = ("noted", "said_by", "heard")
    freed = "; ".join(f"ALTER TABLE sure ALTER {column} DROP NOT NULL" for column in columns)
    later = "; ".join(f"ALTER TABLE sure ADD NOT NULL {column} NOT VALID" for column in columns)
    rows = [(1, 0, None, 0, None, None, None)]
    assert read_sure(record, rows, freed, later) == [(1, FIRST_S, None, FIRST_S, None, None, None)]


def test_an_empty_table_has_no_rows(record: Any) -> None:
    assert copied(record) == []


def test_a_moment_at_the_end_of_all_time_is_refused(record: Any) -> None:
    write(record, [(1, None, None, None, None, "infinity", None)])
    with pytest.raises(UnknownValue, match=r"note\.at"):
        copied(record)


def test_a_column_that_is_not_there_is_named(record: Any) -> None:
    with record.cursor() as cursor:
        cursor.execute("ALTER TABLE note DROP COLUMN amount")
    with pytest.raises(NotAnswered, match=r"note\.amount"):
        copied(record)


def test_connections_see_one_moment_though_somebody_writes(record: Any) -> None:
    found = library()
    assert found is not None, "the libpq of the driver can be called"
    with of_one_moment(found, address_of(record).name, 2) as ours:
        write(record, [(1, None, None, None, None, None, None)])
        seen = [one.rows("SELECT count(*) FROM note") for one in ours]
    assert seen == [[("0",)], [("0",)]]


def test_a_record_that_is_copied_out_has_the_facts_of_one_that_is_scanned(
    company: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def facts() -> dict[str, list[Any]]:
        with facts_of(company, NOW) as made:
            return {
                table: sorted(map(repr, made.source.con.execute(f'FROM "{table}"').fetchall()))
                for table in (*TABLES, *MARKS)
            }

    def refuse(*_: object) -> None:
        raise AssertionError("it was scanned")

    scanned = facts()
    monkeypatch.setattr(record_whole, "LARGE", 0)
    monkeypatch.setattr(record_whole, "read", refuse)
    assert facts() == scanned
    assert scanned["case"]
