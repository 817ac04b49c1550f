"""The record as a source of facts: its rows become the same columns as a folder's."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import duckdb

from wellkept.study.facts import (
    record_cases,
    record_clocks,
    record_cut,
    record_promises,
    record_registers,
    record_replay,
)
from wellkept.study.facts.record_asking import EVERY, asking
from wellkept.study.facts.record_columns import LOG_READS, PEOPLE_READS, READS
from wellkept.study.facts.record_cut import Cut
from wellkept.study.facts.record_reading import Address, within, workshop
from wellkept.study.facts.record_whole import take
from wellkept.study.facts.source import DuckFacts
from wellkept.study.facts.staged import count

MAKING = "400MB"
"""What the engine may hold while facts are made: logs lie in memory beside it."""
DIMENSIONS = ("customer", "site", "region", "team", "consequence")
"""Columns of facts that a measure can be cut by; promises also by `kind`."""


@dataclass(frozen=True, slots=True)
class AskedOfRecord:
    """What was asked of the record; `now_s` comes from the desk.

    `until_s` leaves out what happened later, `known_s` what was written down later; both None:
    the present.
    """

    now_s: int
    until_s: int | None = None
    known_s: int | None = None

    @property
    def cut(self) -> Cut:
        """The two moments, and whether they lie in the past."""
        until_s = self.now_s if self.until_s is None else min(self.until_s, self.now_s)
        replays = until_s < self.now_s or self.known_s is not None
        known_s = self.known_s
        if known_s is not None:
            until_s = min(until_s, known_s)
        return Cut(until_s, known_s, replays)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a set of facts beside its rows: it is kept with a snapshot.

    `speaks`: what the logs tell at all, see `record_cases`.
    """

    until_s: int
    first_s: int
    known_s: int | None
    zone: str
    has_calendar: bool
    events: int
    counts: Mapping[str, int]
    speaks: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """The facts of the record, with what measures and readers need to know about them."""

    source: DuckFacts
    known: Known
    targets_s: Mapping[str, int] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which months and weeks are cut."""
        return ZoneInfo(self.known.zone)


@contextmanager
def open_record(address: Address, asked: AskedOfRecord) -> Iterator[RecordFacts]:
    """This will make the facts of the record as asked, with people's names, while they are used."""
    with workshop() as con:
        known = build(con, address, asked.cut)
        with asking(con, address) as record:
            record.take((one, EVERY) for one in PEOPLE_READS)
        name_people(con)
        cuttable(con)
        yield RecordFacts(DuckFacts(con), known)


def build(con: duckdb.DuckDBPyConnection, address: Address, cut: Cut) -> Known:
    """This will make every fact table in an empty database; owners are keys of people."""
    take(con, address, (*READS, *LOG_READS) if cut.replays else READS)
    with within(con, MAKING):
        return make(con, cut)


def make(con: duckdb.DuckDBPyConnection, cut: Cut, speaks: Iterable[str] = ()) -> Known:
    """This will make every fact table from what was read; `speaks` as in `Known`."""
    record_cut.apply(con, cut)
    if cut.replays:
        record_replay.rewind(con, cut)
    record_registers.build(con)
    events, told = record_cases.build(con, cut, frozenset(speaks))
    record_registers.assets(con)
    record_promises.build(con, cut)
    has_calendar = record_clocks.work_on_promise_clock(con, cut.until_s)
    return Known(
        until_s=cut.until_s,
        first_s=_first(con, cut.until_s),
        known_s=cut.known_s,
        zone=_zone(con),
        has_calendar=has_calendar,
        events=events,
        speaks=tuple(sorted(told)),
        counts={
            table: count(con, f'SELECT count(*) FROM "{table}"')
            for table in ("promise", "case", "downtime", "asset")
        },
    )


def name_people(con: duckdb.DuckDBPyConnection) -> None:
    """This will show owners by name: the facts keep keys, so that an erased name is gone."""
    con.execute(
        "CREATE TABLE person_name AS SELECT CAST(p.id AS VARCHAR) AS key, "
        "coalesce(nullif(any_value(d.name), ''), concat('Person ', p.id)) AS name "
        "FROM r_person p LEFT JOIN r_personal d ON d.id = p.personal_id GROUP BY p.id"
    )
    for fact in ("promise", "case"):
        con.execute(f'ALTER VIEW "{fact}" RENAME TO {fact}_keyed')
        con.execute(
            f'CREATE VIEW "{fact}" AS SELECT f.* REPLACE (n.name AS owner) FROM {fact}_keyed f '
            "LEFT JOIN person_name n ON n.key = f.owner"
        )


def cuttable(con: duckdb.DuckDBPyConnection, by: str | None = None) -> None:
    """This will let measures be cut by one of DIMENSIONS or `kind`; None takes the cut away."""
    for fact in ("promise", "case", "downtime"):
        con.execute(f"DROP VIEW IF EXISTS by_{fact}")
        if by in DIMENSIONS or (by == "kind" and fact == "promise"):
            con.execute(
                f'CREATE VIEW by_{fact} AS SELECT {fact}_no AS no, "{by}" AS label FROM "{fact}"'
            )


def source_document() -> dict[str, Any]:
    """This will tell where the numbers came from, as the measure document has it."""
    return {"folder": "the record", "files": [], "fingerprint": None}


def _first(con: duckdb.DuckDBPyConnection, until_s: int) -> int:
    earliest = (
        'SELECT min(reported_s) FROM "case" UNION ALL SELECT min(coalesce(made_s, judged_s)) '
        "FROM promise UNION ALL SELECT min(from_s) FROM downtime"
    )
    found = [int(row[0]) for row in con.execute(earliest).fetchall() if row[0] is not None]
    return min([*found, until_s])


def _zone(con: duckdb.DuckDBPyConnection) -> str:
    """The zone of most sites; UTC where no site is kept."""
    found = con.execute(
        "SELECT zone FROM r_site WHERE zone <> '' GROUP BY zone "
        "ORDER BY count(*) DESC, zone LIMIT 1"
    ).fetchone()
    return "Etc/UTC" if found is None else str(found[0])
