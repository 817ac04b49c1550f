"""Plain promises, sorted out by the engine that read them, and written without a row of Python.

Plain is what needs no word: new, of one date, settled or not, without a move, a case or a doubt.
Of a million rows nearly all are; the rest goes row by row.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb
import numpy as np
from django.db import connection

from wellkept.desk.exchange.offered import SORTS
from wellkept.desk.exchange.weighing import Work, Written
from wellkept.record.access.columns import Batch, Keys
from wellkept.record.installed_base.models import AssetExternalId
from wellkept.record.installed_base.rules import Consequence
from wellkept.record.organisation.models import Person, Team
from wellkept.record.parties.models import CustomerExternalId, SiteExternalId
from wellkept.record.promises.actions import bring_promises
from wellkept.record.promises.models import PromiseExternalId
from wellkept.record.promises.rules import KINDS_BY_WORD, AskedBy, Kind, Precision, Source
from wellkept.study.facts.source import literal

AS_SAID = "as the imported file says"
FATES = """
    CREATE OR REPLACE TABLE promise_fate AS SELECT o.n, CASE
      WHEN t.said IS NOT DISTINCT FROM o.said AND t.name IS NOT NULL THEN 'same'
      WHEN t.name IS NULL AND b.bare IS NULL AND {plain} THEN 'new' ELSE 'other' END AS fate
    FROM offered_promise o LEFT JOIN there_promise t ON t.kind = {kind} AND t.name = o.id
      LEFT JOIN there_bare b ON t.name IS NULL AND b.kind = {kind} AND b.bare = ltrim(o.id, '0')"""
PLAIN = """
    (o.first_due_s IS NOT NULL OR o.kept IS NOT NULL) AND o.moves = 0
      AND coalesce(o.moved_by, '') <> '{customer}' AND NOT o.end_unknown AND o.of_case IS NULL
      AND o.case_id IS NULL AND o.due_s IS NOT DISTINCT FROM o.first_due_s
      AND (o.done_s IS NULL OR (o.ended_s IS NULL AND o.released_s IS NULL))
      AND NOT coalesce(least(o.first_due_s, o.done_s, o.ended_s, o.released_s) < o.made_s, false)"""
COLUMNS = """
    CREATE OR REPLACE VIEW promise_plain AS SELECT o.n, {kind_of} AS kind,
      left(coalesce(nullif(trim(o.about), ''), o.kind), 300) AS about,
      {links}, CAST({consequence} AS BIGINT) AS consequence, o.made_s AS made_at,
      o.first_due_s AS first_due,
      CASE WHEN o.due_is_day THEN '{day}' ELSE '{moment}' END AS due_precision,
      CASE WHEN o.kept THEN 'kept' WHEN NOT o.kept THEN 'broken' END AS verdict,
      o.moves_told, o.done_s AS fulfilled_at, o.released_s AS released_at, o.ended_s AS ended_at,
      CASE WHEN o.ended_s IS NULL THEN '' ELSE '{as_said}' END AS ended_reason,
      CASE WHEN o.released_s IS NULL THEN '' ELSE '{as_said}' END AS evidence,
      {name_kind} AS name_kind, o.id AS name, o.said, CAST(o.src AS BIGINT) AS src, o.row
    FROM offered_promise o JOIN promise_fate f ON f.n = o.n AND f.fate = 'new'
      {joins}"""
LINKS = ("customer", "site", "asset", "owner", "team")
AT_ONCE = 10_000
"""Rows that go from the record to the engine at a time."""
NAMES = ("name_kind", "name", "said", "src", "row")
"""What the source calls a promise, and where it stands: for its number, not for the promise."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Plain rows as columns: what is for their numbers, and what for the promises."""

    names: Mapping[str, Any]
    columns: Mapping[str, Any]


class Plain:
    """The plain promises of a folder: which they are, and writing them."""

    def __init__(self, work: Work) -> None:
        """Sort the offered promises by what becomes of them."""
        self.work = work
        self.con = work.con
        self._made = False
        _there(self.con, work.system)
        plain = PLAIN.format(customer=AskedBy.CUSTOMER.value)
        self.con.execute(FATES.format(plain=plain, kind=_name_kind()))

    def counts(self, first: int, last: int) -> tuple[int, int]:
        """This will count plain new rows among rows first to last, and rows said as before."""
        found = dict(
            self.con.execute(
                f"SELECT fate, count(*) FROM promise_fate WHERE n BETWEEN {first} AND {last} "
                "GROUP BY fate"
            ).fetchall()
        )
        return found.get("new", 0), found.get("same", 0)

    def read(self, first: int, last: int) -> Rows:
        """This will read the plain rows among rows first to last, as the record has them."""
        if not self._made:
            _columns(self.con, self.work.system)
            self._made = True
        rows = self.con.execute(
            f"SELECT * EXCLUDE (n) FROM promise_plain WHERE n BETWEEN {first} AND {last} ORDER BY n"
        ).fetchnumpy()
        columns = {name: _column(values) for name, values in rows.items()}
        return Rows({name: columns.pop(name) for name in NAMES}, columns)

    def write(self, rows: Rows) -> Written:
        """This will write plain rows; the engine is not asked. Raises Refusal."""
        done = Written()
        same = {"source": Source.DERIVED.value, "accountable_id": self.work.role}
        made = bring_promises(columns=rows.columns, same=same, at=self.work.at, by=self.work.by)
        done.made["promises.promise"].extend(made.keys)
        done.batches.append(self._names(rows.names, made))
        return done

    def _names(self, names: Mapping[str, Any], made: Keys) -> Batch:
        columns = {
            "kind": names["name_kind"],
            "external_id": names["name"],
            "said": names["said"],
            "file": names["src"],
            "file_row": names["row"],
            "row_id": list(made.keys),
        }
        return Batch(PromiseExternalId, columns, {"system": self.work.system, "run": self.work.run})


def _column(values: Any) -> Any:
    """Text as a list, numbers as an array; a column without any value is all empty."""
    if values.dtype != object:
        return values
    return values.tolist()


def _name_kind() -> str:
    whens = " ".join(f"WHEN {sort} THEN {literal(kind)}" for sort, kind in SORTS.items())
    return f"CASE o.sort {whens} END"


def _there(con: duckdb.DuckDBPyConnection, system: str) -> None:
    """What the source said of promises before."""
    con.execute("CREATE OR REPLACE TABLE there_promise (kind VARCHAR, name VARCHAR, said VARCHAR)")
    rows = PromiseExternalId.objects.filter(system=system).values_list(
        "kind", "external_id", "said"
    )
    with _unmapped():
        _fill(con, "there_promise", rows.iterator(chunk_size=AT_ONCE))
    con.execute(
        "CREATE OR REPLACE TABLE there_bare AS SELECT DISTINCT kind, ltrim(name, '0') AS bare "
        "FROM there_promise WHERE regexp_full_match(name, '[0-9]+')"
    )


@contextmanager
def _unmapped() -> Iterator[None]:
    """Let SQLite read its file for a while, not map it: what is mapped counts as our memory."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (mapped,) = cursor.execute("PRAGMA mmap_size").fetchone()
        cursor.execute("PRAGMA mmap_size = 0")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA mmap_size = {mapped}")


def _columns(con: duckdb.DuckDBPyConnection, system: str) -> None:
    """Every plain row as the record has it, with keys for names."""
    for noun, ids in (
        ("customer", CustomerExternalId),
        ("site", SiteExternalId),
        ("asset", AssetExternalId),
    ):
        named = ids.objects.filter(system=system, kind=noun)
        _link(con, noun, named.values_list("external_id", "row_id"))
    _link(con, "owner", Person.objects.values_list("personal__name", "pk"))
    _link(con, "team", Team.objects.values_list("name", "pk"))
    known = ", ".join(literal(word) for word in KINDS_BY_WORD)
    graver = " ".join(f"WHEN {literal(c.name.lower())} THEN {c.value}" for c in Consequence)
    joins = " ".join(
        f"LEFT JOIN link_{noun} l_{noun} ON l_{noun}.name = "
        + (f"o.{noun}" if noun in ("owner", "team") else f"key_of(o.{noun})")
        for noun in LINKS
    )
    con.execute(
        COLUMNS.format(
            kind_of=f"CASE WHEN o.kind IN ({known}) THEN o.kind ELSE '{Kind.SAID.value}' END",
            links=", ".join(f"l_{noun}.id AS {noun}_id" for noun in LINKS),
            consequence=f"CASE o.consequence {graver} ELSE {Consequence.UNKNOWN.value} END",
            day=Precision.DAY.value,
            moment=Precision.MOMENT.value,
            as_said=AS_SAID,
            name_kind=_name_kind(),
            joins=joins,
        )
    )


def _link(con: duckdb.DuckDBPyConnection, noun: str, rows: Any) -> None:
    """Keys by name; a name that two of them have stands for neither."""
    con.execute(f"CREATE OR REPLACE TABLE keyed_{noun} (name VARCHAR, id BIGINT)")
    _fill(con, f"keyed_{noun}", rows.iterator(chunk_size=AT_ONCE))
    con.execute(
        f"CREATE OR REPLACE TABLE link_{noun} AS SELECT name, min(id) AS id FROM keyed_{noun} "
        "WHERE name IS NOT NULL GROUP BY name HAVING count(*) = 1"
    )


def _fill(con: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    some: list[tuple[Any, ...]] = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            _append(con, table, some)
            some = []
    if some:
        _append(con, table, some)


def _append(con: duckdb.DuckDBPyConnection, table: str, rows: list[tuple[Any, ...]]) -> None:
    arrays = {f"c{place}": np.array(column) for place, column in enumerate(zip(*rows, strict=True))}
    con.execute(f"INSERT INTO {table} SELECT * FROM arrays")
    assert arrays  # read by the statement above through its name
